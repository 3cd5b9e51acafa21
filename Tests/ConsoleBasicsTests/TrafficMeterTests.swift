import ConsoleBasics
import StoragePorts
import Testing

struct TrafficMeterTests {
    private func snapshot(_ route: String = "items", _ counts: [(String, Int, UInt64)]) -> MetricsSnapshot {
        var metrics = RouteMetrics(service: "shop", route: route, bounds: [1])
        metrics.requests = counts.map { RouteMetrics.RequestCount(method: $0.0, status: $0.1, count: $0.2) }
        return MetricsSnapshot(routes: [metrics])
    }

    @Test func `tells writes, accepted writes and server errors apart`() {
        var meter = TrafficMeter()
        meter.read(
            snapshot(counts: [
                ("GET", 200, 50), ("HEAD", 500, 1), ("OPTIONS", 204, 2), ("PUT", 204, 10), ("PUT", 412, 5),
                ("POST", 303, 3), ("OTHER", 503, 4),
            ]),
            at: 120_001
        )
        #expect(
            meter.buckets == [
                TrafficBucket(
                    at: 120_000,
                    service: "shop",
                    route: "items",
                    TrafficCounts(requests: 75, writes: 22, accepted: 13, serverErrors: 5)
                )
            ]
        )
    }

    private func snapshot(counts: [(String, Int, UInt64)]) -> MetricsSnapshot { snapshot("items", counts) }

    @Test func `counts only what has come since the last reading, in the minute of the reading`() {
        var meter = TrafficMeter()
        meter.read(snapshot(counts: [("GET", 200, 5)]), at: 0)
        meter.stored()
        meter.read(snapshot(counts: [("GET", 200, 5)]), at: 60_000)
        #expect(meter.buckets.isEmpty)
        meter.read(snapshot(counts: [("GET", 200, 6)]), at: 70_000)
        meter.read(snapshot(counts: [("GET", 200, 8)]), at: 80_000)
        meter.read(snapshot(counts: [("GET", 200, 9)]), at: 120_000)
        #expect(meter.buckets.map(\.time) == [60_000, 120_000])
        #expect(meter.buckets.map(\.counts.requests) == [3, 1])
    }

    @Test func `keeps what is not stored yet`() {
        var meter = TrafficMeter()
        meter.read(snapshot(counts: [("GET", 200, 5)]), at: 0)
        meter.read(snapshot("other", [("GET", 200, 1)]), at: 0)
        #expect(meter.buckets.map(\.counts.requests) == [5, 1])
        meter.stored()
        #expect(meter.buckets.isEmpty)
    }

    @Test func `a counter that fell has begun anew`() {
        var meter = TrafficMeter()
        meter.read(snapshot(counts: [("GET", 200, 5)]), at: 0)
        meter.stored()
        meter.read(snapshot(counts: [("GET", 200, 2)]), at: 0)
        #expect(meter.buckets.map(\.counts.requests) == [2])
    }

    @Test func `counters beyond all bounds do no harm`() {
        var meter = TrafficMeter()
        meter.read(snapshot(counts: [("GET", 200, .max), ("PUT", 200, .max)]), at: .max)
        meter.read(snapshot(counts: [("GET", 200, 0)]), at: .min)
        #expect(meter.buckets.count <= 2)
    }

    @Test func `the oldest minutes go when nothing can be stored for long`() {
        var meter = TrafficMeter()
        for minute in 0...Int64(TrafficMeter.capacity) {
            meter.read(snapshot(counts: [("GET", 200, UInt64(minute) + 1)]), at: minute * 60_000)
        }
        #expect(meter.buckets.count == TrafficMeter.capacity / 2)
        #expect(meter.buckets.last?.time == Int64(TrafficMeter.capacity) * 60_000)
    }
}

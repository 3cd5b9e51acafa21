import ConsoleBasics
import StorageContract
import StoragePorts
import Synchronization
import Testing

struct TrafficRecorderTests {
    /// A gateway whose one route has answered so many reads.
    private final class CountingGateway: GatewayObserving {
        let count = Mutex<UInt64>(0)

        func status() async -> GatewayStatus {
            let configuration = ConfigurationStatus(source: "", digest: "", loadedAt: 0)
            return GatewayStatus(version: "", uptimeSeconds: 0, configuration: configuration, upstreams: [])
        }

        func readiness() async -> Readiness { Readiness(isReady: true, parts: []) }

        func metrics() async -> MetricsSnapshot {
            var metrics = RouteMetrics(service: "shop", route: "items", bounds: [1])
            metrics.requests = [.init(method: "GET", status: 200, count: count.withLock(\.self))]
            return MetricsSnapshot(routes: [metrics])
        }
    }

    private let gateway = CountingGateway()
    private let store = InMemoryConflictJournal()
    private let start: Int64 = 1_700_000_000_000

    private func stored() async throws -> [Int] {
        try await store.series(AnalyticsWindow(.day, since: 0, until: .max), step: RollupSpan.day.rawValue)
            .map(\.traffic.requests)
    }

    @Test func `stores what has come since the last time`() async throws {
        let recorder = TrafficRecorder(of: gateway, into: store, now: { [start] in start })
        #expect(await recorder.record())
        #expect(try await stored() == [])
        gateway.count.withLock { $0 = 5 }
        #expect(await recorder.record())
        gateway.count.withLock { $0 = 7 }
        #expect(await recorder.record())
        #expect(await recorder.record())
        #expect(try await stored() == [7])
    }

    @Test func `keeps counts while the disk is full, says so once, and stores them when it works again`() async throws {
        let reports = Mutex<[String]>([])
        let recorder = TrafficRecorder(of: gateway, into: store, now: { [start] in start }) { text in
            reports.withLock { $0.append(text) }
        }
        store.fail(with: StoreError(.diskFull, "No space."))
        gateway.count.withLock { $0 = 5 }
        #expect(await recorder.record() == false)
        gateway.count.withLock { $0 = 6 }
        #expect(await recorder.record() == false)
        store.fail(with: nil)
        #expect(await recorder.record())
        #expect(await recorder.record())
        #expect(try await stored() == [6])
        #expect(reports.withLock(\.self).count == 2)
        #expect(reports.withLock(\.self).first?.contains("No space.") == true)
    }

    @Test func `forgets what is too old`() async throws {
        let old = TrafficBucket(at: 0, service: "s", route: "r", TrafficCounts(requests: 1))
        try await store.record([old])
        #expect(try await stored() == [1])
        await TrafficRecorder(of: gateway, into: store, now: { [start] in start }).record()
        #expect(try await stored() == [])
    }

    @Test func `stores once more when it is told to end`() async throws {
        gateway.count.withLock { $0 = 3 }
        let recorder = TrafficRecorder(of: gateway, into: store, every: .seconds(3_600), now: { [start] in start })
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await recorder.run() }
            group.cancelAll()
        }
        #expect(try await stored() == [3])
    }
}

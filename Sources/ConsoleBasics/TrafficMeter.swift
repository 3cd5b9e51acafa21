package import StoragePorts

/// Turns counters that only grow into what was counted minute by minute.
package struct TrafficMeter: Sendable {
    private struct Route: Hashable {
        let service: String
        let route: String
    }

    private struct Minute: Hashable {
        let start: Int64
        let route: Route
    }

    /// Buckets that may wait to be stored; beyond, the oldest go.
    package static let capacity = 20_000

    private var seen: [Route: TrafficCounts] = [:]
    private var waiting: [Minute: TrafficCounts] = [:]

    /// A meter that has seen nothing; its first reading counts all that the counters show.
    package init() {}

    /// Reads the counters of `snapshot` at the moment `now` (milliseconds since 1970).
    ///
    /// What has come since the last reading counts for the minute of `now`. A counter that fell has begun anew.
    package mutating func read(_ snapshot: MetricsSnapshot, at now: Int64) {
        let start = RollupSpan.minute.start(of: now)
        for metrics in snapshot.routes {
            let route = Route(service: metrics.service, route: metrics.route)
            let counts = Self.counts(of: metrics)
            let growth = Self.growth(from: seen[route] ?? TrafficCounts(), to: counts)
            seen[route] = counts
            guard !growth.isNothing else { continue }
            waiting[Minute(start: start, route: route), default: TrafficCounts()].add(growth)
        }
        if waiting.count > Self.capacity { forgetOldest() }
    }

    /// What is to be stored, oldest first.
    package var buckets: [TrafficBucket] {
        let ordered = waiting.sorted { left, right in
            (left.key.start, left.key.route.service, left.key.route.route)
                < (right.key.start, right.key.route.service, right.key.route.route)
        }
        return ordered.map {
            TrafficBucket(at: $0.key.start, service: $0.key.route.service, route: $0.key.route.route, $0.value)
        }
    }

    /// Notes that ``buckets`` are stored.
    package mutating func stored() { waiting = [:] }

    /// Half of the room is made at once, so that sorting stays rare.
    private mutating func forgetOldest() {
        let kept = waiting.sorted { $0.key.start > $1.key.start }.prefix(Self.capacity / 2)
        waiting = Dictionary(kept.map { ($0.key, $0.value) }) { first, _ in first }
    }

    private static func counts(of metrics: RouteMetrics) -> TrafficCounts {
        var counts = TrafficCounts()
        for line in metrics.requests {
            let number = Int(clamping: line.count)
            counts.requests &+= number
            if line.status >= 500 { counts.serverErrors &+= number }
            guard !safeMethods.contains(line.method) else { continue }
            counts.writes &+= number
            if line.status < 400 { counts.accepted &+= number }
        }
        return counts
    }

    /// Methods that change nothing (RFC 9110, section 9.2.1).
    private static let safeMethods: Set<String> = ["GET", "HEAD", "OPTIONS", "TRACE"]

    private static func growth(from old: TrafficCounts, to new: TrafficCounts) -> TrafficCounts {
        guard
            new.requests >= old.requests, new.writes >= old.writes, new.accepted >= old.accepted,
            new.serverErrors >= old.serverErrors
        else { return new }
        return TrafficCounts(
            requests: new.requests - old.requests,
            writes: new.writes - old.writes,
            accepted: new.accepted - old.accepted,
            serverErrors: new.serverErrors - old.serverErrors
        )
    }
}

/// What the gateway has counted since it started, over all loops.
package struct TrafficReport: Sendable {
    /// The counters of one route; empty names stand for requests without a route.
    package struct RouteTraffic: Sendable {
        /// The service.
        package let service: String
        /// The route.
        package let route: String
        /// Requests by method and status.
        package let requests: [(method: String, status: Int, count: UInt64)]
        /// Durations of whole exchanges.
        package let durations: Histogram
        /// Durations from sending upstream to the answer's last byte.
        package let upstreamDurations: Histogram
        /// Times writers waited for their turn.
        package let waits: Histogram
        /// Requests refused for their rate.
        package let limited: UInt64
        /// Writers that wait now.
        package let queued: Int
        /// Conflicts by kind, origin and resolution.
        package let conflicts: [(kind: String, origin: String, resolution: String, count: UInt64)]
    }

    /// Connections to clients.
    package private(set) var clientConnections = 0
    /// Connections to upstreams.
    package private(set) var upstreamConnections = 0
    private let keys: [RouteSlots.Key]
    private var meters: [RouteMeter]
    private var unrouted = RouteMeter()

    /// A report without counts over the routes of these slots.
    init(keys: [RouteSlots.Key]) {
        self.keys = keys
        meters = keys.map { _ in RouteMeter() }
    }

    /// Adds one loop's counts.
    mutating func add(_ report: LoopReport) {
        clientConnections += report.clients
        upstreamConnections += report.upstreams
        unrouted.add(report.unrouted)
        for (index, meter) in report.routes.enumerated() where index < meters.count { meters[index].add(meter) }
    }

    /// The counters by route; requests without a route come last.
    package var routes: [RouteTraffic] {
        zip(keys, meters).map { Self.traffic($0.service, $0.route, $1) } + [Self.traffic("", "", unrouted)]
    }

    private static func traffic(_ service: String, _ route: String, _ meter: RouteMeter) -> RouteTraffic {
        RouteTraffic(
            service: service,
            route: route,
            requests: meter.requests.map { key, count in
                (MethodKind(rawValue: UInt8(key >> 16))?.label ?? "OTHER", Int(key & 0xFFFF), count)
            },
            durations: meter.durations,
            upstreamDurations: meter.upstreamDurations,
            waits: meter.waits,
            limited: meter.limited,
            queued: meter.queued,
            conflicts: meter.conflicts.map { ($0.key.kind, $0.key.origin, $0.key.resolution, $0.value) }
        )
    }
}

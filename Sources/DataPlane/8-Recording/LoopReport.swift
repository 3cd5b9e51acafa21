/// A copy of one loop's counters.
struct LoopReport: Sendable {
    /// Counters by route slot.
    let routes: [RouteMeter]
    /// Counters of requests without a route.
    let unrouted: RouteMeter
    /// Connections of clients.
    let clients: Int
    /// Connections to upstreams.
    let upstreams: Int

    /// Copies the counters; call on their loop.
    init(_ meters: LoopMeters) {
        routes = meters.routes
        unrouted = meters.unrouted
        clients = meters.clientConnections
        upstreams = meters.upstreamConnections
    }
}

/// The counters of one loop, touched only on it; a scrape asks every loop for a copy.
final class LoopMeters {
    /// Counters by route slot.
    private(set) var routes: [RouteMeter] = []
    /// Counters of requests that matched no route.
    private(set) var unrouted = RouteMeter()
    /// Answers that came coded although none was asked for, and so passed without a tag.
    var codedAnswers: UInt64 = 0
    /// Connections accepted and not yet closed.
    var clientConnections = 0
    /// Connections to upstreams that stand.
    var upstreamConnections = 0

    /// Changes the counters of a route; `slot` below zero stands for requests without one.
    @inline(__always)
    func update(_ slot: Int, _ change: (inout RouteMeter) -> Void) {
        if slot < 0 { return change(&unrouted) }
        if slot >= routes.count {
            for _ in routes.count...slot { routes.append(RouteMeter()) }
        }
        change(&routes[slot])
    }
}

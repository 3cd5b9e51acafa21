package import ConflictEngine
package import StoragePorts

extension ConflictSighting {
    /// What the journal tells in `entry`.
    package init(_ entry: ConflictEntry) {
        let outcome = Outcome(rawValue: entry.resolution.outcome.rawValue) ?? .passed
        self.init(
            at: entry.time,
            on: RouteName(service: entry.service, route: entry.route),
            entry.method,
            entry.resource,
            became: (entry.kind, outcome)
        )
        consumer = entry.consumer
        isFromUpstream = entry.origin == .upstream
        waitMilliseconds = entry.resolution.waitMilliseconds
        rival = entry.competing.map { Rival(consumer: $0.consumer, time: $0.time, changed: $0.changed) }
        yourVersion = entry.yourVersion
        currentVersion = entry.currentVersion
    }
}

extension KindTally {
    /// What was counted of `kind`.
    package init(_ kind: String, _ counts: ConflictCounts) {
        self.init(kind, count: counts.count, refused: counts.refused, queued: counts.queued)
        serverErrors = counts.serverErrors
        waitedMilliseconds = counts.waitedMilliseconds
    }
}

extension RouteTally {
    /// What was counted of a route.
    package init(_ route: RouteAnalytics) {
        self.init(
            RouteName(service: route.service, route: route.route),
            requests: route.traffic.requests,
            writes: route.traffic.writes,
            accepted: route.traffic.accepted,
            serverErrors: route.traffic.serverErrors
        )
        kinds = route.conflicts.map { KindTally($0.key, $0.value) }.sorted { ($1.count, $0.kind) < ($0.count, $1.kind) }
    }

    /// What was counted in one step of a series, of all routes together.
    package init(_ point: AnalyticsPoint) {
        var route = RouteAnalytics(service: "", route: "")
        route.traffic = point.traffic
        route.conflicts = point.conflicts
        self.init(route)
    }
}

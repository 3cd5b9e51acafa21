import ConsoleBasics

/// One line of the overview's table of routes; the template reads the members by their names.
struct OverviewRoute {
    private let name: String
    private let link: String
    private let requests: String
    private let errors: String
    private let conflicts: String
    private let rate: String
    private let median: String
    private let slow: String
    private let waiting: String

    /// The line of `route`, which met so many conflicts.
    private init(_ route: RouteMetrics, conflicts number: UInt64) {
        let total = Self.requests(of: route)
        name = route.service + "/" + route.route
        link = PageLink.conflicts([("service", route.service), ("route", route.route)])
        requests = Wording.number(total)
        errors = Wording.number(Self.errors(of: route))
        conflicts = Wording.number(number)
        rate = Wording.share(number, of: total)
        median = Wording.duration(route.requestDuration.quantile(0.5))
        slow = Wording.duration(route.requestDuration.quantile(0.99))
        waiting = Wording.number(route.writeQueue)
    }

    /// The lines of all routes, in their order.
    static func all(of metrics: MetricsSnapshot) -> [OverviewRoute] {
        var numbers: [[String]: UInt64] = [:]
        for count in metrics.conflicts { numbers[[count.service, count.route], default: 0] &+= count.count }
        return metrics.routes.map { OverviewRoute($0, conflicts: numbers[[$0.service, $0.route]] ?? 0) }
    }

    /// How many requests a route has answered.
    static func requests(of route: RouteMetrics) -> UInt64 {
        route.requests.reduce(0) { $0 &+ $1.count }
    }

    /// How many of them failed on the server's side; conflicts are no errors.
    static func errors(of route: RouteMetrics) -> UInt64 {
        route.requests.reduce(0) { $0 &+ ($1.status >= 500 ? $1.count : 0) }
    }
}

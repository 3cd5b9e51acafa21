/// What was counted of one route.
package struct RouteAnalytics: Sendable, Equatable {
    /// The service's name.
    package var service: String
    /// The route's name within its service.
    package var route: String
    /// The traffic.
    package var traffic = TrafficCounts()
    /// The conflicts by kind.
    package var conflicts: [String: ConflictCounts] = [:]

    /// A route of which nothing was counted yet.
    package init(service: String, route: String) {
        self.service = service
        self.route = route
    }
}

/// A route by its two names, as analytics speak of it.
package struct RouteName: Sendable, Hashable, Comparable {
    /// The service's name.
    package var service: String
    /// The route's name within its service.
    package var route: String

    /// The route called `route` of `service`.
    package init(service: String, route: String) {
        self.service = service
        self.route = route
    }

    /// Both names as `SERVICE/ROUTE`.
    package var text: String { service + "/" + route }

    /// Orders routes by service, then by route.
    package static func < (left: Self, right: Self) -> Bool {
        (left.service, left.route) < (right.service, right.route)
    }
}

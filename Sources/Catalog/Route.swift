/// One way into a service.
package struct Route: Sendable, Equatable {
    /// Its name within the service.
    package var name: RouteName
    /// What paths it takes.
    package var path: PathPattern
    /// The methods it takes, upper case; `nil` takes all.
    package var methods: [String]?
    /// The hosts it takes; empty takes all.
    package var hosts: [HostPattern] = []
    /// The path sent upstream; `nil` sends the path as it came.
    package var rewrite: Template?
    /// Largest request body in bytes instead of the gateway's.
    package var bodyLimit: Int?
    /// What is done to its exchanges.
    package var policies = PolicySet()

    /// A route for a path with no policies of its own.
    package init(name: RouteName, path: PathPattern, methods: [String]? = nil) {
        self.name = name
        self.path = path
        self.methods = methods
    }
}

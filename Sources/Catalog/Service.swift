/// An API: routes that lead to one upstream.
package struct Service: Sendable, Equatable {
    /// Its name.
    package var name: ServiceName
    /// The upstream its routes lead to.
    package var upstream: UpstreamName
    /// Its routes, each with the policies that apply to it (the service's where it has none of that name).
    package var routes: [Route]

    /// A service of routes.
    package init(name: ServiceName, upstream: UpstreamName, routes: [Route]) {
        self.name = name
        self.upstream = upstream
        self.routes = routes
    }
}

import Catalog

/// The routes that a service of language models stands on (contract §6).
enum SurfaceRoutes {
    /// The routes of `service` under its prefix, with its policies.
    static func routes(of options: ModelServiceOptions, policies: PolicySet) -> [Route] {
        SurfacePath.all.compactMap { entry in
            guard let name = RouteName(entry.name), let path = try? PathPattern(parsing: options.prefix + entry.pattern)
            else { return nil }
            var route = Route(name: name, path: path, methods: entry.methods)
            route.hosts = options.hosts
            route.policies = policies
            route.bodyLimit = options.bodyLimit
            return route
        }
    }
}

import Catalog

/// Finds services of language models that would answer on the same paths.
struct MountCheck {
    /// A service of language models in the file.
    struct Mount {
        /// The name of the service.
        var service: String
        /// What it does.
        var options: ModelServiceOptions
        /// Where its key `llm` stands.
        var position: Position
    }

    /// Adds a finding for each of `mounts` that takes a host and prefix of one before it.
    ///
    /// Returns the others, as routes that later checks can compare with those of the file.
    func check(_ mounts: [Mount], into findings: inout Findings) -> [WrittenRoute] {
        var routes: [WrittenRoute] = []
        var first: [String: [HostPattern?: Mount]] = [:]
        for mount in mounts {
            let hosts: [HostPattern?] = mount.options.hosts.isEmpty ? [nil] : mount.options.hosts
            let prefix = mount.options.prefix
            if let other = hosts.lazy.compactMap({ first[prefix]?[$0] }).first {
                let place = prefix.isEmpty ? "without a prefix" : "under \(prefix)"
                findings.error(
                    "the services '\(other.service)' (line \(other.position.line)) and '\(mount.service)' both answer "
                        + place,
                    hint: "give them different 'hosts', or a 'prefix' to one of them",
                    at: mount.position
                )
                continue
            }
            for host in hosts { first[prefix, default: [:]][host] = mount }
            routes += Self.routes(of: mount)
        }
        return routes
    }

    /// What the vendors' paths are as routes (contract, section 6).
    private static func routes(of mount: Mount) -> [WrittenRoute] {
        guard let name = RouteName("llm") else { return [] }
        return SurfacePath.all.compactMap { path in
            guard let pattern = try? PathPattern(parsing: mount.options.prefix + path.pattern) else { return nil }
            var route = Route(name: name, path: pattern, methods: path.methods)
            route.hosts = mount.options.hosts
            return WrittenRoute(
                service: mount.service,
                upstream: "",
                route: route,
                pathPosition: mount.position,
                conflictPosition: mount.position
            )
        }
    }

    /// The route of the description of a prompt's API; `nil` for other routes, and where the path has no room for it.
    static func description(of written: WrittenRoute) -> WrittenRoute? {
        guard written.route.policies.prompt != nil, let name = RouteName(written.route.name.text + ".openapi"),
            let path = try? PathPattern(parsing: written.route.path.source + "/openapi.json")
        else { return nil }
        var description = written
        description.route = Route(name: name, path: path, methods: ["GET"])
        description.route.hosts = written.route.hosts
        return description
    }
}

import Catalog

/// Sees to it that what is written at the level `serialise` can be read first (contract, section 4, Turns).
struct ReadingRouteCheck {
    private let routes: [WrittenRoute]
    private let readers: [(shape: PathShape, route: WrittenRoute)]
    private let readersByShape: [PathShape: [WrittenRoute]]

    /// Looks for reading routes among `routes`, all of one service.
    init(routes: [WrittenRoute]) {
        self.routes = routes
        readers = routes.filter { $0.takes("GET") && $0.isForwarding }.map { (PathShape($0.route.path), $0) }
        readersByShape = Dictionary(grouping: readers, by: \.shape).mapValues { $0.map(\.route) }
    }

    /// Adds a finding for each route whose writes could not be preceded by a read.
    func check(into findings: inout Findings) {
        for route in routes where route.takesTurns && route.isForwarding && writes(route) {
            let path = route.route.path
            let resource = route.route.policies.conflict?.resource
            let wanted = resource.map { PathShape(pathOf: $0, pattern: path) } ?? PathShape(path)
            guard !isReadable(wanted, for: route) else { continue }
            let what = resource?.source ?? path.source
            findings.error(
                "route '\(route.label)' serialises writes to \(what), but no GET route of the service leads there",
                hint: "add GET to 'methods', or a GET route for \(what)",
                at: route.conflictPosition
            )
        }
    }

    private func isReadable(_ wanted: PathShape, for route: WrittenRoute) -> Bool {
        // Nearly always a route of the same shape reads, so only the rest is compared one by one.
        if readersByShape[wanted]?.contains(where: { coversHosts($0, of: route) }) == true { return true }
        return readers.contains { $0.shape.covers(wanted) && coversHosts($0.route, of: route) }
    }

    private func writes(_ route: WrittenRoute) -> Bool {
        guard let methods = route.route.methods else { return true }
        let isPostTurned = route.route.policies.conflict?.resource != nil
        return methods.contains { !MethodName.safe.contains($0) && ($0 != "POST" || isPostTurned) }
    }

    private func coversHosts(_ reader: WrittenRoute, of route: WrittenRoute) -> Bool {
        if reader.route.hosts.isEmpty { return true }
        guard !route.route.hosts.isEmpty else { return false }
        return route.route.hosts.allSatisfy { host in
            reader.route.hosts.contains { $0 == host || ($0.isWildcard && host.name.hasSuffix(".\($0.name)")) }
        }
    }
}

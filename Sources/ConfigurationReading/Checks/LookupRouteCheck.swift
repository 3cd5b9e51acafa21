import Catalog

/// Sees to it that what guards look up can be read through a route of the service (contract, section 8).
struct LookupRouteCheck {
    private let routes: [WrittenRoute]
    private let readers: [PathShape]

    /// Looks for reading routes among `routes`, all of one service.
    init(routes: [WrittenRoute]) {
        self.routes = routes
        readers = routes.filter { $0.takes("GET") && $0.isForwarding }.map { PathShape($0.route.path) }
    }

    /// Adds a finding for each lookup to which no route leads, once however many routes share it.
    func check(into findings: inout Findings) {
        var seen: Set<String> = []
        for route in routes {
            guard let policy = route.route.policies.conflict else { continue }
            let lookups =
                policy.unique.compactMap { rule in rule.lookup.map { ("unique", $0, rule.on.path) } }
                + policy.referenced.map { ("referenced", $0.by, $0.on.path) }
            for (key, lookup, pattern) in lookups where seen.insert(lookup.source).inserted {
                let shape = PathShape(pathOf: lookup, pattern: pattern)
                guard !readers.contains(where: { $0.covers(shape) }) else { continue }
                findings.error(
                    "'\(key)' looks up \(lookup.source), but no GET route of the service leads there",
                    hint: "add a GET route for it",
                    at: route.conflictPosition
                )
            }
        }
    }
}

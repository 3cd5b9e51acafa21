import Catalog

/// Finds routes that are equally specific and share a method and a host, so that neither can go first.
struct OverlapCheck {
    private struct Place: Hashable {
        var shape: PathShape
        var host: HostPattern?
    }

    private var taken: [Place: [WrittenRoute]] = [:]

    /// Adds a finding for each of `routes` that overlaps with one before it.
    mutating func check(_ routes: [WrittenRoute], into findings: inout Findings) {
        for route in routes {
            let shape = PathShape(route.route.path)
            let hosts: [HostPattern?] = route.route.hosts.isEmpty ? [nil] : Set(route.route.hosts).map(Optional.some)
            if let (other, host) = firstOverlap(of: route, shape, hosts) {
                report(route, other, host: host, into: &findings)
            }
            for host in hosts { taken[Place(shape: shape, host: host), default: []].append(route) }
        }
    }

    private func firstOverlap(
        of route: WrittenRoute,
        _ shape: PathShape,
        _ hosts: [HostPattern?]
    ) -> (WrittenRoute, HostPattern?)? {
        for host in hosts {
            let others = taken[Place(shape: shape, host: host)] ?? []
            if let other = others.first(where: { Self.sharedMethod($0, route) != nil }) { return (other, host) }
        }
        return nil
    }

    private static func sharedMethod(_ left: WrittenRoute, _ right: WrittenRoute) -> String? {
        switch (left.route.methods, right.route.methods) {
        case (nil, nil): "every method"
        case (.some(let methods), nil), (nil, .some(let methods)): methods.first
        case (.some(let mine), .some(let theirs)): mine.first(where: theirs.contains)
        }
    }

    private func report(
        _ route: WrittenRoute,
        _ other: WrittenRoute,
        host: HostPattern?,
        into findings: inout Findings
    ) {
        let method = Self.sharedMethod(other, route) ?? "every method"
        let place = host.map { " on \($0.isWildcard ? "*." : "")\($0.name)" } ?? ""
        findings.error(
            "the routes '\(other.label)' (line \(other.pathPosition.line)) and '\(route.label)' overlap: "
                + "both take \(method) of \(route.route.path.source)\(place)",
            hint: "give them different methods or hosts, or make one path more specific",
            at: route.pathPosition
        )
    }
}

import Catalog

/// Finds routes that let writes past the turns of another: a route of a lower level whose path covers, or is covered by,
/// that of a level with turns, and that gets methods there which the other does not take.
struct BypassCheck {
    private struct Place {
        var route: WrittenRoute
        var shape: PathShape
        var hosts: Set<HostPattern>
        /// Whether what it changes is what its path names.
        var isCompared: Bool
    }

    private let places: [Place]

    /// Methods that replace or remove what they name.
    private static let writes = ["DELETE", "PATCH", "PUT"]

    /// A check of all routes of a file; those whose resource is not their own path are compared by ``IdentityCheck``.
    init(_ routes: [WrittenRoute]) {
        places = routes.map { route in
            Place(
                route: route,
                shape: PathShape(route.route.path),
                hosts: Set(route.route.hosts),
                isCompared: route.isForwarding && route.route.policies.conflict?.resource == nil
            )
        }
    }

    /// Adds a warning for each such route.
    func check(into findings: inout Findings) {
        for low in places where low.isCompared && !low.route.takesTurns && low.route.level != .translate {
            guard let (high, methods) = bypassed(by: low) else { continue }
            let level = low.route.level?.rawValue ?? "off"
            findings.warning(
                "the route '\(low.route.label)' (\(level)) takes \(methods.joined(separator: ", ")) of paths whose other "
                    + "writes take turns at '\(high.label)' (line \(high.pathPosition.line)), so one may bury the "
                    + "other unseen",
                hint: "let '\(high.label)' take these methods too, or give both the same 'level'",
                at: low.route.pathPosition
            )
        }
    }

    private func bypassed(by low: Place) -> (WrittenRoute, [String])? {
        for high in places where high.isCompared && high.route.takesTurns && high.route.upstream == low.route.upstream {
            let isLowWider = low.shape.covers(high.shape)
            guard isLowWider != high.shape.covers(low.shape) else { continue }
            let narrow = isLowWider ? high.shape : low.shape
            let passing = writes(reaching: low, at: narrow)
            if !passing.isEmpty, !writes(reaching: high, at: narrow).isEmpty { return (high.route, passing) }
        }
        return nil
    }

    /// The writes that reach a route on paths of `shape`: those it takes and no route with a narrower path does.
    private func writes(reaching place: Place, at shape: PathShape) -> [String] {
        let before = places.filter { other in
            other.shape != place.shape && other.shape.covers(shape) && place.shape.covers(other.shape)
                && other.hosts == place.hosts
        }
        return Self.writes.filter { method in
            place.route.takes(method) && !before.contains { $0.route.takes(method) }
        }
    }
}

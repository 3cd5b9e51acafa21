import Catalog

/// Sees to it that routes which change the same resource have the same level (contract, section 2, `resource`).
struct IdentityCheck {
    private struct Identity: Hashable {
        var upstream: String
        var parts: [Template.Part]
    }

    /// Adds a finding for each of `routes` whose level differs from that of an earlier one with the same resource.
    func check(_ routes: [WrittenRoute], into findings: inout Findings) {
        var first: [Identity: WrittenRoute] = [:]
        for route in routes where route.isForwarding {
            let identity = Self.identity(of: route)
            guard let other = first[identity] else {
                first[identity] = route
                continue
            }
            guard Self.disagree(other.level, route.level) else { continue }
            findings.error(
                "the routes '\(other.label)' (\(Self.name(other.level)), line \(other.pathPosition.line)) and "
                    + "'\(route.label)' (\(Self.name(route.level))) change the same resource at different levels",
                hint: "give both the same 'level', or another 'resource'",
                at: route.conflictPosition
            )
        }
    }

    /// `off` neither evaluates nor takes turns, so it may stand beside anything but a level that counts on turns.
    private static func disagree(_ left: ConflictPolicy.Level?, _ right: ConflictPolicy.Level?) -> Bool {
        guard left != right else { return false }
        guard let left, let right else { return (left ?? right).map { $0 != .observe && $0 != .delegate } ?? false }
        return left != right
    }

    private static func name(_ level: ConflictPolicy.Level?) -> String { level?.rawValue ?? "off" }

    private static func identity(of route: WrittenRoute) -> Identity {
        let template = route.route.policies.conflict?.resource ?? Template(filling: route.route.path)
        // The names of parameters do not matter, so they are counted in order of their appearance.
        var numbers: [Int: Int] = [:]
        let parts = template.parts.map { part in
            guard case .parameter(let index) = part else { return part }
            let number = numbers[index] ?? numbers.count
            numbers[index] = number
            return Template.Part.parameter(number)
        }
        return Identity(upstream: route.upstream, parts: parts)
    }
}

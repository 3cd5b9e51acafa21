import Catalog

extension RouteTable {
    /// Routes that are equally specific: same host scope, same pattern but for the names of its parameters.
    private struct Rank: Hashable {
        var host: HostPattern?
        var segments: [PathPattern.Segment]
    }

    /// The routes of one rank seen so far, by method.
    private struct Claims {
        var everyMethod: Int?
        var byMethod: [String: Int] = [:]

        /// The earliest route that takes one of `methods` too.
        func holder(of methods: [String]?) -> Int? {
            guard let methods else { return [everyMethod, byMethod.values.min()].compactMap(\.self).min() }
            return (methods.map { byMethod[$0] } + [everyMethod]).compactMap(\.self).min()
        }

        mutating func claim(_ methods: [String]?, for position: Int) {
            guard let methods else {
                everyMethod = everyMethod ?? position
                return
            }
            for method in methods where byMethod[method] == nil { byMethod[method] = position }
        }
    }

    /// Pairs of entries of which a request could get either: equally specific, with a method and a host in common.
    ///
    /// Positions in `entries`, the earlier first; each later entry is paired with the first one it collides with
    /// on each of its hosts.
    package static func overlaps(_ entries: [Entry]) -> [(Int, Int)] {
        var claims: [Rank: Claims] = [:]
        var pairs: [(Int, Int)] = []
        for (position, entry) in entries.enumerated() {
            var partners: Set<Int> = []
            for host in entry.hostScopes {
                let rank = Rank(host: host, segments: entry.pattern.segments.map(\.nameless))
                if let holder = claims[rank]?.holder(of: entry.methods) { partners.insert(holder) }
                claims[rank, default: Claims()].claim(entry.methods, for: position)
            }
            pairs += partners.sorted().map { ($0, position) }
        }
        return pairs
    }
}

extension RouteTable.Entry {
    /// The distinct host scopes of the entry in normal form; `nil` stands for all hosts.
    var hostScopes: Set<HostPattern?> {
        hosts.isEmpty ? [nil] : Set(hosts.map(HostScopes.normal))
    }
}

extension PathPattern.Segment {
    /// The segment without the name of its parameter.
    fileprivate var nameless: Self {
        switch self {
        case .literal: self
        case .parameter: .parameter("")
        case .tail: .tail("")
        }
    }
}

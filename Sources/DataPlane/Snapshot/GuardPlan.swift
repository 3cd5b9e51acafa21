import Catalog
import ConflictEngine
import HTTPSemantics
import RouteMatching

/// The keys `unique` and `referenced` of one route's policy `conflict`, compiled.
final class GuardPlan: Sendable {
    /// A rule about a unique field.
    struct Unique: Sendable {
        /// Its name among the values in flight.
        let name: String
        /// The field.
        let field: JSONPointer
        /// Whether case means nothing.
        let ignoresCase: Bool
        /// The requests it is about.
        let requests: RouteTable
        /// The path of these requests, to which a holder's identifier is added to name it.
        let collection: String
        /// What finds a holder.
        let lookup: Template?
        /// Where a holder stands in the answer.
        let found: JSONPointer?
    }

    /// A rule about references.
    struct Referenced: Sendable {
        /// The requests it is about.
        let requests: RouteTable
        /// What finds references.
        let lookup: Template
        /// Where the first one stands in the answer.
        let found: JSONPointer
    }

    /// The rules about unique fields.
    let unique: [Unique]
    /// The rules about references.
    let referenced: [Referenced]

    /// Compiles the rules of a route; `nil` if none is about its methods.
    init?(_ policy: ConflictPolicy, methods: [String]?, service: String) {
        let applies = { (pattern: RequestPattern) in methods?.contains(pattern.method) ?? true }
        unique = policy.unique.filter { applies($0.on) }.compactMap { Self.unique($0, service: service) }
        referenced = policy.referenced.filter { applies($0.on) }.compactMap(Self.referenced)
        if unique.isEmpty, referenced.isEmpty { return nil }
    }

    private static func unique(_ rule: UniqueRule, service: String) -> Unique? {
        guard let field = JSONPointer(rule.field), let requests = table(rule.on) else { return nil }
        return Unique(
            name: "\(service) \(rule.on.method) \(rule.on.path.source) \(rule.field)",
            field: field,
            ignoresCase: rule.ignoresCase,
            requests: requests,
            collection: rule.on.path.source,
            lookup: rule.lookup,
            found: rule.found.flatMap { JSONPointer($0) }
        )
    }

    private static func referenced(_ rule: ReferenceRule) -> Referenced? {
        guard let found = JSONPointer(rule.found), let requests = table(rule.on) else { return nil }
        return Referenced(requests: requests, lookup: rule.by, found: found)
    }

    private static func table(_ requests: RequestPattern) -> RouteTable? {
        // A single pattern that was parsed compiles; one that does not guards nothing.
        try? RouteTable([RouteTable.Entry(index: 0, pattern: requests.path, methods: [requests.method])])
    }
}

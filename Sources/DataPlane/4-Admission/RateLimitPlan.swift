import Catalog
import RateLimiting

/// The policy `rate-limit` of one route, compiled.
final class RateLimitPlan: Sendable {
    /// What callers are told apart by; a header's name in lower case.
    enum Key: Sendable {
        case consumer
        case address
        case route
        case header([UInt8])
    }

    /// How often.
    let rule: RateLimitRule
    /// Whose budgets these are.
    let scope: RateLimitScope
    /// What callers are told apart by.
    let key: Key
    private let policyLine: [UInt8]

    /// Compiles the policy of a route.
    init(_ policy: RateLimitPolicy, service: String, route: String) {
        rule = RateLimitRule(policy)
        scope = RateLimitScope(service: service, route: route)
        key =
            switch policy.key {
            case .consumer: .consumer
            case .address: .address
            case .route: .route
            case .header(let name): .header(Array(name.lowercased().utf8))
            }
        policyLine = Array("RateLimit-Policy: \(rule.policyField)\r\n".utf8)
    }

    /// The header lines that every answer carries.
    func lines(for decision: RateLimitDecision) -> [UInt8] {
        policyLine + Array("RateLimit: \(decision.field)\r\n".utf8)
    }
}

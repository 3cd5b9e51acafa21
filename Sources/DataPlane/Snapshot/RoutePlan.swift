import AccessControl
package import Catalog
import HTTPSemantics
import RateLimiting

/// One route, compiled: everything its exchanges need, immutable.
package final class RoutePlan: Sendable {
    /// Its place in the snapshot.
    let index: Int
    /// The service's name.
    package let service: String
    /// The route's name.
    package let route: String
    /// Its number for counters.
    let slot: Int
    /// What it was made from.
    package let source: Route
    /// Where it leads.
    package let upstream: UpstreamPlan
    /// Who answers, where the gateway does so itself.
    let handler: (any ServiceHandler)?
    /// The path sent upstream, if another.
    let rewrite: Template?
    /// Largest request body.
    let bodyLimit: Int?
    /// Who may call; `nil` is everyone, known or not.
    let allowed: AllowedConsumers?
    /// How often.
    let limit: RateLimitPlan?
    /// From which pages.
    let cors: CORSPlan?
    /// Changes to header fields.
    let headers: HeaderPlan?
    /// How answers are coded.
    let compress: CompressionRules?
    /// Where callers are sent.
    let redirect: RedirectPolicy?
    /// What is done about conflicts; `nil` is nothing.
    package let conflict: ConflictPlan?

    /// Compiles a route of a service.
    init(_ source: Route, index: Int, of owner: Service, slot: Int, parts: RoutePlanParts) {
        self.index = index
        let service = owner.name.text
        let route = source.name.text
        self.service = service
        self.route = route
        self.slot = slot
        self.source = source
        upstream = parts.upstream
        handler = parts.handler
        rewrite = source.rewrite
        bodyLimit = source.bodyLimit ?? parts.bodyLimit
        allowed = source.policies.keyAuth.map { AllowedConsumers($0, among: parts.consumers) }
        limit = source.policies.rateLimit.map { RateLimitPlan($0, service: service, route: route) }
        cors = source.policies.cors.map {
            CORSPlan($0, keyField: source.policies.conflict?.idempotency?.header)
        }
        headers = source.policies.headers.map(HeaderPlan.init)
        compress = source.policies.compress.map { policy in
            CompressionRules(
                codings: policy.codings.compactMap { AnswerCoding(rawValue: $0.rawValue) },
                minimumLength: policy.minimumLength
            )
        }
        redirect = source.policies.redirect
        conflict = source.policies.conflict.map {
            ConflictPlan($0, settle: parts.upstream.responseTimeout, methods: source.methods, service: service)
        }
    }
}

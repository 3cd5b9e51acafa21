import AccessControl
import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import RateLimiting

extension Exchange {
    /// Decides whether the caller may, now: groups, rates, sizes.
    func admit() -> Verdict {
        guard let plan else { return .proceed }
        if let allowed = plan.allowed, !allowed.contains(consumer) {
            return .reply(.problem(.forbidden, "This consumer is in none of the groups that may call the route."))
        }
        if let limit = plan.limit, let refusal = exceeds(limit) { return .reply(refusal) }
        if let limit = plan.bodyLimit, case .length(let length) = framing, length > limit {
            return .reply(.bodyTooLarge(limit: limit))
        }
        if let redirect = plan.redirect { return .reply(.redirect(redirect.status, to: fill(redirect.to))) }
        return .proceed
    }

    private func exceeds(_ limit: RateLimitPlan) -> LocalReply? {
        let decision = loop.shared.limiter.admit(limitKey(limit), limit.rule, now: started)
        limitLines = limit.lines(for: decision)
        guard !decision.isAdmitted else { return nil }
        loop.meters.update(plan?.slot ?? -1) { $0.limited &+= 1 }
        return .rateLimited(decision.retryAfterSeconds)
    }

    private func limitKey(_ limit: RateLimitPlan) -> RateLimitKey {
        let bytes = connection.head.bytes
        switch limit.key {
        case .route: return RateLimitKey(wholeRoute: limit.scope)
        case .consumer where consumer >= 0:
            return RateLimitKey(limit.scope, .consumer, Array(snapshot.consumerNames[consumer].utf8).span)
        case .consumer, .address: return RateLimitKey(limit.scope, .address, client.bytes.span)
        case .header(let name):
            guard let value = connection.head.fields.first(where: { connection.head.names($0, name) })?.value else {
                return RateLimitKey(limit.scope, .header, Span())
            }
            return RateLimitKey(limit.scope, .header, bytes.span.extracting(value.range))
        }
    }
}

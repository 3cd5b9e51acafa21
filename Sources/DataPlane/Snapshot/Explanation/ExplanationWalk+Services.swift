import Catalog
import HTTPSemantics
import HTTPWire

extension ExplanationWalk {
    /// Has a mounted service say what it would do; of the policy `conflict`, keys of retries alone mean something to it.
    mutating func ask(_ handler: any ServiceHandler, _ plan: RoutePlan) {
        noteHeaders(plan)
        let call = ExplainedCall(request, route: plan.route, path: path, query: query, consumer: consumer)
        explanation.append(handler.explain(call))
        guard case .forwarded = explanation.outcome, let idempotency = plan.conflict?.idempotency else { return }
        noteKeys(idempotency)
        _ = hasUsableKey(idempotency)
    }

    /// What a key of retries means to this request.
    mutating func noteKeys(_ idempotency: IdempotencyPlan) {
        guard idempotency.policy.methods.contains(request.method) else { return }
        let demand = idempotency.policy.isRequired ? "required" : "heeded if sent"
        explanation.note("idempotency", "\(idempotency.policy.header) is \(demand); answers are kept for retries")
    }

    /// Whether the request's key, or its lack of one, lets it go on; ends the walk if not.
    mutating func hasUsableKey(_ idempotency: IdempotencyPlan) -> Bool {
        switch idempotency.reading(of: head) {
        case .none: return true
        case .refused(let reply): return refuse(reply)
        case .key:
            let isKnown = consumer >= 0 || head.present.has(.authorization) || head.present.has(.cookie)
            return isKnown || refuse(idempotency.callerUnknown)
        }
    }

    private mutating func refuse(_ reply: LocalReply) -> Bool {
        guard let problem = reply.problem else { return true }
        explanation.outcome = .refused(status: reply.status, kind: problem.kind, detail: problem.detail)
        return false
    }
}

import Catalog
import ConflictEngine
import HTTPWire

extension Exchange {
    /// Decides what the route's conflict level asks for before the request goes upstream.
    func settle() -> Verdict {
        if plan?.compress != nil, let refusal = mapConditionsBack() { return .reply(refusal) }
        guard let conflict = plan?.conflict else {
            wantsTunnel = asksForTunnel()
            return .proceed
        }
        if conflict.policy.locks != nil, let verdict = beginLocking(conflict) { return verdict }
        return settleFurther(conflict)
    }

    /// Goes on with a request that locks do not stand in the way of.
    func settleFurther(_ conflict: ConflictPlan) -> Verdict {
        if let plan = conflict.idempotency, let refusal = claimKey(plan) { return .reply(refusal) }
        if conflict.ownsTags { return beginVersioning(conflict) }
        if let claim { return beginGathering(limit: claim.plan.policy.bodyLimit) }
        if conflict.guards != nil, !method.isSafe { return beginGathering(limit: conflict.policy.bodyLimit) }
        wantsTunnel = asksForTunnel()
        return .proceed
    }

    /// Looks up what the route's guards ask for; `done` gets a refusal, or `nil`, perhaps before this returns.
    func checkGuards(_ body: [UInt8], _ done: @escaping (LocalReply?) -> Void) {
        guard let plan = plan?.conflict?.guards, let check = GuardCheck(self, plan, body: body) else {
            return done(nil)
        }
        guards = check
        check.start(done)
    }

    /// Takes the request's body and the upstream's answer whole.
    func beginGathering(limit: Int) -> Verdict {
        if case .length(let length) = framing, length > limit { return .reply(.bodyTooLarge(limit: limit)) }
        let call = GatheredCall(self, limit: limit)
        versioning = call
        call.begin()
        return .wait
    }

    /// What is being changed, in normal form.
    var resourcePath: [UInt8] {
        guard let template = plan?.conflict?.policy.resource else { return path }
        return fill(template)
    }

    /// Whether the request's own path is that of the resource.
    var readsResourceItself: Bool {
        guard plan?.conflict?.policy.resource != nil else { return true }
        return resourcePath.prefix { $0 != UInt8(ascii: "?") }.elementsEqual(path)
    }

    /// The identity of what is being changed.
    var identity: ResourceIdentity {
        ResourceIdentity(upstream: plan?.upstream.name ?? "", path: resourcePath)
    }
}

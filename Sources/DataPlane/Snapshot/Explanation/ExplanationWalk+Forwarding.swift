import Catalog
import HTTPWire

extension ExplanationWalk {
    // MARK: 6 Forwarding

    /// Where the request goes, and what changes on the way.
    mutating func forward(_ plan: RoutePlan) {
        noteHeaders(plan)
        let upstream = plan.upstream
        var sent = plan.rewrite.map { fill($0) } ?? path
        if let query { sent += [UInt8(ascii: "?")] + query }
        let name = method == .head && plan.conflict?.ownsTags == true ? "GET" : request.method
        let rewritten = plan.rewrite.map { "  (rewritten by \($0.source))" } ?? ""
        explanation.note("sends", "\(name) \(text(sent))\(rewritten)")
        explanation.note("upstream", "\(upstream.name), \(balance(upstream))")
        let likely = likelyTarget(of: upstream)
        for target in upstream.targets {
            let share =
                upstream.targets.count > 1 ? "  (weight \(target.weight)\(target === likely ? ", this one" : ""))" : ""
            explanation.note("target", text(target.origin) + text(target.pathPrefix + sent) + share)
        }
        explanation.note("host sent", hostSent(upstream))
        noteLimits(of: upstream)
    }

    /// What is changed of header fields.
    mutating func noteHeaders(_ plan: RoutePlan) {
        guard let policy = plan.source.policies.headers else { return }
        for (name, changes) in [("request fields", policy.request), ("answer fields", policy.response)] {
            let set = changes.set.map { "\($0.name): \($0.value)" }
            let removed = changes.remove.map { "without \($0)" }
            if !set.isEmpty || !removed.isEmpty { explanation.note(name, (set + removed).joined(separator: "; ")) }
        }
    }

    private func balance(_ upstream: UpstreamPlan) -> String {
        guard upstream.targets.count > 1 else { return "one target" }
        let way =
            switch upstream.balance {
            case .roundRobin: "round-robin"
            case .leastRequests: "least-requests"
            case .randomTwo: "random-two"
            case .consistentHash(.header(let name)): "consistent-hash on header \(name)"
            case .consistentHash(.cookie(let name)): "consistent-hash on cookie \(name)"
            case .consistentHash(.address): "consistent-hash on the client's address"
            }
        return "\(upstream.targets.count) targets, \(way)"
    }

    /// The target that the request's own bytes decide while all are well; `nil` where something else decides.
    private func likelyTarget(of upstream: UpstreamPlan) -> TargetPlan? {
        guard upstream.targets.count > 1, case .consistentHash(let key) = upstream.balance else { return nil }
        if case .address = key { return nil }
        let hash = head.ringPlace(by: key, client: [])
        return upstream.choose(now: 0, hash: hash, chance: 0, avoiding: nil)
    }

    private func hostSent(_ upstream: UpstreamPlan) -> String {
        switch upstream.host {
        case .target: upstream.targets.count > 1 ? "the target's" : text(upstream.targets[0].authority)
        case .named(let name): name
        case .preserve: head.text(of: .host) ?? "the target's"
        }
    }

    private mutating func noteLimits(of upstream: UpstreamPlan) {
        if let target = upstream.targets.first {
            explanation.note(
                "timeouts",
                "connect \(Self.text(target.connect)), response \(Self.text(target.response)), idle \(Self.text(target.idle))"
            )
        }
        let extra = upstream.retryAttempts
        explanation.note("retries", extra == 1 ? "1 extra try" : "\(extra) extra tries")
        if let health = upstream.health {
            explanation.note("health", "GET \(health.path) every \(Self.text(health.interval.wholeNanoseconds))")
        }
    }
}

/// The budgets of some keys, without lock or clock; ``RateLimiter`` guards several of these.
struct RateLimitBudgets {
    private var arrivals: [RateLimitKey: TheoreticalArrival] = [:]
    private var idle = IdleHeap()
    /// The latest moment heard of.
    ///
    /// Loops read their clocks apart; time here never runs backwards.
    private var now: UInt64 = 0

    /// How many keys are kept.
    var count: Int { arrivals.count }

    /// When the first key may be idle; `UInt64.max` where there are none.
    var firstIdle: UInt64 { idle.top?.idleAt ?? .max }

    /// Decides about a key that is known; `nil` if it is not.
    mutating func admitKnown(_ key: RateLimitKey, _ rule: RateLimitRule, now moment: UInt64) -> RateLimitDecision? {
        now = max(now, moment)
        return Self.admit(&arrivals[key], rule, now)
    }

    /// Decides about a key; one that is not known is added with a full budget.
    mutating func admitAny(_ key: RateLimitKey, _ rule: RateLimitRule, now moment: UInt64) -> RateLimitDecision {
        if let decision = admitKnown(key, rule, now: moment) { return decision }
        var arrival = TheoreticalArrival()
        let decision = rule.admit(&arrival, now: now)
        arrivals[key] = arrival
        idle.insert(IdleHeap.Item(idleAt: arrival.nanoseconds, key: key))
        return decision
    }

    /// Forgets up to `limit` keys that are idle, which changes no decision.
    mutating func forgetIdle(upTo limit: Int) {
        for _ in 0..<limit where forgetFirst(unlessLaterThan: 0, now: now) == .nothing { return }
    }

    /// Forgets the key that is idle first; one that is still in use only if that is not later than `rival`.
    mutating func forgetFirst(unlessLaterThan rival: UInt64, now moment: UInt64) -> Forgotten {
        now = max(now, moment)
        guard let top = settledTop() else { return .nothing }
        // The end of time stands for all that lies beyond it, which is never reached.
        let isIdle = top.idleAt <= now && top.idleAt < .max
        guard isIdle || top.idleAt <= rival else { return .nothing }
        idle.removeTop()
        arrivals[top.key] = nil
        return isIdle ? .idle : .inUse
    }

    /// What kind of key was forgotten.
    enum Forgotten {
        /// None.
        case nothing
        /// One with a full budget.
        case idle
        /// One that loses what it had used up.
        case inUse
    }

    /// The top of the heap once its moment is the true one.
    private mutating func settledTop() -> IdleHeap.Item? {
        while let top = idle.top {
            let truth = arrivals[top.key]?.nanoseconds ?? 0
            if truth <= top.idleAt { return top }
            idle.postponeTop(to: truth)
        }
        return nil
    }

    private static func admit(
        _ arrival: inout TheoreticalArrival?,
        _ rule: RateLimitRule,
        _ now: UInt64
    ) -> RateLimitDecision? {
        guard var known = arrival else { return nil }
        let decision = rule.admit(&known, now: now)
        if decision.isAdmitted { arrival = known }
        return decision
    }
}

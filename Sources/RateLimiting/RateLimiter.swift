import Synchronization

/// Counts requests against rate limits, exactly, for the whole process; safe to use from every thread.
///
/// Keys are spread over shards with a short lock each. At most ``capacity`` keys are kept: idle ones, whose budget is
/// full, are forgotten first, which changes no decision. Only when every key is in use is the one forgotten that would
/// have been idle soonest; ``load`` counts these, for then its caller starts anew with a full budget.
package final class RateLimiter: Sendable {
    private final class Shard: Sendable {
        let budgets = Mutex(RateLimitBudgets())
        /// When the first key of the shard may be idle, to choose among shards without their locks.
        let firstIdle = Atomic(UInt64.max)
    }

    /// The most keys kept.
    package let capacity: Int
    private let shards: [Shard]
    private let kept = Atomic(0)
    private let evictions = Atomic(0)

    /// A limiter that has seen nobody; the number of shards is rounded up to a power of two, 1,024 at most.
    package init(capacity: Int = 100_000, shards: Int = 64) {
        self.capacity = max(1, capacity)
        var count = 1
        while count < min(shards, 1024) { count *= 2 }
        self.shards = (0..<count).map { _ in Shard() }
    }

    /// How many keys are kept, and how many were forgotten while in use since the start.
    package var load: (keys: Int, evictedInUse: Int) {
        (kept.load(ordering: .relaxed), evictions.load(ordering: .relaxed))
    }

    /// Takes one request off the budget of `key`, if the rule admits it.
    ///
    /// - Parameters:
    ///   - key: Whose budget.
    ///   - rule: The limit; one that changed with a reload keeps what was used up.
    ///   - now: Nanoseconds of a monotonic clock, one for all callers.
    /// - Returns: Whether it is admitted, and the figures for the answer's fields.
    package func admit(_ key: RateLimitKey, _ rule: RateLimitRule, now: UInt64) -> RateLimitDecision {
        let shard = shards[Int(truncatingIfNeeded: key.second >> 32) & (shards.count - 1)]
        if let decision = shard.budgets.withLock({ $0.admitKnown(key, rule, now: now) }) { return decision }
        reservePlace(now)
        let (decision, spare) = shard.budgets.withLock { budgets in
            let before = budgets.count
            let decision = budgets.admitAny(key, rule, now: now)
            budgets.forgetIdle(upTo: 2)
            shard.firstIdle.store(budgets.firstIdle, ordering: .relaxed)
            return (decision, before + 1 - budgets.count)
        }
        if spare > 0 { kept.subtract(spare, ordering: .relaxed) }
        return decision
    }

    /// Makes sure that one more key may be added; a forgotten key leaves its place to the new one.
    ///
    /// Goes round again only while other threads win the race for a place.
    private func reservePlace(_ now: UInt64) {
        while true {
            let count = kept.load(ordering: .relaxed)
            if count >= capacity {
                if forgetOne(now) { return }
            } else if kept.compareExchange(expected: count, desired: count + 1, ordering: .relaxed).exchanged {
                return
            }
        }
    }

    /// Forgets the key that is idle first among all shards; false if there is none just now.
    ///
    /// What the shards publish may be too early, so the chosen one looks closer and may turn out not to be the first;
    /// after a few rounds its key goes all the same.
    private func forgetOne(_ now: UInt64) -> Bool {
        for round in 1...8 {
            let (chosen, rival) = soonestIdle()
            let outcome = chosen.budgets.withLock { budgets in
                let outcome = budgets.forgetFirst(unlessLaterThan: round < 8 ? rival : .max, now: now)
                chosen.firstIdle.store(budgets.firstIdle, ordering: .relaxed)
                return outcome
            }
            switch outcome {
            case .nothing: continue
            case .idle: return true
            case .inUse:
                evictions.add(1, ordering: .relaxed)
                return true
            }
        }
        return false
    }

    /// The shard that says it has the first idle key, and what the next best one says.
    private func soonestIdle() -> (shard: Shard, rival: UInt64) {
        var best = (shard: shards[0], idleAt: shards[0].firstIdle.load(ordering: .relaxed))
        var rival = UInt64.max
        for shard in shards.dropFirst() {
            let idleAt = shard.firstIdle.load(ordering: .relaxed)
            rival = min(rival, max(idleAt, best.idleAt))
            if idleAt < best.idleAt { best = (shard, idleAt) }
        }
        return (best.shard, rival)
    }
}

import Catalog
import RateLimiting
import Synchronization

/// Threads that push against a few budgets as hard as they can, on clocks that lag behind each other.
final class LimitedCrowd: Sendable {
    private static let quota: UInt64 = 7
    private static let window: UInt64 = 1000
    private static let burst: UInt64 = 5

    private let limiter: RateLimiter
    private let rule = RateLimitRule(
        RateLimitPolicy(quota: Int(quota), window: .nanoseconds(window), burst: Int(burst))
    )
    private let clock = Atomic<UInt64>(0)
    /// For each budget the span of time, from before to after the call, in which each admission fell.
    private let log = Mutex<[[ClosedRange<UInt64>]]>(Array(repeating: [], count: 4))

    init(capacity: Int) { limiter = RateLimiter(capacity: capacity, shards: 4) }

    var admitted: Int { log.withLock { $0.reduce(0) { $0 + $1.count } } }
    var keysKept: Int { limiter.load.keys }

    func push(seed: UInt64, times: Int) {
        var chance = SeededChance(seed)
        let scope = RateLimitScope(service: "s", route: "r")
        for _ in 0..<times {
            let budget = Int.random(in: 0..<4, using: &chance)
            let name = [UInt8(budget)]
            let step = UInt64.random(in: 0...8, using: &chance)
            let before = clock.add(step, ordering: .sequentiallyConsistent).oldValue
            let lag = UInt64.random(in: 0...40, using: &chance)
            let decision = limiter.admit(RateLimitKey(scope, .header, name.span), rule, now: before - min(lag, before))
            let after = clock.load(ordering: .sequentiallyConsistent)
            if decision.isAdmitted { log.withLock { $0[budget].append(before - min(lag, before)...after) } }
        }
    }

    /// By how many the worst interval exceeds its bound; each admission counts only for intervals that surely hold it.
    var widestExcess: Int {
        log.withLock { $0.map(excess).max() ?? 0 }
    }

    private func excess(_ admissions: [ClosedRange<UInt64>]) -> Int {
        var worst = Int.min
        let starts = admissions.map(\.lowerBound).sorted()
        for (place, start) in starts.enumerated() where place % 7 == 0 {
            let within = admissions.filter { $0.lowerBound >= start }.map(\.upperBound).sorted()
            for (index, end) in within.enumerated() {
                let bound = Self.burst + (end - start) * Self.quota / Self.window
                worst = max(worst, index + 1 - Int(bound))
            }
        }
        return worst
    }
}

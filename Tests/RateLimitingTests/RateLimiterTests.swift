import Catalog
import RateLimiting
import Synchronization
import Testing

struct RateLimiterTests {
    private let scope = RateLimitScope(service: "shop", route: "items")

    private func rule(_ quota: Int, per window: Duration, burst: Int? = nil) -> RateLimitRule {
        RateLimitRule(RateLimitPolicy(quota: quota, window: window, burst: burst))
    }

    private func key(_ name: String) -> RateLimitKey {
        let bytes = Array(name.utf8)
        return RateLimitKey(scope, .header, bytes.span)
    }

    @Test func `admits the burst at once and then one per interval`() {
        let limiter = RateLimiter()
        let rule = rule(10, per: .seconds(1), burst: 3)
        let start: UInt64 = 5_000_000_000
        let first = (0..<5).map { _ in limiter.admit(key("a"), rule, now: start) }
        #expect(first.map(\.isAdmitted) == [true, true, true, false, false])
        #expect(first.map(\.remaining) == [2, 1, 0, 0, 0])
        #expect(first[3].nanosecondsUntilNext == 100_000_000)
        #expect(first.map(\.nanosecondsUntilMore) == Array(repeating: 100_000_000, count: 5))
        #expect(!limiter.admit(key("a"), rule, now: start + 99_999_999).isAdmitted)
        #expect(limiter.admit(key("a"), rule, now: start + 100_000_000).isAdmitted)
        #expect(!limiter.admit(key("a"), rule, now: start + 100_000_000).isAdmitted)
    }

    @Test func `a third of a second is a third, for ever`() {
        let limiter = RateLimiter()
        let rule = rule(3, per: .seconds(1))
        for second in 1...1000 as ClosedRange<UInt64> {
            let admitted = (0..<4).map { _ in limiter.admit(key("a"), rule, now: second * 1_000_000_000).isAdmitted }
            #expect(admitted == [true, true, true, false])
        }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `agrees with a bucket of tokens in exact fractions`(seed: UInt64) {
        var chance = SeededChance(seed)
        let (quota, window) = (UInt64.random(in: 1...50, using: &chance), UInt64.random(in: 1...1000, using: &chance))
        let burst = UInt64.random(in: 1...20, using: &chance)
        let rule = rule(Int(quota), per: .nanoseconds(window), burst: Int(burst))
        let limiter = RateLimiter(shards: 1)
        var bucket = TokenBucket(quota: quota, window: window, burst: burst)
        var now: UInt64 = 0
        for step in 0..<500 {
            now += UInt64.random(in: 0...(Bool.random(using: &chance) ? 3 : 2 * window / quota + 1), using: &chance)
            let expected = bucket.take(at: now)
            #expect(limiter.admit(key("a"), rule, now: now) == expected, "step \(step) at \(now)")
        }
    }

    @Test func `keys differ by caller, subject, route and service`() {
        let bytes = Array("10.0.0.1".utf8)
        let keys: Set = [
            RateLimitKey(scope, .address, bytes.span), RateLimitKey(scope, .consumer, bytes.span),
            RateLimitKey(RateLimitScope(service: "shop", route: "other"), .address, bytes.span),
            RateLimitKey(RateLimitScope(service: "shopitems", route: ""), .address, bytes.span),
            RateLimitKey(RateLimitScope(service: "shop", route: "items", purpose: "login"), .address, bytes.span),
            RateLimitKey(wholeRoute: scope), key("10.0.0.2"),
        ]
        #expect(keys.count == 7)
        #expect(keys.contains(RateLimitKey(RateLimitScope(service: "shop", route: "items"), .address, bytes.span)))
    }

    @Test func `callers do not use up each other's budget`() {
        let limiter = RateLimiter()
        let rule = rule(1, per: .seconds(1))
        #expect(limiter.admit(key("a"), rule, now: 0).isAdmitted)
        #expect(limiter.admit(key("b"), rule, now: 0).isAdmitted)
        #expect(!limiter.admit(key("a"), rule, now: 0).isAdmitted)
    }

    @Test func `a clock that lags on one loop admits nothing more`() {
        let limiter = RateLimiter(shards: 1)
        let rule = rule(1, per: .nanoseconds(100))
        #expect(limiter.admit(key("a"), rule, now: 1000).isAdmitted)
        #expect(limiter.admit(key("b"), rule, now: 1100).isAdmitted)
        #expect(!limiter.admit(key("b"), rule, now: 900).isAdmitted)
        #expect(limiter.admit(key("a"), rule, now: 900).isAdmitted)
        #expect(!limiter.admit(key("a"), rule, now: 1199).isAdmitted)
    }

    @Test func `a changed rule keeps what was used up`() {
        let limiter = RateLimiter()
        let slow = rule(10, per: .seconds(10), burst: 10)
        for _ in 0..<10 { #expect(limiter.admit(key("a"), slow, now: 0).isAdmitted) }
        let fast = rule(7, per: .seconds(7), burst: 11)
        let decisions = (0..<2).map { _ in limiter.admit(key("a"), fast, now: 0).isAdmitted }
        #expect(decisions == [true, false])
        #expect(!limiter.admit(key("a"), rule(1, per: .seconds(1), burst: 1), now: 10_000_000_000).isAdmitted)
    }

    @Test func `absurd rules and moments do not trap`() {
        let limiter = RateLimiter()
        let rules = [rule(.max, per: .seconds(Int64.max)), rule(1, per: .seconds(Int64.max)), rule(.max, per: .zero)]
        for now in [0, 1, UInt64.max / 2, UInt64.max] {
            for rule in rules + rules.reversed() {
                let decision = limiter.admit(key("a"), rule, now: now)
                #expect(decision.remaining >= 0)
            }
        }
        let lone = rule(1, per: .seconds(Int64.max))
        #expect(limiter.admit(key("b"), lone, now: .max).isAdmitted)
        #expect(!limiter.admit(key("b"), lone, now: .max).isAdmitted)
    }
}

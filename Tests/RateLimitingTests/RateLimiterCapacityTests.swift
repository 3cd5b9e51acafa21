import Catalog
import RateLimiting
import Testing

struct RateLimiterCapacityTests {
    private let scope = RateLimitScope(service: "shop", route: "items")
    private let rule = RateLimitRule(RateLimitPolicy(quota: 1, window: .nanoseconds(1000)))

    private func key(_ number: Int) -> RateLimitKey {
        let bytes = Array("\(number)".utf8)
        return RateLimitKey(scope, .address, bytes.span)
    }

    @Test func `there are never more keys than the capacity`() {
        let limiter = RateLimiter(capacity: 50, shards: 8)
        for number in 0..<500 {
            _ = limiter.admit(key(number), rule, now: 0)
            #expect(limiter.load.keys == min(50, number + 1))
        }
        #expect(limiter.load.evictedInUse == 450)
    }

    @Test func `idle keys go first and keys in use keep their state`() {
        let limiter = RateLimiter(capacity: 40, shards: 8)
        for number in 0..<20 { #expect(limiter.admit(key(number), rule, now: 0).isAdmitted) }
        for number in 100..<120 { #expect(limiter.admit(key(number), rule, now: 1500).isAdmitted) }
        for number in 200..<220 { #expect(limiter.admit(key(number), rule, now: 1600).isAdmitted) }
        #expect(limiter.load.keys <= 40)
        #expect(limiter.load.evictedInUse == 0)
        let refused = (100..<120).filter { !limiter.admit(key($0), rule, now: 1700).isAdmitted }
        #expect(refused.count == 20)
    }

    @Test func `when all are in use the one soonest idle goes`() {
        let limiter = RateLimiter(capacity: 30, shards: 4)
        for number in 0..<30 { #expect(limiter.admit(key(number), rule, now: UInt64(number)).isAdmitted) }
        for number in 100..<110 { #expect(limiter.admit(key(number), rule, now: 50).isAdmitted) }
        #expect(limiter.load == (keys: 30, evictedInUse: 10))
        let kept = (10..<30).filter { !limiter.admit(key($0), rule, now: 60).isAdmitted }
        #expect(kept.count == 20)
    }

    @Test func `a key that was used again is not taken for idle`() {
        let limiter = RateLimiter(capacity: 10, shards: 1)
        for number in 0..<10 { _ = limiter.admit(key(number), rule, now: 0) }
        #expect(limiter.admit(key(0), rule, now: 1000).isAdmitted)
        for number in 10..<19 { _ = limiter.admit(key(number), rule, now: 1100) }
        #expect(!limiter.admit(key(0), rule, now: 1200).isAdmitted)
        #expect(limiter.load.evictedInUse == 0)
    }

    @Test func `a full table of a hundred thousand holds`() {
        let limiter = RateLimiter()
        for number in 0..<100_000 { _ = limiter.admit(key(number), rule, now: 0) }
        #expect(limiter.load == (keys: 100_000, evictedInUse: 0))
        for number in 100_000..<100_100 { _ = limiter.admit(key(number), rule, now: 0) }
        #expect(limiter.load == (keys: 100_000, evictedInUse: 100))
    }

    @Test(.timeLimit(.minutes(1)), arguments: 1...6 as ClosedRange<UInt64>)
    func `many threads with lagging clocks stay within the bound over every interval`(seed: UInt64) async {
        let crowd = LimitedCrowd(capacity: 1000)
        await withTaskGroup(of: Void.self) { group in
            for member in 0..<8 as Range<UInt64> {
                group.addTask { crowd.push(seed: seed &* 100 &+ member, times: 3000) }
            }
        }
        #expect(crowd.admitted > 200)
        #expect(crowd.widestExcess <= 0)
        #expect(crowd.keysKept <= 1000)
    }

    @Test(.timeLimit(.minutes(1))) func `threads that fight for the last places never exceed the capacity`() async {
        let limiter = RateLimiter(capacity: 64, shards: 16)
        let most = await withTaskGroup(of: Int.self) { group in
            for member in 0..<8 {
                group.addTask {
                    var most = 0
                    for step in 0..<2000 {
                        _ = limiter.admit(key(member * 10_000 + step), rule, now: UInt64(step))
                        most = max(most, limiter.load.keys)
                    }
                    return most
                }
            }
            return await group.reduce(0, max)
        }
        #expect(most <= 64)
        #expect(limiter.load.keys > 0)
    }
}

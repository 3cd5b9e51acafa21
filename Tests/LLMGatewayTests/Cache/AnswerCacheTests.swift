import Catalog
import TestKit
import Testing

@testable import LLMGateway

@Suite struct AnswerCacheTests {
    private static let second: UInt64 = 1_000_000_000

    private func cache(size: Int = 64 << 20, ttl: Duration = .seconds(10)) -> AnswerCache {
        var policy = ResponseCachePolicy(ttl: ttl)
        policy.size = size
        return AnswerCache(policy)
    }

    private func callers(_ count: Int) -> [CacheCaller] { (0..<count).map { _ in CacheCaller() } }

    // MARK: Keys

    @Test func `keys are the same for the same parts only, however they are put together`() {
        let lists: [[String]] = [
            [], [""], ["", ""], ["a"], ["a", ""], ["", "a"], ["ab"], ["a", "b"], ["1:a"], ["1", "a"], ["1:a1:b"],
            ["a1:b"],
        ]
        let keys = lists.map { AnswerCache.Key($0.map(bytes)) }
        #expect(Set(keys).count == lists.count)
        #expect(AnswerCache.Key([bytes("a"), bytes("b")]) == AnswerCache.Key([bytes("a"), bytes("b")]))
    }

    // MARK: Asking

    @Test func `the first asks, others wait for it and get its answer, later ones get what is kept`() {
        let cache = cache()
        let callers = callers(4)
        #expect(callers.prefix(3).map { $0.ask(cache, "k") } == ["lead", "wait", "wait"])
        cache.arrived("k", "Hi")
        #expect(callers.map(\.heard) == [[], ["answer Hi"], ["answer Hi"], []])
        #expect(callers[3].ask(cache, "k") == "answer Hi")
        #expect(callers.map(\.heard.count) == [0, 1, 1, 0])
    }

    @Test func `other keys are other calls`() {
        let cache = cache()
        let callers = callers(3)
        #expect(
            [callers[0].ask(cache, "a"), callers[1].ask(cache, "b"), callers[2].ask(cache, "b")] == [
                "lead", "lead", "wait",
            ]
        )
        cache.arrived("a", "A")
        #expect(callers[2].heard.isEmpty)
    }

    @Test func `an answer that is too large to be kept is for those who wait only`() {
        let cache = cache(size: 1000)
        let callers = callers(3)
        let body = String(repeating: "x", count: 501)
        _ = callers[0].ask(cache, "k")
        _ = callers[1].ask(cache, "k")
        cache.arrived("k", body)
        #expect(callers[1].heard == ["answer \(body)"])
        #expect(callers[2].ask(cache, "k") == "lead")
    }

    // MARK: Time

    @Test(
        arguments: [(9_999_999_999, true), (10_000_000_000, false), (UInt64.max, false), (0, true)] as [(UInt64, Bool)]
    )
    func `an answer is kept for its lifetime`(age: UInt64, isKept: Bool) {
        let cache = cache()
        cache.arrived("k", "Hi", at: 0)
        #expect(CacheCaller().ask(cache, "k", now: age) == (isKept ? "answer Hi" : "lead"))
    }

    @Test func `an answer is as old as when it came, however often it is used, and may come from the future`() {
        let cache = cache()
        cache.arrived("k", "Hi", at: 5 * Self.second)
        #expect(CacheCaller().ask(cache, "k", now: 0) == "answer Hi")
        for time in 5..<15 { #expect(CacheCaller().ask(cache, "k", now: UInt64(time) * Self.second) == "answer Hi") }
        #expect(CacheCaller().ask(cache, "k", now: 15 * Self.second) == "lead")
    }

    @Test func `who wants a fresh answer asks, and keeps it for others`() {
        let cache = cache()
        let callers = callers(3)
        cache.arrived("k", "old")
        #expect(callers[0].ask(cache, "k", refreshes: true) == "lead")
        #expect(callers[1].ask(cache, "k") == "answer old")
        #expect(callers[2].ask(cache, "k", refreshes: true) == "wait")
        cache.arrived("k", "new")
        #expect(callers[2].heard == ["answer new"])
        #expect(CacheCaller().ask(cache, "k") == "answer new")
    }

    // MARK: Size

    @Test func `the least recently used go first`() {
        // Each takes 256 bytes, its key of three and its body.
        let cache = cache(size: 4 * 300)
        let body = String(repeating: "x", count: 300 - 256 - 3)
        for key in ["a", "b", "c", "d"] { cache.arrived(key, body) }
        #expect(cache.keeps("a"))
        cache.arrived("e", body)
        #expect(["a", "b", "c", "d", "e"].map { cache.keeps($0) } == [true, false, true, true, true])
        cache.arrived("c", body)
        cache.arrived("f", body)
        cache.arrived("g", body)
        #expect(["a", "c", "d", "e", "f", "g"].map { cache.keeps($0) } == [false, true, false, true, true, true])
    }

    @Test func `an answer that takes another's place leaves room as large as the other was`() {
        let cache = cache(size: 4 * 300)
        let body = String(repeating: "x", count: 300 - 256 - 3)
        for _ in 0..<10 { cache.arrived("a", body) }
        for key in ["b", "c", "d"] { cache.arrived(key, body) }
        #expect(["a", "b", "c", "d"].allSatisfy { cache.keeps($0) })
    }

    @Test func `what has expired leaves its room`() {
        let cache = cache(size: 2 * 300)
        let body = String(repeating: "x", count: 300 - 256 - 3)
        cache.arrived("a", body)
        #expect(!cache.keeps("a", now: 20 * Self.second))
        cache.arrived("b", body, at: 20 * Self.second)
        cache.arrived("c", body, at: 20 * Self.second)
        #expect(cache.keeps("b", now: 20 * Self.second) && cache.keeps("c", now: 20 * Self.second))
    }

    @Test func `an answer of more than half of the size is not kept, and drives nothing out`() {
        let cache = cache(size: 4000)
        #expect(cache.largest == 2000)
        cache.arrived("a", String(repeating: "x", count: 1000))
        let caller = CacheCaller()
        _ = CacheCaller().ask(cache, "b")
        _ = caller.ask(cache, "b")
        cache.arrived("b", String(repeating: "x", count: 2001))
        #expect(cache.keeps("a") && !cache.keeps("b"))
        #expect(caller.heard.count == 1)
    }

    @Test func `an answer to a request that is larger than the cache drives nothing out`() {
        let cache = cache(size: 4000)
        cache.arrived("a", "x")
        cache.arrived(String(repeating: "k", count: 5000), "x")
        #expect(cache.keeps("a"))
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `kept answers are those of a plain list in the order of use`(seed: UInt64) {
        var chance = SeededGenerator(seed: seed)
        let cache = cache(size: 3000)
        var list: [(key: String, size: Int)] = []
        for _ in 0..<3000 {
            let key = "k\(Int.random(in: 0..<14, using: &chance))"
            let index = list.firstIndex { $0.key == key }
            if Bool.random(using: &chance) {
                #expect(cache.keeps(key) == (index != nil))
                if let index { list.append(list.remove(at: index)) }
            } else {
                let body = Int.random(in: 0...1600, using: &chance)
                cache.arrived(key, String(repeating: "x", count: body))
                guard body <= 1500 else { continue }
                if let index { list.remove(at: index) }
                // The key of one part is behind its length.
                list.append((key, 256 + key.utf8.count + 2 + body))
                while list.reduce(0, { $0 + $1.size }) > 3000 { list.removeFirst() }
            }
        }
    }

    // MARK: Leaving and failing

    @Test func `if the one who asks leaves, exactly one of those who wait asks, in the order they came`() {
        let cache = cache()
        let callers = callers(4)
        #expect(callers.map { $0.ask(cache, "k") } == ["lead", "wait", "wait", "wait"])
        cache.failed("k", clientLeft: true)
        #expect(callers.map(\.heard) == [[], ["lead"], [], []])
        #expect(CacheCaller().ask(cache, "k") == "wait")
        cache.failed("k", clientLeft: true)
        #expect(callers.map(\.heard) == [[], ["lead"], ["lead"], []])
        cache.arrived("k", "Hi")
        #expect(callers.map(\.heard) == [[], ["lead"], ["lead"], ["answer Hi"]])
    }

    @Test func `if the provider fails, all who wait ask for themselves`() {
        let cache = cache()
        let callers = callers(3)
        _ = callers.map { $0.ask(cache, "k") }
        cache.failed("k", clientLeft: false)
        #expect(callers.map(\.heard) == [[], ["alone"], ["alone"]])
        #expect(CacheCaller().ask(cache, "k") == "lead")
    }

    @Test(arguments: [true, false])
    func `if nobody waits, the next one asks`(clientLeft: Bool) {
        let cache = cache()
        _ = CacheCaller().ask(cache, "k")
        cache.failed("k", clientLeft: clientLeft)
        #expect(CacheCaller().ask(cache, "k") == "lead")
    }

    @Test func `a failure does not take away what is kept`() {
        let cache = cache()
        cache.arrived("k", "old")
        #expect(CacheCaller().ask(cache, "k", refreshes: true) == "lead")
        cache.failed("k", clientLeft: false)
        #expect(CacheCaller().ask(cache, "k") == "answer old")
    }

    @Test func `who has left hears nothing, and who was told cannot leave`() {
        let cache = cache()
        let callers = callers(3)
        _ = callers.map { $0.ask(cache, "k") }
        let key = AnswerCache.Key([bytes("k")])
        #expect(cache.leave(key, callers[1].id))
        #expect(!cache.leave(key, callers[1].id))
        #expect(!cache.leave(key, callers[0].id))
        cache.failed("k", clientLeft: true)
        #expect(callers.map(\.heard) == [[], [], ["lead"]])
        #expect(!cache.leave(key, callers[2].id))
        cache.arrived("k", "Hi")
        #expect(callers.map(\.heard) == [[], [], ["lead"]])
        #expect(!cache.leave(AnswerCache.Key([bytes("other")]), callers[0].id))
    }
}

import Catalog
import LLMTranslation
import Testing

@testable import LLMGateway

@Suite struct KeyPoolTests {
    private func key(_ value: String, weight: Int = 1) throws -> ProviderKey {
        try #require(ProviderKey(value: value, weight: weight, label: "label-\(value)"))
    }

    @Test func `keys are chosen as their weights say`() throws {
        let pool = KeyPool([try key("a", weight: 3), try key("b"), try key("c", weight: 2)])
        var counts: [String: Int] = [:]
        for chance in 0..<UInt64(600) {
            let choice = try #require(pool.choose(now: 0, chance: chance, except: []))
            #expect(choice.label == "label-\(choice.value)")
            counts[choice.value, default: 0] += 1
        }
        #expect(counts == ["a": 300, "b": 100, "c": 200])
        #expect(pool.status.map(\.uses) == [300, 100, 200])
    }

    @Test func `every chance gives a key that was not tried`() throws {
        let pool = KeyPool([try key("a", weight: 10_000), try key("b"), try key("c")])
        for chance in [0, 1, 9_999, 10_001, UInt64.max] {
            #expect(pool.choose(now: 0, chance: chance, except: [0, 1])?.value == "c")
            #expect(pool.choose(now: 0, chance: chance, except: [0, 1, 2]) == nil)
        }
    }

    @Test func `a key that cools down is passed over until its time`() throws {
        let pool = KeyPool([try key("a"), try key("b")])
        pool.cool(0, until: 100, because: "429")
        pool.cool(0, until: 50, because: "again")
        #expect(pool.choose(now: 99, chance: 0, except: [])?.value == "b")
        #expect(pool.restsUntil() == 0, "the other can be used now")
        pool.cool(1, until: 70, because: "429")
        #expect(pool.choose(now: 69, chance: 0, except: []) == nil)
        #expect(pool.restsUntil() == 70)
        #expect(pool.choose(now: 100, chance: 0, except: [])?.value == "a")
        #expect(pool.status.map(\.coolsUntil) == [100, 70])
        #expect(pool.status.first?.reason == "429", "what would have been shorter is not why it rests")
    }

    @Test func `keys rest for a rate limit if one of them does, else as the first to come back`() throws {
        let pool = KeyPool([try key("a"), try key("b")])
        #expect(pool.reasonOfRest() == nil)
        pool.cool(0, until: 300, because: "authentication")
        pool.cool(1, until: 100, because: "billing")
        #expect(pool.reasonOfRest() == .billing)
        pool.cool(1, until: 400, because: "rate-limited")
        #expect(pool.reasonOfRest() == .rateLimited)
    }

    @Test func `a place that is not in the pool is no matter`() throws {
        let pool = KeyPool([try key("a")])
        pool.cool(1, until: 100, because: "x")
        pool.cool(-1, until: 100, because: "x")
        #expect(pool.choose(now: 0, chance: 7, except: [5])?.value == "a")
    }

    @Test func `a reload keeps what is known of the keys that stay, wherever they stand`() throws {
        let former = KeyPool([try key("a"), try key("b")])
        former.cool(0, until: 100, because: "429")
        _ = former.choose(now: 0, chance: 0, except: [])
        let pool = KeyPool([try key("new"), try key("b"), try key("a")], former: former)
        #expect(pool.status.map(\.coolsUntil) == [0, 0, 100])
        #expect(pool.status.map(\.uses) == [0, 1, 0])
        #expect(pool.choose(now: 0, chance: 1, except: [0])?.value == "b")
    }

    @Test func `a provider without keys has none to choose`() {
        let pool = KeyPool([])
        #expect(pool.isEmpty && pool.choose(now: 0, chance: 0, except: []) == nil && pool.restsUntil() == 0)
    }

    @Test func `no status shows a key`() throws {
        #expect(KeyPool.masked("sk-0123456789abcdef") == "sk-…cdef")
        #expect(KeyPool.masked("short") == "…" && KeyPool.masked("0123456789abcde") == "…")
    }
}

import Catalog
import Synchronization
import TestKit
import Testing

@testable import LLMGateway

/// Many who ask for few keys, on all threads there are.
@Suite struct AnswerCacheCrowdTests {
    /// Counts what must hold for all of them together.
    private final class Ledger: Sendable {
        private struct State {
            var leading: [Int: Int] = [:]
            var faults: [String] = []
            var answers = 0
        }

        private let state = Mutex(State())

        var faults: [String] { state.withLock { $0.faults } }
        var answers: Int { state.withLock { $0.answers } }

        func fault(_ text: String) { state.withLock { $0.faults.append(text) } }
        func answered() { state.withLock { $0.answers += 1 } }

        func leads(_ key: Int) {
            state.withLock { state in
                state.leading[key, default: 0] += 1
                if state.leading[key] != 1 { state.faults.append("key \(key) is led by \(state.leading[key] ?? 0)") }
            }
        }

        func led(_ key: Int) { state.withLock { $0.leading[key, default: 0] -= 1 } }
    }

    /// One call, which can be told something from any thread.
    private final class Caller: Sendable {
        private struct State {
            var news: [AnswerCache.News] = []
            var continuation: CheckedContinuation<Void, Never>?
        }

        private let state = Mutex(State())

        var heard: Int { state.withLock { $0.news.count } }

        func hear(_ news: AnswerCache.News) {
            let continuation = state.withLock { state in
                state.news.append(news)
                defer { state.continuation = nil }
                return state.continuation
            }
            continuation?.resume()
        }

        /// The first thing it is told.
        func news() async -> AnswerCache.News? {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    guard state.news.isEmpty else { return true }
                    state.continuation = continuation
                    return false
                }
                if isThere { continuation.resume() }
            }
            return state.withLock { $0.news.first }
        }
    }

    private static let keys = 3

    private static func key(_ number: Int) -> AnswerCache.Key { AnswerCache.Key([bytes("k\(number)")]) }

    private static func lead(
        _ number: Int,
        _ cache: AnswerCache,
        _ ledger: Ledger,
        _ chance: inout SeededGenerator
    ) async {
        ledger.leads(number)
        for _ in 0..<Int.random(in: 0..<4, using: &chance) { await Task.yield() }
        ledger.led(number)
        switch Int.random(in: 0..<4, using: &chance) {
        case 0: cache.failed(key(number), clientLeft: true)
        case 1: cache.failed(key(number), clientLeft: false)
        default:
            // Half of the answers are too large to be kept.
            let lines = [UInt8](repeating: 0, count: Bool.random(using: &chance) ? 700 : 0)
            let answer = KeptModelAnswer(lines: lines, body: bytes("k\(number)"), currency: nil, time: 0)
            cache.arrived(key(number), answer)
        }
    }

    private static func hear(
        _ news: AnswerCache.News?,
        _ number: Int,
        _ cache: AnswerCache,
        _ ledger: Ledger,
        _ chance: inout SeededGenerator
    ) async {
        switch news {
        case .answer(let kept):
            ledger.answered()
            if kept.body != bytes("k\(number)") { ledger.fault("key \(number) was given \(text(kept.body))") }
        case .lead: await lead(number, cache, ledger, &chance)
        case .alone, nil: break
        }
    }

    /// Whether a caller who waits left in time; one who is told meanwhile, perhaps to lead, passes that on.
    private static func leave(_ caller: Caller, _ number: Int, _ cache: AnswerCache, _ ledger: Ledger) async -> Bool {
        if cache.leave(key(number), ObjectIdentifier(caller)) {
            if caller.heard != 0 { ledger.fault("one who left was told") }
            return true
        }
        if case .lead = await caller.news() { cache.failed(key(number), clientLeft: true) }
        return false
    }

    private static func call(_ cache: AnswerCache, _ ledger: Ledger, _ chance: inout SeededGenerator) async -> Caller {
        let caller = Caller()
        let number = Int.random(in: 0..<keys, using: &chance)
        let refreshes = Int.random(in: 0..<3, using: &chance) > 0
        switch cache.ask(key(number), ObjectIdentifier(caller), now: 0, refreshes: refreshes, { caller.hear($0) }) {
        case .answer(let kept): await hear(.answer(kept), number, cache, ledger, &chance)
        case .lead: await lead(number, cache, ledger, &chance)
        case .wait:
            if Int.random(in: 0..<4, using: &chance) == 0 {
                await Task.yield()
                if await leave(caller, number, cache, ledger) { return caller }
            } else {
                await hear(await caller.news(), number, cache, ledger, &chance)
            }
            if caller.heard != 1 { ledger.fault("one who waited was told \(caller.heard) times") }
        }
        return caller
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `each key is asked for by one at a time, and all who wait are told, once`(seed: UInt64) async {
        var policy = ResponseCachePolicy(ttl: .seconds(10))
        policy.size = 700
        let cache = AnswerCache(policy)
        let ledger = Ledger()
        await withTaskGroup { group in
            for worker in 0..<16 as Range<UInt64> {
                group.addTask {
                    var chance = SeededGenerator(seed: seed &* 1000 &+ worker)
                    var callers: [Caller] = []
                    for _ in 0..<300 { callers.append(await Self.call(cache, ledger, &chance)) }
                    for caller in callers where caller.heard > 1 { ledger.fault("told \(caller.heard) times") }
                }
            }
        }
        #expect(ledger.faults == [])
        #expect(ledger.answers > 0)
        // Nobody is left who would be waited for.
        for number in 0..<Self.keys {
            let advice = cache.ask(Self.key(number), ObjectIdentifier(cache), now: 0, refreshes: true) { _ in }
            guard case .lead = advice else {
                Issue.record("key \(number) is still asked for")
                continue
            }
        }
    }
}

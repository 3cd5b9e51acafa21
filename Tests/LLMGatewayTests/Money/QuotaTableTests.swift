import Catalog
import Synchronization
import TestKit
import Testing

@testable import LLMGateway

@Suite struct QuotaTableTests {
    private static let day: Int64 = 86_400_000

    /// What a table has told of its windows.
    private final class Log: Sendable {
        private let windows = Mutex<[String: QuotaTable.Window]>([:])
        func note(_ changed: [QuotaTable.Window]) {
            windows.withLock { known in for window in changed { known[window.key] = window } }
        }
        var kept: [QuotaTable.Window] { windows.withLock { $0.values.sorted { $0.key < $1.key } } }
    }

    /// The rules of a consumer with a budget of so many dollars a day and so many tokens a minute: money, then tokens.
    private func rules(dollars: String = "1", tokens: Int = 100) throws -> [QuotaRule] {
        var consumer = Consumer(name: try #require(ConsumerName("alice")))
        consumer.budget = Budget(amount: Money(try Millionths(parsing: dollars), .dollar), every: .seconds(86_400))
        consumer.tokens = TokenQuota(quota: tokens, window: .seconds(60))
        return QuotaRule.rules(for: consumer, in: Configuration(consumers: [consumer]))
    }

    private func table(_ windows: [QuotaTable.Window] = []) -> QuotaTable { QuotaTable(windows) { _ in } }

    private func claim(_ rule: QuotaRule, _ amount: Int64) -> QuotaTable.Claim {
        QuotaTable.Claim(rule: rule, amount: amount)
    }

    @Test func `a consumer's limits are its own and those of its groups`() throws {
        var consumer = Consumer(name: try #require(ConsumerName("alice")), groups: ["team", "other"])
        consumer.tokens = TokenQuota(quota: 5, window: .seconds(60))
        let money = Money(try Millionths(parsing: "20"), .dollar)
        let team = ConsumerGroup(name: "team", budget: Budget(amount: money, every: .seconds(86_400)))
        let strangers = ConsumerGroup(name: "strangers", tokens: TokenQuota(quota: 1, window: .seconds(1)))
        let rules = QuotaRule.rules(
            for: consumer,
            in: Configuration(consumers: [consumer], groups: [team, strangers])
        )
        #expect(rules.map(\.key) == ["consumer/alice/tokens", "group/team/budget/USD"])
        #expect(rules.map(\.limit) == [5, 20_000_000_000_000] && rules.map(\.length) == [60_000, Self.day])
        #expect(rules.map(\.subject) == [.tokens, .money("USD")])
    }

    @Test func `what is reserved counts until it is settled`() throws {
        let tokens = try #require(try rules().last)
        let table = table()
        let reservation = try table.reserve([claim(tokens, 60)], now: 1000)
        #expect(table.usage(of: tokens, now: 1000) == (60, 61_000))
        let refusal = #expect(throws: QuotaTable.Refusal.self) { try table.reserve([claim(tokens, 41)], now: 2000) }
        #expect(refusal?.used == 60 && refusal?.asked == 41 && refusal?.ends == 61_000 && refusal?.rule == tokens)
        table.settle(reservation, money: 999, tokens: 10)
        #expect(table.usage(of: tokens, now: 2000) == (10, 61_000))
        #expect(throws: Never.self) { try table.reserve([claim(tokens, 90)], now: 2000) }
        #expect(throws: QuotaTable.Refusal.self) { try table.reserve([claim(tokens, 1)], now: 2000) }
        #expect(throws: Never.self) { try table.reserve([claim(tokens, 0)], now: 2000) }
    }

    @Test func `all is reserved or none`() throws {
        let (money, tokens) = try (#require(rules().first), #require(rules().last))
        let table = table()
        for claims in [[claim(money, 5), claim(tokens, 101)], [claim(tokens, 5), claim(money, 1_000_000_000_001)]] {
            #expect(throws: QuotaTable.Refusal.self) { try table.reserve(claims, now: 0) }
            #expect(table.usage(of: money, now: 0) == (0, 0) && table.usage(of: tokens, now: 0) == (0, 0))
        }
    }

    @Test func `money and tokens are settled each with its own`() throws {
        let (money, tokens) = try (#require(rules().first), #require(rules().last))
        let table = table()
        let reservation = try table.reserve([claim(money, 500), claim(tokens, 50)], now: 0)
        #expect(reservation.rules == [money, tokens])
        table.settle(reservation, money: 7, tokens: 3)
        #expect(table.usage(of: money, now: 0).used == 7 && table.usage(of: tokens, now: 0).used == 3)
    }

    @Test func `a provider that passes its own bound is counted in full, and one that pays back is not`() throws {
        let tokens = try #require(try rules().last)
        let table = table()
        table.settle(try table.reserve([claim(tokens, 1)], now: 0), money: 0, tokens: .max)
        #expect(table.usage(of: tokens, now: 0).used == .max)
        #expect(throws: QuotaTable.Refusal.self) { try table.reserve([claim(tokens, 1)], now: 0) }
        let other = QuotaTable([]) { _ in }
        other.settle(try other.reserve([claim(tokens, 1)], now: 0), money: 0, tokens: -5)
        #expect(other.usage(of: tokens, now: 0).used == 0)
    }

    @Test func `a window begins at its first use and rolls when it is over`() throws {
        let tokens = try #require(try rules().last)
        let table = table()
        _ = try table.reserve([claim(tokens, 100)], now: 5000)
        #expect(throws: QuotaTable.Refusal.self) { try table.reserve([claim(tokens, 1)], now: 64_999) }
        #expect(table.usage(of: tokens, now: 65_000) == (0, 0))
        _ = try table.reserve([claim(tokens, 1)], now: 70_000)
        #expect(table.usage(of: tokens, now: 70_000) == (1, 130_000))
    }

    @Test func `what was reserved in a window that is over does not burden the next`() throws {
        let tokens = try #require(try rules().last)
        let table = table()
        let old = try table.reserve([claim(tokens, 80)], now: 0)
        let new = try table.reserve([claim(tokens, 90)], now: 60_000)
        table.settle(old, money: 0, tokens: 80)
        #expect(table.usage(of: tokens, now: 60_000) == (90, 120_000))
        table.settle(new, money: 0, tokens: 2)
        #expect(table.usage(of: tokens, now: 60_000).used == 2)
    }

    @Test func `a clock that was set back far begins anew instead of locking everybody out`() throws {
        let tokens = try #require(try rules().last)
        let table = table()
        _ = try table.reserve([claim(tokens, 100)], now: 10_000_000)
        #expect(throws: QuotaTable.Refusal.self) { try table.reserve([claim(tokens, 1)], now: 9_990_000) }
        #expect(throws: Never.self) { try table.reserve([claim(tokens, 1)], now: 0) }
    }

    @Test func `a restart goes on with what was used, and forgets nothing that was reserved`() throws {
        let (money, tokens) = try (#require(rules().first), #require(rules().last))
        let log = Log()
        let table = QuotaTable([]) { log.note($0) }
        let first = try table.reserve([claim(money, 500), claim(tokens, 50)], now: 1000)
        table.settle(first, money: 100, tokens: 10)
        _ = try table.reserve([claim(tokens, 70)], now: 2000)
        #expect(
            log.kept == [
                QuotaTable.Window(key: "consumer/alice/budget/USD", opened: 1000, used: 100),
                QuotaTable.Window(key: "consumer/alice/tokens", opened: 1000, used: 80),
            ]
        )
        let again = QuotaTable(log.kept) { _ in }
        #expect(again.usage(of: money, now: 3000).used == 100)
        #expect(throws: QuotaTable.Refusal.self) { try again.reserve([claim(tokens, 21)], now: 3000) }
        #expect(throws: Never.self) { try again.reserve([claim(tokens, 20)], now: 3000) }
        #expect(throws: Never.self) { try again.reserve([claim(tokens, 100)], now: 61_000) }
    }

    @Test func `however many calls reserve at once, no limit is passed and none is lost`() async throws {
        let (money, tokens) = try (#require(rules(dollars: "0.000001").first), #require(rules(tokens: 997).last))
        let table = table()
        let total = await withTaskGroup(of: (Int64, Int64).self) { group in
            for crowd in 0..<8 {
                group.addTask { Self.push(table, money, tokens, seed: UInt64(crowd)) }
            }
            return await group.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
        }
        #expect(total.1 <= tokens.limit && total.0 <= money.limit, "\(total)")
        #expect(table.usage(of: tokens, now: 0).used == total.1 && table.usage(of: money, now: 0).used == total.0)
        #expect(max(tokens.limit - total.1, 0) < 40 || money.limit - total.0 < 40, "the crowd pushed too little")
    }

    /// Reserves and settles until nothing more is to be had; what was really used: money and tokens.
    private static func push(_ table: QuotaTable, _ money: QuotaRule, _ tokens: QuotaRule, seed: UInt64) -> (
        Int64, Int64
    ) {
        var chance = SeededGenerator(seed: seed)
        var used: (money: Int64, tokens: Int64) = (0, 0)
        for _ in 0..<4000 {
            let most = Int64.random(in: 1...40, using: &chance)
            let claims = [
                QuotaTable.Claim(rule: money, amount: most), QuotaTable.Claim(rule: tokens, amount: most),
            ]
            guard let reservation = try? table.reserve(claims, now: 0) else { continue }
            let part = Int64.random(in: 0...most, using: &chance)
            table.settle(reservation, money: part, tokens: part)
            used = (used.money + part, used.tokens + part)
            if table.usage(of: tokens, now: 0).used > tokens.limit { return (.max / 16, .max / 16) }
        }
        return used
    }
}

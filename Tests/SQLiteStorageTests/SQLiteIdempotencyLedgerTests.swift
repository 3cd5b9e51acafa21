import ConflictEngine
import Foundation
import SQLiteStorage
import StorageContract
import StoragePorts
import Testing

struct SQLiteIdempotencyLedgerTests {
    private let place: LedgerFolder

    init() throws { place = try LedgerFolder() }

    @Test(arguments: IdempotencyLedgerContract.clauses)
    func `keeps every promise of the port`(_ clause: Clause<any IdempotencyLedger>) async throws {
        try await clause.check(place.ledger())
    }

    @Test func `a new server finds uncertain what ran, and everything else as it was`() async throws {
        let before = try place.ledger()
        let running = try await before.fence(of: .sample(1))
        let done = try await before.fence(of: .sample(2))
        #expect(try await before.settle(.sample(2), fence: done, as: .sample()))
        let unclear = try await before.fence(of: .sample(3))
        #expect(try await before.settle(.sample(3), fence: unclear, as: .uncertain))
        let free = try await before.fence(of: .sample(4))
        #expect(try await before.settle(.sample(4), fence: free, as: .notApplied))
        let spent = try await before.fence(of: .sample(5))
        let short = IdempotencySettlement.completed(.sample, at: 7, keptUntil: 1_000, rememberedUntil: 9_000)
        #expect(try await before.settle(.sample(5), fence: spent, as: short))

        let after = try place.ledger()
        for body in ["a", "b"] {
            let expected = body == "a" ? IdempotencyRuling.uncertain(begunAt: 1_000) : .keyReused
            #expect(try await after.begin(.sample(1, body: body)) == expected)
            #expect(try await after.begin(.sample(3, body: body)) == expected)
        }
        #expect(try await after.begin(.sample(2)) == .completed(.sample))
        #expect(try await after.begin(.sample(5)) == .spent(completedAt: 7))
        let fresh = try await after.fence(of: .sample(4))
        #expect(fresh > spent)
        #expect(try await !after.settle(.sample(1), fence: running - 1, as: .notApplied))
    }

    @Test func `numbers rise from one server to the next, even if the last one's key is free again`() async throws {
        let before = try place.ledger()
        _ = try await before.fence(of: .sample(1))
        let last = try await before.fence(of: .sample(2))
        #expect(try await before.settle(.sample(2), fence: last, as: .notApplied))
        #expect(try await place.ledger().fence(of: .sample(2)) > last)
    }

    @Test func `a kill between beginning and settling leaves the key uncertain`() async throws {
        let ledger = try place.ledger()
        let done = try await ledger.fence(of: .sample(1))
        #expect(try await ledger.settle(.sample(1), fence: done, as: .sample()))
        let open = try await ledger.fence(of: .sample(2))
        let wreck = try place.wreck()
        #expect(try await ledger.settle(.sample(2), fence: open, as: .sample()))
        let next = try wreck.ledger()
        #expect(try await next.begin(.sample(1)) == .completed(.sample))
        #expect(try await next.begin(.sample(2)) == .uncertain(begunAt: 1_000))
        #expect(try await next.begin(.sample(2, at: .max)) == .uncertain(begunAt: 1_000))
    }

    @Test func `every claim that was told to begin is in the files by then`() async throws {
        let ledger = try place.ledger()
        for number in 1...5 {
            _ = try await ledger.fence(of: .sample(number))
            let next = try place.wreck().ledger()
            for known in 1...number {
                #expect(try await next.begin(.sample(known)) == .uncertain(begunAt: 1_000), "\(known) of \(number)")
            }
            _ = try await next.fence(of: .sample(number + 1))
        }
    }

    @Test func `a full ledger refuses new keys, and other keys notice nothing`() async throws {
        let ledger = try place.ledger(capacity: 2)
        let first = try await ledger.fence(of: .sample(1))
        let second = try await ledger.fence(of: .sample(2))
        // Made at once, so that they share a transaction.
        let tally = LedgerTally(4)
        ledger.begin(try .sample(3)) { tally.note(0, "\((try? $0.get()) == nil)") }
        ledger.renew(try .sample(1), fence: first, until: 3_000) { tally.note(1, "\((try? $0.get()) == true)") }
        ledger.begin(try .sample(1)) { tally.note(2, "\((try? $0.get()) == .running(leaseEnd: 3_000))") }
        ledger.begin(try .sample(4)) { tally.note(3, "\((try? $0.get()) == nil)") }
        #expect(await tally.words() == ["true", "true", "true", "true"])
        let fault = await #expect(throws: StoreError.self) { try await ledger.begin(.sample(3)) }
        #expect(fault?.code == .diskFull)
        #expect(fault?.summary.contains("2 keys") == true)
        // A new server counts the keys that it finds.
        #expect(await #expect(throws: StoreError.self) { try await place.ledger(capacity: 2).begin(.sample(3)) } != nil)
        #expect(try await ledger.settle(.sample(2), fence: second, as: .notApplied))
        _ = try await ledger.fence(of: .sample(3))
        await #expect(throws: StoreError.self) { try await ledger.begin(.sample(2)) }
    }

    @Test func `pruning makes room in a full ledger`() async throws {
        let ledger = try place.ledger(capacity: 1)
        let fence = try await ledger.fence(of: .sample(1))
        #expect(try await ledger.settle(.sample(1), fence: fence, as: .sample()))
        await #expect(throws: StoreError.self) { try await ledger.begin(.sample(2, at: 9_000)) }
        // The key itself may be begun anew without pruning.
        let again = try await ledger.fence(of: .sample(1, at: 9_000))
        #expect(try await ledger.settle(.sample(1), fence: again, as: .sample()))
        #expect(try await ledger.prune(at: 9_000, limit: 1) == 1)
        await #expect(throws: StoreError.self) { try await ledger.begin(.sample(2, at: 9_000)) }
        #expect(try await ledger.prune(at: 9_000, limit: 1) == 1)
        _ = try await ledger.fence(of: .sample(2, at: 9_000))
    }

    @Test func `pruning leaves nothing in the file and gives space back`() async throws {
        let ledger = try place.ledger()
        let answer = KeptAnswer(status: 200, lines: [], body: Array(repeating: 7, count: 100_000))
        for number in 1...40 {
            let fence = try await ledger.fence(of: .sample(number))
            #expect(try await ledger.settle(.sample(number), fence: fence, as: .sample(answer)))
        }
        let full = try #require(try place.number("PRAGMA page_count"))
        var pruned = 0
        repeat { pruned = try await ledger.prune(at: 9_000, limit: 7) } while pruned > 0
        #expect(try place.number("SELECT count(*) FROM record") == 0)
        #expect(try place.number("SELECT count(*) FROM answer") == 0)
        #expect(try #require(try place.number("PRAGMA page_count")) < full / 2)
    }

    @Test func `is readable for its owner alone, with all files that belong to it`() async throws {
        let ledger = try place.ledger()
        _ = try await ledger.fence(of: .sample(1))
        for suffix in ["", "-wal"] { #expect(try place.mode(suffix) == 0o600, "\(suffix)") }
    }
}

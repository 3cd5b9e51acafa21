import ConflictEngine
import StorageContract
import StoragePorts
import Testing

struct InMemoryIdempotencyLedgerTests {
    @Test(arguments: IdempotencyLedgerContract.clauses)
    func `keeps every promise of the port`(_ clause: Clause<any IdempotencyLedger>) async throws {
        try await clause.check(InMemoryIdempotencyLedger())
    }

    @Test func `fails when told to, and works again afterwards`() async throws {
        let ledger = InMemoryIdempotencyLedger()
        let fault = StoreError(.diskFull, "full")
        ledger.fail(with: fault)
        await #expect(throws: fault) { try await ledger.begin(.sample(1)) }
        await #expect(throws: fault) { try await ledger.settle(.sample(1), fence: 1, as: .notApplied) }
        await #expect(throws: fault) { try await ledger.renew(.sample(1), fence: 1, until: 5) }
        await #expect(throws: fault) { try await ledger.prune(at: 5, limit: 5) }
        ledger.fail(with: nil)
        _ = try await ledger.fence(of: .sample(1))
        #expect(ledger.count == 1)
    }

    @Test func `a full one refuses new keys and goes on with those it has`() async throws {
        let ledger = InMemoryIdempotencyLedger(capacity: 1)
        let fence = try await ledger.fence(of: .sample(1))
        let fault = await #expect(throws: StoreError.self) { try await ledger.begin(.sample(2)) }
        #expect(fault?.code == .diskFull)
        #expect(try await ledger.begin(.sample(1)) == .running(leaseEnd: 2_000))
        #expect(try await ledger.settle(.sample(1), fence: fence, as: .notApplied))
        _ = try await ledger.fence(of: .sample(2))
    }
}

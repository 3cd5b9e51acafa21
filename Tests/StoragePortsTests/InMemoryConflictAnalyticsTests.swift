import StorageContract
import StoragePorts
import Testing

struct InMemoryConflictAnalyticsTests {
    @Test(arguments: ConflictAnalyticsContract.clauses)
    func `keeps every promise of the port`(_ clause: ConflictAnalyticsContract.Promise) async throws {
        try await clause.check(InMemoryConflictJournal())
    }

    @Test func `fails when told to`() async throws {
        let journal = InMemoryConflictJournal()
        journal.fail(with: StoreError(.diskFull, "full"))
        await #expect(throws: StoreError(.diskFull, "full")) { try await journal.record([]) }
        await #expect(throws: StoreError(.diskFull, "full")) { try await journal.forget(at: 0) }
    }
}

import StorageContract
import StoragePorts
import Testing

struct InMemoryConflictJournalTests {
    @Test(arguments: ConflictJournalContract.clauses)
    func `keeps every promise of the port`(_ clause: Clause<any ConflictJournal>) async throws {
        try await clause.check(InMemoryConflictJournal())
    }

    @Test func `fails when told to, and works again afterwards`() async throws {
        let journal = InMemoryConflictJournal()
        journal.fail(with: StoreError(.diskFull, "full"))
        await #expect(throws: StoreError(.diskFull, "full")) { try await journal.append([.sample(1)]) }
        journal.fail(with: nil)
        try await journal.append([.sample(1)])
        #expect(try await journal.entry("entry-1") != nil)
    }
}

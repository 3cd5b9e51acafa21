import ConflictEngine
import GRDB
import SQLiteStorage
import StorageContract
import StoragePorts
import Synchronization
import Testing

/// What stores that hold promises say of themselves: once when they begin to fail, once when they work again.
struct StoreHealthTests {
    private let place: LedgerFolder
    private let told = ReportList()

    init() throws { place = try LedgerFolder() }

    /// What was reported so far.
    private final class ReportList: Sendable {
        private let list = Mutex<[String]>([])
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)

        var all: [String] { list.withLock(\.self) }

        func add(_ text: String) {
            list.withLock { $0.append(text) }
            continuation.yield(text)
        }
    }

    private func ledger(capacity: Int = 100) throws -> SQLiteIdempotencyLedger {
        try SQLiteIdempotencyLedger(in: place.directory, capacity: capacity, report: told.add)
    }

    @Test func `a ledger tells a fault once, and its end once, however many calls meet it`() async throws {
        let ledger = try ledger()
        #expect(ledger.health.fault == nil)
        try place.execute("ALTER TABLE record RENAME TO away")
        for number in 1...3 { await #expect(throws: StoreError.self) { try await ledger.begin(.sample(number)) } }
        #expect(ledger.health.fault?.summary.contains(place.database) == true)
        try place.execute("ALTER TABLE away RENAME TO record")
        for number in 1...3 { _ = try await ledger.begin(.sample(number)) }
        #expect(ledger.health.fault == nil)
        #expect(told.all.count == 2)
        #expect(told.all.first?.contains("get 503") == true && told.all.last?.contains("again") == true)
    }

    @Test func `a ledger is unwell until its disk takes something, whatever is read meanwhile`() async throws {
        let ledger = try ledger()
        // What a full disk is like: who changes nothing is not refused.
        try place.execute(
            """
            CREATE TRIGGER full BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'no more'); END;
            CREATE TRIGGER full_too BEFORE UPDATE ON last_claim BEGIN SELECT RAISE(ABORT, 'no more'); END
            """
        )
        await #expect(throws: StoreError.self) { try await ledger.begin(.sample(1)) }
        await #expect(throws: StoreError.self) { try await ledger.prune(at: 0, limit: 9) }
        #expect(ledger.health.fault != nil)
        try place.execute("DROP TRIGGER full; DROP TRIGGER full_too")
        #expect(try await ledger.prune(at: 0, limit: 9) == 0)
        #expect(ledger.health.fault == nil)
        #expect(told.all.count == 2)
    }

    @Test func `a ledger that takes no new key is unwell until one leaves it`() async throws {
        let ledger = try ledger(capacity: 1)
        let fence = try await ledger.fence(of: .sample(1))
        await #expect(throws: StoreError.self) { try await ledger.begin(.sample(2)) }
        #expect(ledger.health.fault?.code == .diskFull)
        #expect(try await ledger.settle(.sample(1), fence: fence, as: .notApplied))
        #expect(ledger.health.fault == nil)
        #expect(told.all.count == 2)
    }

    @Test func `locks that failed get well without anybody's asking for one`() async throws {
        let store = try SQLiteLockStore(in: place.directory, report: told.add)
        store.tryAgain()
        let file = try DatabaseQueue(path: place.directory.file("locks.sqlite"))
        try await file.write { db in try db.execute(sql: "ALTER TABLE fence RENAME TO away") }
        let result = await withCheckedContinuation { continuation in
            store.raiseFences(to: 9) { continuation.resume(returning: $0) }
        }
        #expect(throws: StoreError.self) { try result.get() }
        #expect(store.health.fault != nil)
        try await file.write { db in try db.execute(sql: "ALTER TABLE away RENAME TO fence") }
        store.tryAgain()
        var reports = told.stream.makeAsyncIterator()
        #expect(await reports.next()?.contains("no lock is granted") == true)
        #expect(await reports.next()?.contains("again") == true)
        #expect(store.health.fault == nil)
        #expect(try store.load().fenceCeiling == 0)
    }
}

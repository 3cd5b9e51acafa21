import ConflictEngine
import Foundation
import GRDB
import SQLiteStorage
import StorageContract
import StoragePorts
import Testing

/// What the ledger does when its file cannot be used: it fails calls, never lets one through, and recovers.
struct LedgerFaultTests {
    private let place: LedgerFolder

    init() throws { place = try LedgerFolder() }

    @Test func `a fault fails the calls it meets, and the next ones find everything as it was`() async throws {
        let ledger = try place.ledger()
        let done = try await ledger.fence(of: .sample(1))
        #expect(try await ledger.settle(.sample(1), fence: done, as: .sample()))
        try place.execute("ALTER TABLE record RENAME TO away")
        await #expect(throws: StoreError.self) { try await ledger.begin(.sample(1)) }
        await #expect(throws: StoreError.self) { try await ledger.begin(.sample(2)) }
        await #expect(throws: StoreError.self) { try await ledger.settle(.sample(1), fence: 1, as: .uncertain) }
        await #expect(throws: StoreError.self) { try await ledger.renew(.sample(1), fence: 1, until: 9) }
        await #expect(throws: StoreError.self) { try await ledger.prune(at: .max, limit: 9) }
        try place.execute("ALTER TABLE away RENAME TO record")
        #expect(try await ledger.begin(.sample(1)) == .completed(.sample))
        #expect(try await ledger.fence(of: .sample(2)) > done)
    }

    @Test func `what runs goes on through a fault`() async throws {
        let ledger = try place.ledger()
        let fence = try await ledger.fence(of: .sample(1))
        try place.execute("ALTER TABLE record RENAME TO away")
        await #expect(throws: StoreError.self) { try await ledger.begin(.sample(2)) }
        try place.execute("ALTER TABLE away RENAME TO record")
        #expect(try await ledger.begin(.sample(1)) == .running(leaseEnd: 2_000))
        #expect(try await ledger.settle(.sample(1), fence: fence, as: .sample()))
        #expect(try await ledger.begin(.sample(1)) == .completed(.sample))
    }

    @Test func `a claim that was told of a fault has not begun`() async throws {
        let ledger = try place.ledger()
        try place.execute(
            """
            CREATE TRIGGER full AFTER INSERT ON record WHEN (SELECT count(*) FROM record) > 2
                BEGIN SELECT RAISE(ABORT, 'no more'); END
            """
        )
        for number in [1, 2] { _ = try await ledger.fence(of: .sample(number)) }
        let fault = await #expect(throws: StoreError.self) { try await ledger.begin(.sample(3)) }
        #expect(fault?.code == .refused)
        #expect(try place.number("SELECT count(*) FROM record") == 2)
        try place.execute("DROP TRIGGER full")
        _ = try await ledger.fence(of: .sample(3))
    }

    @Test(arguments: ["this is not a database", String(repeating: "SQLite format 3\u{0}garbage", count: 1_000)])
    func `a damaged file fails every call until it is gone, and is left as it is`(content: String) async throws {
        try content.write(toFile: place.database, atomically: true, encoding: .utf8)
        let ledger = try place.ledger()
        for _ in 1...2 {
            let fault = await #expect(throws: StoreError.self) { try await ledger.begin(.sample(1)) }
            #expect(fault?.code == .corrupt)
            #expect(fault?.summary.contains(place.database) == true)
        }
        #expect(try String(contentsOfFile: place.database, encoding: .utf8) == content)
        try FileManager.default.removeItem(atPath: place.database)
        _ = try await ledger.fence(of: .sample(1))
    }

    @Test func `a file that cannot be opened keeps the server from starting`() throws {
        try FileManager.default.createDirectory(atPath: place.database, withIntermediateDirectories: false)
        let fault = #expect(throws: StoreError.self) { try place.ledger() }
        #expect(fault?.code == .directoryUnwritable)
        #expect(fault?.summary.contains(place.database) == true)
    }

    @Test func `refuses the ledger of a later version and leaves it alone`() async throws {
        let ledger = try place.ledger()
        _ = try await ledger.fence(of: .sample(1))
        try place.execute("INSERT INTO grdb_migrations (identifier) VALUES ('idempotency-ledger-99')")
        let fault = #expect(throws: StoreError.self) { try place.ledger() }
        #expect(fault?.code == .tooNew)
        #expect(fault?.summary.contains("later version") == true)
        #expect(try place.number("SELECT state FROM record") == 1)
    }

    @Test func `thousands of calls that meet a fault are all answered`() async throws {
        let ledger = try place.ledger()
        try place.execute("ALTER TABLE record RENAME TO away")
        let tally = LedgerTally(2_000)
        for number in 0..<2_000 {
            ledger.begin(try .sample(number)) { tally.note(number, (try? $0.get()) == nil ? "fault" : "begun") }
        }
        #expect(await Set(tally.words()) == ["fault"])
    }
}

import Foundation
import GRDB
import SQLiteStorage
import StorageContract
import StoragePorts
import Synchronization
import Testing

struct SQLiteConflictJournalTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var database: String { folder.path + "/journal.sqlite" }

    @Test(arguments: ConflictJournalContract.clauses)
    func `keeps every promise of the port`(_ clause: Clause<any ConflictJournal>) async throws {
        let directory = try DataDirectory(claiming: folder.path)
        try await clause.check(SQLiteConflictJournal(in: directory))
    }

    @Test func `keeps its entries when it is closed and opened again`() async throws {
        let directory = try DataDirectory(claiming: folder.path)
        let journal = try SQLiteConflictJournal(in: directory)
        try await journal.append([.full(1)])
        journal.close()
        #expect(try await SQLiteConflictJournal(in: directory).entry("entry-1") == .full(1))
    }

    @Test func `is readable for its owner alone`() throws {
        let directory = try DataDirectory(claiming: folder.path)
        _ = try SQLiteConflictJournal(in: directory)
        let mode = try FileManager.default.attributesOfItem(atPath: database)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a reader sees what a running server writes`() async throws {
        let directory = try DataDirectory(claiming: folder.path)
        let journal = try SQLiteConflictJournal(in: directory)
        let reader = try SQLiteConflictJournal(reading: folder.path)
        let start = try await reader.follow(ConflictFilter(), from: nil, limit: 1)
        try await journal.append([.sample(1)])
        let tail = try await reader.follow(ConflictFilter(), from: start.position, limit: 10)
        #expect(tail.entries.map(\.id) == ["entry-1"])
        // A server may start, too, while someone reads.
        journal.close()
        directory.release()
        let next = try SQLiteConflictJournal(in: DataDirectory(claiming: folder.path))
        try await next.append([.sample(2)])
        #expect(try await reader.entry("entry-2") != nil)
    }

    @Test func `a reader works when no server runs`() async throws {
        let directory = try DataDirectory(claiming: folder.path)
        let journal = try SQLiteConflictJournal(in: directory)
        try await journal.append([.sample(1)])
        journal.close()
        directory.release()
        #expect(try await SQLiteConflictJournal(reading: folder.path).entry("entry-1") != nil)
    }

    @Test func `what a killed server left in its log is read, and taken over by the next server`() async throws {
        let journal = try SQLiteConflictJournal(in: DataDirectory(claiming: folder.path))
        try await journal.append((1...50).map { .full($0) })
        // The files as they are while the server runs are what a kill leaves behind, but for the shared memory.
        let wreck = try TemporaryFolder()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: database + suffix, toPath: wreck.path + "/journal.sqlite" + suffix)
        }
        let reader = try SQLiteConflictJournal(reading: wreck.path)
        #expect(try await reader.page(ConflictFilter(), after: nil, limit: 100).entries.count == 50)
        let next = try SQLiteConflictJournal(in: DataDirectory(claiming: wreck.path))
        try await next.append([.sample(51)])
        #expect(try await reader.page(ConflictFilter(), after: nil, limit: 100).entries.count == 51)
        #expect(try wreck.files(containing: ".corrupt-").isEmpty)
    }

    @Test func `a reader changes nothing`() async throws {
        let directory = try DataDirectory(claiming: folder.path)
        let journal = try SQLiteConflictJournal(in: directory)
        try await journal.append([.sample(1)])
        let reader = try SQLiteConflictJournal(reading: folder.path)
        await #expect(throws: StoreError.self) { try await reader.append([.sample(2)]) }
        await #expect(throws: StoreError.self) { try await reader.prune(olderThan: .max, maximumBytes: 0) }
        #expect(try await journal.page(ConflictFilter(), after: nil, limit: 5).entries.count == 1)
    }

    @Test func `a reader is told when there is no journal`() throws {
        let fault = try #require(throws: StoreError.self) { try SQLiteConflictJournal(reading: folder.path) }
        #expect(fault.code == .missing)
        #expect(fault.summary.contains(folder.path))
    }

    @Test(arguments: ["this is not a database", String(repeating: "SQLite format 3\u{0}garbage", count: 1_000)])
    func `moves a damaged file aside and begins a new one`(content: String) async throws {
        try content.write(toFile: database, atomically: true, encoding: .utf8)
        let reports = Mutex<[String]>([])
        let journal = try SQLiteConflictJournal(in: DataDirectory(claiming: folder.path)) { report in
            reports.withLock { $0.append(report) }
        }
        try await journal.append([.sample(1)])
        #expect(try await journal.entry("entry-1") != nil)
        let aside = try #require(
            folder.files(containing: ".corrupt-").first { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
        )
        #expect(try String(contentsOfFile: folder.path + "/" + aside, encoding: .utf8) == content)
        #expect(reports.withLock(\.self).contains { $0.contains(aside) })
    }

    @Test func `finds damage inside a file that begins well`() async throws {
        let directory = try DataDirectory(claiming: folder.path)
        let journal = try SQLiteConflictJournal(in: directory)
        try await journal.append((1...500).map { .full($0) })
        journal.close()
        var bytes = try Data(contentsOf: URL(filePath: database))
        for offset in stride(from: 3 * 4_096, to: bytes.count, by: 4_096) { bytes[offset] ^= 0xFF }
        try bytes.write(to: URL(filePath: database))
        let next = try SQLiteConflictJournal(in: directory)
        #expect(try await next.page(ConflictFilter(), after: nil, limit: 1).entries.isEmpty)
        #expect(try folder.files(containing: ".corrupt-").isEmpty == false)
    }

    @Test func `refuses the journal of a later version and leaves it alone`() throws {
        let directory = try DataDirectory(claiming: folder.path)
        try SQLiteConflictJournal(in: directory).close()
        try DatabaseQueue(path: database).write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('conflict-journal-99')")
        }
        let fault = try #require(throws: StoreError.self) { try SQLiteConflictJournal(in: directory) }
        #expect(fault.code == .tooNew)
        #expect(try folder.files(containing: ".corrupt-").isEmpty)
    }

    @Test func `prunes by size until the rest fits, oldest first, and gives the space back`() async throws {
        let journal = try SQLiteConflictJournal(in: DataDirectory(claiming: folder.path))
        try await journal.append((1...4_000).map { .full($0, at: Int64($0)) })
        #expect(try await journal.prune(olderThan: .min, maximumBytes: 1 << 20) > 1_000)
        let rest = try await journal.page(ConflictFilter(), after: nil, limit: 10_000).entries
        #expect(rest.count > 500)
        #expect(rest.map(\.time) == (Int64(4_001 - rest.count)...4_000).reversed())
        let pages = try await DatabaseQueue(path: database).read { db in try Int.fetchOne(db, sql: "PRAGMA page_count")
        }
        #expect(try #require(pages) * 4_096 <= 1 << 20)
    }

    @Test func `says that an entry breaks a rule of the schema`() async throws {
        let journal = try SQLiteConflictJournal(in: DataDirectory(claiming: folder.path))
        var entry = ConflictEntry.sample(1)
        entry.status = 7
        let fault = await #expect(throws: StoreError.self) { try await journal.append([entry]) }
        #expect(fault?.code == .refused)
    }

    @Test(arguments: [
        "SELECT * FROM conflict WHERE 1 ORDER BY time DESC, position DESC LIMIT 51",
        "SELECT * FROM conflict WHERE 1 AND (time, position) < (5, 5) ORDER BY time DESC, position DESC LIMIT 51",
        "SELECT * FROM conflict WHERE 1 AND kind = 'locked' ORDER BY time DESC, position DESC LIMIT 51",
        "SELECT * FROM conflict WHERE 1 AND service = 's' AND route = 'r' ORDER BY time DESC, position DESC LIMIT 51",
        "SELECT * FROM conflict WHERE 1 AND resource = 'r' ORDER BY time DESC, position DESC LIMIT 51",
        "SELECT * FROM conflict WHERE 1 AND consumer = 'c' ORDER BY time DESC, position DESC LIMIT 51",
        "SELECT * FROM conflict WHERE 1 AND position > 5 ORDER BY position LIMIT 51",
    ])
    func `lists never sort or read the whole table`(query: String) async throws {
        try SQLiteConflictJournal(in: DataDirectory(claiming: folder.path)).close()
        let plan = try await DatabaseQueue(path: database).read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + query).map { row -> String in row["detail"] }
        }
        #expect(!plan.contains { $0.contains("TEMP B-TREE") })
        #expect(!plan.contains { $0.hasPrefix("SCAN") && !$0.contains("USING INDEX") })
    }
}

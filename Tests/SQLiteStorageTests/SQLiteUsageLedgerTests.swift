import Foundation
import GRDB
import SQLiteStorage
import StorageContract
import StoragePorts
import Synchronization
import Testing

struct SQLiteUsageLedgerTests {
    private let folder: TemporaryFolder
    private let window = QuotaWindow(key: "consumer/alice/budget", opened: 5, used: 7)

    init() throws { folder = try TemporaryFolder() }

    private var database: String { folder.path + "/usage.sqlite" }

    private func ids(_ ledger: SQLiteUsageLedger) async throws -> [String] {
        try await ledger.calls(UsageFilter(), after: nil, limit: 10_000).records.map(\.id)
    }

    @Test(arguments: UsageLedgerContract.clauses)
    func `keeps every promise of the port`(_ clause: UsageLedgerContract.Promise) async throws {
        try await clause.check(SQLiteUsageLedger(in: DataDirectory(claiming: folder.path)))
    }

    @Test func `keeps calls and windows when it is closed and opened again`() async throws {
        let directory = try DataDirectory(claiming: folder.path)
        let ledger = try SQLiteUsageLedger(in: directory)
        try await ledger.append([.full(1)], windows: [window])
        ledger.close()
        let next = try SQLiteUsageLedger(in: directory)
        #expect(try await next.calls(UsageFilter(), after: nil, limit: 9).records == [.full(1)])
        #expect(try await next.windows() == [window])
    }

    @Test func `what a killed server has written is there for readers and for the next one`() async throws {
        let ledger = try SQLiteUsageLedger(in: DataDirectory(claiming: folder.path))
        try await ledger.append((1...50).map { .full($0) }, windows: [window])
        // The files as they are while the server runs are what a kill leaves behind, but for the shared memory.
        let wreck = try TemporaryFolder()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: database + suffix, toPath: wreck.path + "/usage.sqlite" + suffix)
        }
        let reader = try SQLiteUsageLedger(reading: wreck.path)
        #expect(try await ids(reader).count == 50)
        let next = try SQLiteUsageLedger(in: DataDirectory(claiming: wreck.path))
        #expect(try await next.windows() == [window])
        try await next.append([.sample(51)], windows: [])
        #expect(try await ids(reader).count == 51)
        #expect(try wreck.files(containing: ".corrupt-").isEmpty)
    }

    @Test func `a reader sees what a running server writes, and changes nothing`() async throws {
        let ledger = try SQLiteUsageLedger(in: DataDirectory(claiming: folder.path))
        let reader = try SQLiteUsageLedger(reading: folder.path)
        try await ledger.append([.sample(1, cost: 3)], windows: [window])
        #expect(try await ids(reader) == ["call-1"])
        #expect(try await reader.totals(UsageQuery(by: .model)).first?.costs.first?.picounits == 3)
        #expect(try await reader.windows() == [window])
        await #expect(throws: StoreError.self) { try await reader.append([.sample(2)], windows: []) }
        await #expect(throws: StoreError.self) { try await reader.prune(before: .max) }
        #expect(try await ids(ledger) == ["call-1"])
    }

    @Test func `a reader is told when there is no ledger`() throws {
        let fault = try #require(throws: StoreError.self) { try SQLiteUsageLedger(reading: folder.path) }
        #expect(fault.code == .missing)
        #expect(fault.summary.contains("usage ledger at \(database)"))
    }

    @Test func `is readable for its owner alone`() throws {
        _ = try SQLiteUsageLedger(in: DataDirectory(claiming: folder.path))
        let mode = try FileManager.default.attributesOfItem(atPath: database)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `moves a damaged file aside, says so, and begins a new one`() async throws {
        try "this is not a database".write(toFile: database, atomically: true, encoding: .utf8)
        let reports = Mutex<[String]>([])
        let ledger = try SQLiteUsageLedger(in: DataDirectory(claiming: folder.path)) { report in
            reports.withLock { $0.append(report) }
        }
        try await ledger.append([.sample(1)], windows: [])
        #expect(try await ids(ledger) == ["call-1"])
        let aside = try #require(folder.files(containing: ".corrupt-").first)
        #expect(reports.withLock(\.self).contains { $0.contains("usage ledger") && $0.contains(aside) })
    }

    @Test func `refuses the ledger of a later version and leaves it alone`() throws {
        let directory = try DataDirectory(claiming: folder.path)
        try SQLiteUsageLedger(in: directory).close()
        try DatabaseQueue(path: database).write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('usage-ledger-99')")
        }
        let fault = try #require(throws: StoreError.self) { try SQLiteUsageLedger(in: directory) }
        #expect(fault.code == .tooNew)
        #expect(try folder.files(containing: ".corrupt-").isEmpty)
    }

    @Test func `keeps all of a batch or nothing, windows included`() async throws {
        let ledger = try SQLiteUsageLedger(in: DataDirectory(claiming: folder.path))
        try await DatabaseQueue(path: database).write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER full BEFORE INSERT ON quota_window BEGIN SELECT RAISE(ABORT, 'no more'); END
                    """
            )
        }
        await #expect(throws: StoreError.self) { try await ledger.append([.sample(1)], windows: [window]) }
        #expect(try await ids(ledger) == [])
        #expect(try await ledger.windows() == [])
    }

    @Test func `pruning gives the space back`() async throws {
        let ledger = try SQLiteUsageLedger(in: DataDirectory(claiming: folder.path))
        try await ledger.append((1...80_000).map { .full($0, at: Int64($0)) }, windows: [])
        func pages() throws -> Int {
            try DatabaseQueue(path: database).read { db in try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0 }
        }
        let full = try pages()
        #expect(try await ledger.prune(before: 79_901) == 79_900)
        #expect(try pages() < full / 4)
    }

    private static let filters: [(UsageFilter, UsageCursor?, isBounded: Bool)] = [nil, "c"].flatMap { consumer in
        var all = UsageFilter()
        all.consumer = consumer
        var recent = all
        recent.since = 5
        var old = recent
        old.until = 9
        let cursor = UsageCursor(time: 7, id: "x")
        return [
            (all, nil, consumer != nil), (all, cursor, consumer != nil), (recent, nil, true), (recent, cursor, true),
            (old, nil, true), (old, cursor, true),
        ]
    }

    @Test(arguments: 0..<12)
    func `lists never sort, and read only the blocks of their consumer or since their time`(number: Int) async throws {
        let (filter, cursor, isBounded) = Self.filters[number]
        let plan = try await plan(of: UsageSelection(filter, from: cursor).text.replacing("?", with: "5"))
        #expect(!plan.contains { $0.contains("TEMP B-TREE") })
        #expect(plan.allSatisfy { $0.contains("USING") })
        #expect(!isBounded || plan.allSatisfy { $0.hasPrefix("SEARCH") })
    }

    private func plan(of query: String) async throws -> [String] {
        try SQLiteUsageLedger(in: DataDirectory(claiming: folder.path)).close()
        return try await DatabaseQueue(path: database).read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + query).map { row -> String in row["detail"] }
        }
    }
}

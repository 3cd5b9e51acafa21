import Foundation
import GRDB
import SQLiteStorage
import StorageContract
import StoragePorts
import Synchronization
import Testing

/// What lies in the table of blocks: few where calls are many, readable from the first form on, and never trusted.
struct UsageBlocksTests {
    private let folder: TemporaryFolder
    private let ledger: SQLiteUsageLedger

    init() throws {
        folder = try TemporaryFolder()
        ledger = try SQLiteUsageLedger(in: DataDirectory(claiming: folder.path))
    }

    private var database: String { folder.path + "/usage.sqlite" }

    private func calls(_ ledger: SQLiteUsageLedger? = nil) async throws -> [ModelCallRecord] {
        try await (ledger ?? self.ledger).calls(UsageFilter(), after: nil, limit: 100_000).records
    }

    private func counts(_ table: String) async throws -> Int {
        try await DatabaseQueue(path: database).read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? -1
        }
    }

    private func record(_ number: Int) -> ModelCallRecord {
        .full(number, at: 1_700_000_000_000 + Int64(number)) { $0.consumer = "c\(number % 3)" }
    }

    @Test func `blocks of few calls are gathered, and nothing of them changes`() async throws {
        for number in 0..<1_000 { try await ledger.append([record(number)], windows: []) }
        let before = try await calls()
        #expect(try await counts("call_block") == 1_000)
        #expect(try await ledger.prune(before: 0) == 0)
        #expect(try await counts("call_block") == 4)
        #expect(try await counts("call_block_consumer") == 12)
        #expect(try await calls() == before)
        #expect(before.count == 1_000)
    }

    @Test func `calls that never came close enough to a block's size stay as they are`() async throws {
        for number in 0..<20 {
            try await ledger.append((0..<64).map { record(64 * number + $0) }, windows: [])
        }
        try await ledger.prune(before: 0)
        #expect(try await counts("call_block") == 20)
    }

    @Test func `calls of one consumer are found in gathered and in single blocks`() async throws {
        for number in 0..<100 { try await ledger.append([record(number)], windows: []) }
        try await ledger.prune(before: 0)
        for number in 100..<130 { try await ledger.append([record(number)], windows: []) }
        var filter = UsageFilter()
        filter.consumer = "c1"
        let found = try await ledger.calls(filter, after: nil, limit: 1_000).records
        #expect(found == (0..<130).reversed().filter { $0 % 3 == 1 }.map(record))
        #expect(try await ledger.totals(UsageQuery(by: .consumer, filter)).map(\.calls) == [found.count])
        #expect(try await ledger.prune(before: .max) == 130)
        #expect(try await counts("call_block_consumer") == 0)
    }

    @Test func `a few calls wait for more before they are gathered`() async throws {
        for number in 0..<63 { try await ledger.append([record(number)], windows: []) }
        try await ledger.prune(before: 0)
        #expect(try await counts("call_block") == 63)
        try await ledger.append([record(63)], windows: [])
        try await ledger.prune(before: 0)
        #expect(try await counts("call_block") == 1)
    }

    @Test(arguments: [
        "body = substr(body, 1, 99)", "body = x''", "body = zeroblob(500)", "first = 0, last = 9, body = x'01'",
    ])
    func `a damaged block is dropped, which is told, and costs nothing else`(damage: String) async throws {
        let folder = try TemporaryFolder()
        let reports = Mutex<[String]>([])
        let ledger = try SQLiteUsageLedger(in: DataDirectory(claiming: folder.path)) { text in
            reports.withLock { $0.append(text) }
        }
        let window = QuotaWindow(key: "k", opened: 1, used: 2)
        for number in 0..<3 { try await ledger.append((0..<9).map { record(10 * number + $0) }, windows: [window]) }
        try await DatabaseQueue(path: folder.path + "/usage.sqlite").write { db in
            try db.execute(sql: "UPDATE call_block SET \(damage) WHERE id = 2")
        }
        switch damage.count % 3 {
        case 0: #expect(try await ledger.totals(UsageQuery(by: .model)).map(\.calls) == [18])
        case 1: #expect(try await calls(ledger).count == 18)
        default: #expect(try await ledger.prune(before: .max) == 18)
        }
        #expect(try await calls(ledger).count <= 18)
        #expect(try await ledger.windows() == [window])
        #expect(reports.withLock(\.self).count == 1)
        #expect(reports.withLock(\.self).first?.contains("damaged") == true)
        #expect(try folder.files(containing: ".corrupt-").isEmpty)
    }

    @Test func `numbers of a damaged row end nothing`() async throws {
        for number in 0..<4 { try await ledger.append([record(number)], windows: []) }
        try await DatabaseQueue(path: database).write { db in
            try db.execute(sql: "UPDATE call_block SET calls = iif(id % 2, \(Int64.min), \(Int64.max))")
        }
        #expect(try await ledger.prune(before: 0) == 0)
        #expect(try await ledger.totals(UsageQuery(by: .model)).map(\.calls) == [4])
        #expect(try await ledger.prune(before: .max) == 4)
    }

    @Test(arguments: [0, 1, 511, 512, 1_300])
    func `rows of the first form become blocks`(count: Int) async throws {
        let old = try TemporaryFolder()
        try await DatabaseQueue(path: old.path + "/usage.sqlite").write { db in
            try db.execute(sql: Self.firstForm)
            for number in 0..<count { try Self.insert(record(number), into: db) }
            try db.execute(sql: "INSERT INTO quota_window VALUES ('k', 1, 2)")
        }
        let next = try SQLiteUsageLedger(in: DataDirectory(claiming: old.path))
        #expect(try await calls(next) == (0..<count).reversed().map(record))
        #expect(try await next.windows() == [QuotaWindow(key: "k", opened: 1, used: 2)])
    }

    /// What the first form had, as it was made then.
    private static let firstForm = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('usage-ledger-1');
        CREATE TABLE model_call (
            id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 128),
            time INTEGER NOT NULL CHECK (time BETWEEN 0 AND 253402300799999),
            request_id TEXT, service TEXT NOT NULL, consumer TEXT,
            surface TEXT NOT NULL, operation TEXT NOT NULL, model TEXT NOT NULL, provider TEXT, provider_model TEXT,
            key_label TEXT, streamed INTEGER NOT NULL, status INTEGER NOT NULL, outcome TEXT NOT NULL,
            attempts INTEGER NOT NULL, input_fresh INTEGER, cache_read INTEGER, cache_write INTEGER,
            cache_write_hour INTEGER, output_text INTEGER, output_reasoning INTEGER, is_estimated INTEGER NOT NULL,
            cost INTEGER, currency TEXT, first_token_us INTEGER, duration_us INTEGER NOT NULL, fault TEXT,
            PRIMARY KEY (time, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX model_call_consumer ON model_call (consumer, time) WHERE consumer IS NOT NULL;
        CREATE TABLE quota_window (key TEXT NOT NULL PRIMARY KEY, opened INTEGER NOT NULL, used INTEGER NOT NULL)
            STRICT, WITHOUT ROWID;
        """

    private static func insert(_ record: ModelCallRecord, into db: Database) throws {
        let tokens = record.tokens
        let places = Array(repeating: "?", count: 27).joined(separator: ", ")
        try db.execute(
            sql: "INSERT INTO model_call VALUES (\(places))",
            arguments: [
                record.id, record.time, record.requestID, record.service, record.consumer, record.surface,
                record.operation, record.model, record.provider, record.providerModel, record.key, record.streamed,
                record.status, record.outcome.rawValue, record.attempts, tokens.inputFresh, tokens.cacheRead,
                tokens.cacheWrite, tokens.cacheWriteHour, tokens.outputText, tokens.outputReasoning,
                record.isEstimated, record.cost, record.currency, record.timeToFirstToken, record.duration,
                record.fault,
            ]
        )
    }
}

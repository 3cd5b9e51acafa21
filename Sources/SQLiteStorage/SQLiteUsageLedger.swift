import GRDB
import Glibc
package import StoragePorts

/// The usage ledger in a SQLite file of its own.
///
/// It opens, fails and mends itself as ``SQLiteConflictJournal`` does. What was appended outlives the death of the
/// process; a loss of power may cost the last moments.
package final class SQLiteUsageLedger: UsageLedger {
    /// The file's name in the data directory.
    private static let name = "usage.sqlite"
    /// Calls forgotten in one transaction at most, so that writing never waits long.
    private static let stride = 2_000

    /// Rows written before others may have the processor: some 40 µs of work.
    private static let rowsAtOnce = 8
    /// With more rows than this the writer lags behind already, and lets nobody go first.
    private static let mostInPeace = 400
    /// Nor does it once a write has taken this long: whoever else is busy then is no event loop that is soon done, and each
    /// time the processor is given away costs calls that a crash would forget.
    private static let peace: Duration = .milliseconds(5)

    private let connection: StoreConnection

    private static let windowKeeping = """
        INSERT INTO quota_window (key, opened, used) VALUES (?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET opened = excluded.opened, used = excluded.used
        """

    /// The ledger of a server that has claimed `directory`; `report` gets a sentence when a damaged file is moved aside.
    ///
    /// - Throws: `tooNew`, or `directoryUnwritable`; other faults are met again by each call until they are gone.
    package init(
        in directory: DataDirectory,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(StoreError) {
        connection = StoreConnection(
            to: Self.file(at: directory.file(Self.name)),
            on: PatientThread(named: "usage-ledger"),
            report: report
        )
        // Without what quotas have counted nothing starts: who asks for it tells of the fault.
        try connection.openAtStart(isNeeded: true)
    }

    /// The ledger in the data directory at `path`, for reading beside the server that writes it; claims nothing.
    ///
    /// - Throws: `missing` if there is none, `tooNew`, `corrupt`, `directoryUnwritable` if it may not be read.
    package init(reading path: String) throws(StoreError) {
        connection = StoreConnection(to: Self.file(at: path + "/" + Self.name), isReadOnly: true)
        try connection.open()
    }

    /// Closes the file once running calls are done; a later call opens it again.
    package func close() {
        connection.close()
    }

    package func append(_ records: [ModelCallRecord], windows: [QuotaWindow]) async throws(StoreError) {
        guard !records.isEmpty || !windows.isEmpty else { return }
        try await connection.write { db in
            var insertion = try UsageInsertion(in: db)
            let isInPeace = records.count <= Self.mostInPeace
            let end = ContinuousClock.now + Self.peace
            for (index, record) in records.enumerated() {
                try insertion.insert(record)
                // On a machine with few processors an event loop may be waiting for this one: the loop goes first. Linux
                // gives who has slept for long what it is owed in one piece, so nothing less than sleep makes way.
                guard isInPeace, index % Self.rowsAtOnce == Self.rowsAtOnce - 1 else { continue }
                if ContinuousClock.now < end { usleep(1) }
            }
            let keeping = try db.cachedStatement(sql: Self.windowKeeping)
            for window in windows {
                try keeping.execute(arguments: [StoredText.text(of: window.key), window.opened, window.used])
            }
        }
    }

    package func windows() async throws(StoreError) -> [QuotaWindow] {
        try await connection.read { db in
            try Row.fetchAll(db, sql: "SELECT key, opened, used FROM quota_window ORDER BY key").map { row in
                QuotaWindow(key: row["key"], opened: row["opened"], used: row["used"])
            }
        }
    }

    package func totals(_ query: UsageQuery) async throws(StoreError) -> [UsageTotal] {
        let totals = try await connection.read { db in
            try UsageSelection(query.filter).totals(by: query.key, in: db)
        }
        return UsageTotal.ordered(totals, by: query.key)
    }

    package func calls(
        _ filter: UsageFilter,
        after cursor: UsageCursor?,
        limit: Int
    ) async throws(StoreError) -> UsagePage {
        let wanted = max(1, min(limit, Int(Int32.max)))
        return try await connection.read { db in
            let rows = try UsageSelection(filter).page(after: cursor, limit: wanted + 1, in: db)
            let shown = try rows.prefix(wanted).map(UsageRow.record)
            let next = rows.count > wanted ? shown.last : nil
            return UsagePage(records: shown, next: next.map(UsageCursor.init(behind:)))
        }
    }

    @discardableResult
    package func prune(before time: Int64) async throws(StoreError) -> Int {
        var forgotten = 0
        while true {
            let step = try await connection.write { db in try Self.forget(before: time, in: db) }
            forgotten += step
            guard step == Self.stride else { return forgotten }
        }
    }

    private static func forget(before time: Int64, in db: Database) throws -> Int {
        try db.execute(
            sql: """
                DELETE FROM model_call WHERE (time, id) IN
                    (SELECT time, id FROM model_call WHERE time < ? ORDER BY time, id LIMIT ?)
                """,
            arguments: [time, stride]
        )
        let gone = db.changesCount
        if gone > 0 { try db.releaseFreePages() }
        return gone
    }

    private static func file(at path: String) -> StoreFile {
        StoreFile(path: path, kind: .usage, migrator: UsageSchema.migrator)
    }
}

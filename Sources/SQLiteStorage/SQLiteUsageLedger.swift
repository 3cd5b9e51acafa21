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
    /// How long the thread sleeps between the parts of a write (µs): a tenth of a millisecond of work each.
    ///
    /// On a machine with few processors an event loop may be waiting for this one, and a call that waits for two parts has
    /// waited twice as long. Linux gives who has slept for long what it is owed in one piece, so nothing less than sleep
    /// makes way.
    private static let rest: UInt32 = 200

    private let connection: StoreConnection
    private let report: @Sendable (String) -> Void

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
        self.report = report
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
        report = { _ in }
        connection = StoreConnection(to: Self.file(at: path + "/" + Self.name), isReadOnly: true)
        try connection.open()
    }

    /// Closes the file once running calls are done; a later call opens it again.
    package func close() {
        connection.close()
    }

    package func append(_ batch: CallBatch, windows: [QuotaWindow]) async throws(StoreError) {
        guard batch.count > 0 || !windows.isEmpty else { return }
        try await connection.write { db in
            usleep(Self.rest)
            try UsageBlocks(in: db).insert(batch)
            let keeping = try db.cachedStatement(sql: Self.windowKeeping)
            for window in windows {
                try keeping.execute(arguments: [StoredText.text(of: window.key), window.opened, window.used])
            }
            usleep(Self.rest)
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
        let totals = try await reading { blocks in try blocks.totals(query) }
        return UsageTotal.ordered(totals, by: query.key)
    }

    package func calls(
        _ filter: UsageFilter,
        after cursor: UsageCursor?,
        limit: Int
    ) async throws(StoreError) -> UsagePage {
        let wanted = max(1, min(limit, Int(Int32.max)))
        let found = try await reading { blocks in try blocks.page(filter, after: cursor, limit: wanted + 1) }
        let shown = Array(found.prefix(wanted))
        let next = found.count > wanted ? shown.last : nil
        return UsagePage(records: shown, next: next.map(UsageCursor.init(behind:)))
    }

    @discardableResult
    package func prune(before time: Int64) async throws(StoreError) -> Int {
        var forgotten = 0
        while true {
            let step = try await writing { blocks in try blocks.forget(before: time) }
            forgotten += step.calls
            if step.isDone { break }
        }
        while try await writing({ blocks in try blocks.gather() }) {}
        while try await connection.write({ db in try Self.givesSpaceBack(db) }) {}
        return forgotten
    }

    private static func file(at path: String) -> StoreFile {
        StoreFile(path: path, kind: .usage, migrator: UsageSchema.migrator)
    }
}

extension SQLiteUsageLedger {
    /// Pages that may be free, since those who write need some again: 1 MiB.
    private static let freePages = 256

    /// Gives a megabyte back to the disk if much is free; returns whether there may be more.
    private static func givesSpaceBack(_ db: Database) throws -> Bool {
        usleep(rest)
        guard try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0 > freePages else { return false }
        try db.releaseFreePages(freePages)
        return true
    }

    /// What can be read once what is damaged is gone.
    private enum Outcome<Value: Sendable>: Sendable {
        case value(Value)
        case damaged(DamagedCalls)

        init(_ body: () throws -> Value) throws {
            do {
                self = .value(try body())
            } catch let damaged as DamagedCalls {
                self = .damaged(damaged)
            }
        }
    }

    private func reading<Value: Sendable>(
        _ body: @escaping @Sendable (UsageBlocks) throws -> Value
    ) async throws(StoreError) -> Value {
        while true {
            switch try await connection.read({ db in try Outcome { try body(UsageBlocks(in: db)) } }) {
            case .value(let value): return value
            case .damaged(let damaged): try await drop(damaged)
            }
        }
    }

    private func writing<Value: Sendable>(
        _ body: @escaping @Sendable (UsageBlocks) throws -> Value
    ) async throws(StoreError) -> Value {
        while true {
            let outcome = try await connection.write { db in
                usleep(Self.rest)
                var outcome: Outcome<Value>?
                // What was changed before the damage was met is taken back.
                try db.inSavepoint {
                    let found = try Outcome { try body(UsageBlocks(in: db)) }
                    outcome = found
                    if case .damaged = found { return .rollback }
                    return .commit
                }
                return outcome
            }
            switch outcome {
            case .value(let value): return value
            case .damaged(let damaged): try await drop(damaged)
            case nil: continue
            }
        }
    }

    /// One block that cannot be read must not cost all the others, nor what budgets and quotas have counted.
    private func drop(_ damaged: DamagedCalls) async throws(StoreError) {
        try await connection.write { db in try UsageBlocks(in: db).drop(damaged) }
        report("A block of calls in the usage ledger was damaged and is gone; sums and lists lack its calls.")
    }
}

import GRDB
package import StoragePorts
import Synchronization

/// The conflict journal in a SQLite file.
///
/// A disk that is full or a database that is held elsewhere does not stop a server from starting: the file is then opened
/// by the first call that finds it usable. A damaged file is moved aside and a new one begun.
package final class SQLiteConflictJournal: ConflictJournal {
    private let file: JournalFile
    private let isReadOnly: Bool
    private let report: @Sendable (String) -> Void
    private let connection: Mutex<(any DatabaseWriter)?>

    /// The journal of a server that has claimed `directory`; `report` gets a sentence when a damaged file is moved aside.
    ///
    /// - Throws: `tooNew`, or `directoryUnwritable`; other faults are met again by each call until they are gone.
    package init(
        in directory: DataDirectory,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(StoreError) {
        file = JournalFile(path: directory.file(JournalFile.name))
        isReadOnly = false
        self.report = report
        connection = Mutex(nil)
        do {
            _ = try database()
        } catch  where error.code == .tooNew || error.code == .directoryUnwritable {
            throw error
        } catch {
            report(error.summary)
        }
    }

    /// The journal in the data directory at `path`, for reading beside the server that writes it; claims nothing.
    ///
    /// - Throws: `missing` if there is none, `tooNew`, `corrupt`, `directoryUnwritable` if it may not be read.
    package init(reading path: String) throws(StoreError) {
        file = JournalFile(path: path + "/" + JournalFile.name)
        isReadOnly = true
        report = { _ in }
        connection = Mutex(nil)
        _ = try database()
    }

    /// Closes the file once running calls are done; a later call opens it again.
    package func close() {
        connection.withLock { $0 = nil }
    }

    package func append(_ entries: [ConflictEntry]) async throws(StoreError) {
        guard !entries.isEmpty else { return }
        try await write { db in
            let statement = try db.cachedStatement(sql: ConflictRow.insertion)
            var counts = ConflictRollup()
            for entry in entries {
                try statement.execute(arguments: ConflictRow.values(of: entry))
                if db.changesCount > 0 { counts.add(entry) }
            }
            try counts.write(to: db)
        }
    }

    package func page(
        _ filter: ConflictFilter,
        after cursor: ConflictCursor?,
        limit: Int
    ) async throws(StoreError) -> ConflictPage {
        let wanted = max(1, min(limit, Int(Int32.max)))
        return try await read { db in
            let rows = try ConflictQuery(filter).page(after: cursor, limit: wanted + 1, in: db)
            let shown = rows.prefix(wanted)
            let next = rows.count > wanted ? shown.last.map(Self.cursor) : nil
            return ConflictPage(entries: try shown.map(ConflictRow.entry), next: next)
        }
    }

    package func entry(_ id: String) async throws(StoreError) -> ConflictEntry? {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM conflict WHERE id = ?", arguments: [id]).map(ConflictRow.entry)
        }
    }

    package func summary(
        by key: SummaryKey,
        _ filter: ConflictFilter,
        limit: Int
    ) async throws(StoreError) -> [SummaryLine] {
        try await read { db in
            try ConflictQuery(filter).summary(by: key, limit: max(1, limit), in: db).map { row in
                SummaryLine(key: row["key"], count: row["number"])
            }
        }
    }

    package func follow(
        _ filter: ConflictFilter,
        from position: JournalPosition?,
        limit: Int
    ) async throws(StoreError) -> ConflictTail {
        try await read { db in
            let end = JournalPosition(try Self.lastPosition(in: db))
            guard let position else { return ConflictTail(entries: [], position: end) }
            let wanted = max(1, limit)
            let rows = try ConflictQuery(filter).tail(from: position, limit: wanted, in: db)
            // A full answer may have left some for the next call; else everything up to the end has been looked at.
            let place = rows.count < wanted ? max(end, position) : rows.last.map { JournalPosition($0["position"]) }
            return ConflictTail(entries: try rows.map(ConflictRow.entry), position: place ?? position)
        }
    }

    @discardableResult
    package func prune(olderThan time: Int64, maximumBytes: Int) async throws(StoreError) -> Int {
        var forgotten = 0
        while true {
            let step = try await write { db in
                try JournalPruning.step(olderThan: time, maximumBytes: maximumBytes, in: db)
            }
            guard step > 0 else { return forgotten }
            forgotten += step
        }
    }

    private static func cursor(behind row: Row) -> ConflictCursor {
        ConflictCursor(time: row["time"], position: JournalPosition(row["position"]))
    }

    /// The position given out last, even if its entry has been pruned since.
    private static func lastPosition(in db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'conflict'") ?? 0
    }
}

extension SQLiteConflictJournal {
    /// Runs `body` on a state of the database that nobody changes meanwhile.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let database = try database()
        do {
            return try await database.read(body)
        } catch {
            throw translated(error)
        }
    }

    /// Runs `body` as one transaction, to its end even if the calling task is cancelled: the last flush of a server
    /// that stops happens in a cancelled task.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let database = try database()
        let result = await withCheckedContinuation { continuation in
            database.asyncWrite(body) { _, result in continuation.resume(returning: result) }
        }
        switch result {
        case .success(let value): return value
        case .failure(let error): throw translated(error)
        }
    }

    /// What came of asking for the open database.
    private struct Opening {
        var database: (any DatabaseWriter)?
        var fault: StoreError?
        var notice: String?
    }

    /// The open database; opens it if that has not been possible before.
    private func database() throws(StoreError) -> any DatabaseWriter {
        let opening = connection.withLock { (connection: inout (any DatabaseWriter)?) -> Opening in
            // Opening inside the lock is meant: nobody else can do anything useful before it is done.
            var opening = Opening(database: connection)
            guard connection == nil else { return opening }
            do {
                opening.database = try open(&opening.notice)
            } catch {
                opening.fault = StoreError(error, at: file.path)
            }
            connection = opening.database
            return opening
        }
        if let notice = opening.notice { report(notice) }
        if let database = opening.database { return database }
        throw opening.fault ?? StoreError(.failed, "The database \(file.path) could not be opened.")
    }

    private func open(_ notice: inout String?) throws -> any DatabaseWriter {
        guard !isReadOnly else { return try file.openForReading() }
        if let aside = file.moveAsideIfDamaged() { notice = Self.notice(of: aside) }
        do {
            return try file.open()
        } catch  where StoreError(error, at: file.path).code == .corrupt {
            guard let aside = file.moveAside() else { throw error }
            notice = Self.notice(of: aside)
            return try file.open()
        }
    }

    private static func notice(of aside: String) -> String {
        "The journal was damaged and has been moved to \(aside); a new one was begun."
    }

    /// What `error` means; a damaged file is given up, so that the next call begins a new one.
    private func translated(_ error: any Error) -> StoreError {
        let fault = StoreError(error, at: file.path)
        if fault.code == .corrupt && !isReadOnly {
            file.markDamaged()
            close()
        }
        return fault
    }
}

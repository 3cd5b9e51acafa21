import GRDB
package import StoragePorts

/// The conflict journal in a SQLite file.
///
/// A disk that is full or a database that is held elsewhere does not stop a server from starting: the file is then opened
/// by the first call that finds it usable. A damaged file is moved aside and a new one begun.
package final class SQLiteConflictJournal: ConflictJournal {
    /// The file's name in the data directory.
    private static let name = "journal.sqlite"

    /// The database.
    let connection: StoreConnection

    /// The journal of a server that has claimed `directory`; `report` gets a sentence when a damaged file is moved aside.
    ///
    /// - Throws: `tooNew`, or `directoryUnwritable`; other faults are met again by each call until they are gone.
    package init(
        in directory: DataDirectory,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(StoreError) {
        connection = StoreConnection(to: Self.file(at: directory.file(Self.name)), report: report)
        try connection.openAtStart(isNeeded: false)
    }

    /// The journal in the data directory at `path`, for reading beside the server that writes it; claims nothing.
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

    package func append(_ entries: [ConflictEntry]) async throws(StoreError) {
        guard !entries.isEmpty else { return }
        try await connection.write { db in
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
        return try await connection.read { db in
            let rows = try ConflictQuery(filter).page(after: cursor, limit: wanted + 1, in: db)
            let shown = rows.prefix(wanted)
            let next = rows.count > wanted ? shown.last.map(Self.cursor) : nil
            return ConflictPage(entries: try shown.map(ConflictRow.entry), next: next)
        }
    }

    package func entry(_ id: String) async throws(StoreError) -> ConflictEntry? {
        try await connection.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM conflict WHERE id = ?", arguments: [id]).map(ConflictRow.entry)
        }
    }

    package func summary(
        by key: SummaryKey,
        _ filter: ConflictFilter,
        limit: Int
    ) async throws(StoreError) -> [SummaryLine] {
        try await connection.read { db in
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
        try await connection.read { db in
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
            let step = try await connection.write { db in
                try JournalPruning.step(olderThan: time, maximumBytes: maximumBytes, in: db)
            }
            guard step > 0 else { return forgotten }
            forgotten += step
        }
    }

    private static func file(at path: String) -> StoreFile {
        StoreFile(path: path, kind: .journal, migrator: JournalSchema.migrator)
    }

    private static func cursor(behind row: Row) -> ConflictCursor {
        ConflictCursor(time: row["time"], position: JournalPosition(row["position"]))
    }

    /// The position given out last, even if its entry has been pruned since.
    private static func lastPosition(in db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'conflict'") ?? 0
    }
}

import GRDB
import StoragePorts

/// The ledger's database file: how it is opened, and what is found out when it is.
struct LedgerFile: Sendable {
    /// The file's name in the data directory.
    static let name = "ledger.sqlite"

    /// Path of the database.
    let path: String

    /// A file that is open.
    struct Opened: Sendable {
        /// The connection.
        let database: DatabaseQueue
        /// The largest number of a claim so far.
        let fence: Int64
        /// Keys that are kept.
        let count: Int
    }

    /// Opens the file for one connection, making or upgrading it if need be.
    ///
    /// What was running when the last server ended was perhaps carried out: it becomes uncertain when a process opens
    /// the file first. What this process began itself goes on running.
    func open(isFirst: Bool) throws -> Opened {
        var configuration = Configuration()
        configuration.label = "ledger"
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { db in
            if try Int.fetchOne(db, sql: "PRAGMA page_count") == 0 {
                try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            }
            // FULL: what a caller was promised outlives a loss of power too (architecture §6).
            try db.execute(
                sql: """
                    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;
                    PRAGMA wal_autocheckpoint = 4000
                    """
            )
        }
        PrivateFile.prepare(path)
        let database = try DatabaseQueue(path: path, configuration: configuration)
        let migrator = LedgerSchema.migrator()
        guard try database.read(migrator.hasBeenSuperseded) == false else { throw tooNew() }
        try migrator.migrate(database)
        let (fence, count) = try database.write { db in
            if isFirst { try db.execute(sql: "UPDATE record SET state = 3, lease_end = NULL WHERE state = 1") }
            let fence = try Int64.fetchOne(db, sql: "SELECT fence FROM last_claim") ?? 0
            return (fence, try Int.fetchOne(db, sql: "SELECT count(*) FROM record") ?? 0)
        }
        return Opened(database: database, fence: fence, count: count)
    }

    private func tooNew() -> StoreError {
        StoreError(
            .tooNew,
            "The \(StoreKind.ledger.noun) \(path) was made by a later version. Use that version, or another directory with --data."
        )
    }
}

package import ConflictEngine
import FoundationEssentials
import GRDB
package import StoragePorts

/// Locks and fencing numbers in a SQLite file.
package final class SQLiteLockStore: LockStore {
    /// The file's name in the data directory.
    private static let name = "locks.sqlite"

    private enum Call: Sendable {
        case keep(LockRecord)
        case forget([String])
        case raise(Int64)
    }

    private struct Waiting: Sendable {
        let call: Call
        let done: StoreCompletion<Void>
    }

    /// How the last use went.
    package let health: StoreHealth
    private let path: String
    private let database: DatabaseQueue
    private let line: WriteLine<Waiting>

    /// The store of a server that has claimed `directory`; `report` gets a sentence when it begins to fail, and when it
    /// works again.
    package init(
        in directory: DataDirectory,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(StoreError) {
        let health = StoreHealth(of: .locks, "no lock is granted, prolonged or ended", report: report)
        let path = directory.file(Self.name)
        let database: DatabaseQueue
        do {
            database = try Self.open(path)
        } catch {
            throw StoreError(error, of: .locks, at: path)
        }
        self.health = health
        self.path = path
        self.database = database
        line = WriteLine(largestBatch: 256) { batch, done in
            database.asyncWriteWithoutTransaction { db in
                let result = Self.carryOut(batch.map(\.call), in: db, at: path)
                health.note(result.fault)
                for waiting in batch { waiting.done(result) }
                done()
            }
        }
    }

    package func load() throws(StoreError) -> (locks: [LockRecord], fenceCeiling: Int64) {
        do {
            return try database.read { db in
                let rows = try Row.fetchAll(db, sql: "SELECT * FROM held_lock")
                let ceiling = try Int64.fetchOne(db, sql: "SELECT ceiling FROM fence") ?? 0
                return (rows.map(Self.record), ceiling)
            }
        } catch {
            throw StoreError(error, of: .locks, at: path)
        }
    }

    package func keep(_ lock: LockRecord, _ done: @escaping StoreCompletion<Void>) {
        line.add(Waiting(call: .keep(lock), done: done))
    }

    package func forget(_ tokens: [String], _ done: @escaping StoreCompletion<Void>) {
        line.add(Waiting(call: .forget(tokens), done: done))
    }

    package func raiseFences(to ceiling: Int64, _ done: @escaping StoreCompletion<Void>) {
        line.add(Waiting(call: .raise(ceiling), done: done))
    }

    /// Writes something that changes nothing if the last use failed, so that ``health`` tells when the disk is well again.
    package func tryAgain() {
        guard health.fault != nil else { return }
        raiseFences(to: 0) { _ in }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "locks"
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        }
        PrivateFile.prepare(path)
        let database = try DatabaseQueue(path: path, configuration: configuration)
        var migrator = DatabaseMigrator()
        migrator.registerMigration("locks-1") { try $0.execute(sql: firstTables) }
        guard try database.read(migrator.hasBeenSuperseded) == false else {
            throw StoreError(
                .tooNew,
                "The \(StoreKind.locks.noun) \(path) was made by a later version. Use that version, or another directory with --data."
            )
        }
        try migrator.migrate(database)
        return database
    }

    private static let firstTables = """
        CREATE TABLE held_lock (
            token TEXT NOT NULL PRIMARY KEY,
            upstream TEXT NOT NULL,
            path BLOB NOT NULL,
            scope TEXT NOT NULL,
            depth TEXT NOT NULL,
            owner BLOB NOT NULL,
            principal TEXT,
            granted_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            fence INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE fence (id INTEGER PRIMARY KEY CHECK (id = 1), ceiling INTEGER NOT NULL) STRICT;
        INSERT INTO fence (id, ceiling) VALUES (1, 0);
        """

    private static func carryOut(_ calls: [Call], in db: Database, at path: String) -> Result<Void, StoreError> {
        do {
            try db.inTransaction(.immediate) {
                for call in calls { try carryOut(call, in: db) }
                return .commit
            }
            return .success(())
        } catch {
            return .failure(StoreError(error, of: .locks, at: path))
        }
    }

    private static func carryOut(_ call: Call, in db: Database) throws {
        switch call {
        case .keep(let lock):
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO held_lock VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .execute(
                    arguments: [
                        lock.token, lock.upstream, Data(lock.path), lock.scope, lock.depth, Data(lock.owner),
                        lock.principal,
                        lock.grantedAt, lock.expiresAt, lock.fence,
                    ]
                )
        case .forget(let tokens):
            let statement = try db.cachedStatement(sql: "DELETE FROM held_lock WHERE token = ?")
            for token in tokens { try statement.execute(arguments: [token]) }
        case .raise(let ceiling):
            try db.execute(sql: "UPDATE fence SET ceiling = max(ceiling, ?)", arguments: [ceiling])
        }
    }

    private static func record(_ row: Row) -> LockRecord {
        LockRecord(
            token: row["token"],
            upstream: row["upstream"],
            path: (row["path"] as Data?).map { Array($0) } ?? [],
            scope: row["scope"],
            depth: row["depth"],
            owner: (row["owner"] as Data?).map { Array($0) } ?? [],
            principal: row["principal"],
            grantedAt: row["granted_at"],
            expiresAt: row["expires_at"],
            fence: row["fence"]
        )
    }
}

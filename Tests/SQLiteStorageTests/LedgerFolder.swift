import ConflictEngine
import Foundation
import GRDB
import SQLiteStorage
import StoragePorts

/// A data directory with a ledger, and what a test does to its file.
struct LedgerFolder {
    /// The folder, gone with the test.
    let folder: TemporaryFolder
    /// The folder as a server has claimed it.
    let directory: DataDirectory

    init() throws {
        folder = try TemporaryFolder()
        directory = try DataDirectory(claiming: folder.path)
    }

    /// The database's path.
    var database: String { folder.path + "/ledger.sqlite" }

    /// A ledger on the file as it is; two at once are two servers.
    func ledger(capacity: Int = 1_000_000) throws -> SQLiteIdempotencyLedger {
        try SQLiteIdempotencyLedger(in: directory, capacity: capacity)
    }

    /// Runs statements on the file from outside.
    func execute(_ sql: String) throws {
        try DatabaseQueue(path: database).write { db in try db.execute(sql: sql) }
    }

    /// One number from the file.
    func number(_ sql: String) throws -> Int? {
        try DatabaseQueue(path: database).read { db in try Int.fetchOne(db, sql: sql) }
    }

    /// What a kill at this moment would leave behind, but for the shared memory.
    func wreck() throws -> Self {
        let copy = try Self()
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: database + suffix) {
            try FileManager.default.copyItem(atPath: database + suffix, toPath: copy.database + suffix)
        }
        return copy
    }

    /// The mode of a file that belongs to the database.
    func mode(_ suffix: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: database + suffix)[.posixPermissions] as? Int
    }
}

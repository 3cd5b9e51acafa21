import GRDB
import Glibc
import StoragePorts

/// A database file with one writer and many readers: how it is opened, and what is done when it is damaged.
struct StoreFile: Sendable {
    /// Path of the database.
    let path: String
    /// Which store it is.
    let kind: StoreKind
    /// The steps from nothing to the newest form.
    let migrator: @Sendable () -> DatabaseMigrator

    /// Databases up to this size are read through when they are opened, which takes some 10 ms.
    private static let checkedSize = 8 << 20

    /// Opens the file for one writer and two readers, making or upgrading it if need be.
    func open() throws -> any DatabaseWriter {
        var configuration = Configuration()
        configuration.label = kind.noun
        configuration.maximumReaderCount = 2
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { db in
            // Only takes effect on a file that is still empty; lets a pruned store give space back to the disk.
            if try db.isStoreNew() { try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
            // NORMAL loses nothing when the process dies, and at most the last moments when the power does.
            // What is written goes to one end: half a megabyte of pages is as good as the usual two.
            try db.execute(
                sql: "PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 16777216; PRAGMA cache_size = -512"
            )
        }
        PrivateFile.prepare(path)
        let database = try DatabasePool(path: path, configuration: configuration)
        let migrator = migrator()
        guard try database.read(migrator.hasBeenSuperseded) == false else { throw tooNew() }
        // Before steps that read what is there.
        try check(database)
        try migrator.migrate(database)
        return database
    }

    /// Opens the file for reading only, beside whoever writes it.
    func openForReading() throws -> any DatabaseWriter {
        guard unsafe access(path, F_OK) == 0 else {
            throw StoreError(
                .missing,
                "There is no \(kind.noun) at \(path). Name the server's data directory with --data."
            )
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(2)
        let database = try DatabaseQueue(path: path, configuration: configuration)
        let migrator = migrator()
        try database.read { db in
            if try migrator.hasBeenSuperseded(db) { throw tooNew() }
            if try !migrator.hasCompletedMigrations(db) {
                throw StoreError(
                    .failed,
                    "The \(kind.noun) \(path) is of an older form. Start the server once to upgrade it."
                )
            }
        }
        return database
    }

    /// Notes that the file turned out to be damaged, so that the next ``moveAsideIfDamaged()`` acts on it.
    func markDamaged() {
        let marker = unsafe Glibc.open(markerPath, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        if marker >= 0 { close(marker) }
    }

    /// Moves a file aside that was marked as damaged; returns its new path.
    func moveAsideIfDamaged() -> String? {
        guard unsafe access(markerPath, F_OK) == 0 else { return nil }
        return moveAside()
    }

    /// Moves the file aside, with the files that belong to it; returns its new path, or `nil` if it cannot be moved.
    func moveAside() -> String? {
        let target = freeName()
        guard unsafe rename(path, target) == 0 || errno == ENOENT else { return nil }
        for suffix in PrivateFile.sides { unsafe rename(path + suffix, target + suffix) }
        unsafe unlink(markerPath)
        return target
    }

    private var markerPath: String { path + ".damaged" }

    private func freeName() -> String {
        let seconds = time(nil)
        var name = "\(path)\(PrivateFile.aside)\(seconds)"
        var attempt = 1
        while unsafe access(name, F_OK) == 0 {
            attempt += 1
            name = "\(path)\(PrivateFile.aside)\(seconds)-\(attempt)"
        }
        return name
    }

    private func tooNew() -> StoreError {
        StoreError(
            .tooNew,
            "The \(kind.noun) \(path) was made by a later version. Use that version, or another directory with --data."
        )
    }

    private func check(_ database: any DatabaseWriter) throws {
        try database.read { db in
            guard try db.usedBytes() <= Self.checkedSize else { return }
            let finding = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
            guard finding == "ok" else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: finding)
            }
        }
    }
}

extension Database {
    /// Bytes of all pages that hold something.
    func usedBytes() throws -> Int {
        let pages = try Int.fetchOne(self, sql: "PRAGMA page_count") ?? 0
        let free = try Int.fetchOne(self, sql: "PRAGMA freelist_count") ?? 0
        let size = try Int.fetchOne(self, sql: "PRAGMA page_size") ?? 4096
        return max(0, pages - free) * size
    }

    /// Gives free pages back to the disk, a bounded number at a time.
    func releaseFreePages(_ most: Int = 4_000) throws {
        // The pragma works row by row: it must be stepped to its end.
        _ = try Row.fetchAll(self, sql: "PRAGMA incremental_vacuum(\(most))")
    }

    /// Whether nothing was ever written to this file.
    fileprivate func isStoreNew() throws -> Bool {
        try Int.fetchOne(self, sql: "PRAGMA page_count") == 0
    }
}

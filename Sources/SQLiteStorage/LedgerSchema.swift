import GRDB

/// The table of the idempotency ledger, as the steps that made it; steps are only ever added.
enum LedgerSchema {
    /// The steps from nothing to the newest form.
    static func migrator() -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("idempotency-ledger-1") { db in
            try db.execute(sql: firstTables)
        }
        return migrator
    }

    // Without a rowid the table is the index, so that a claim touches one tree. The answers, which may be long, stand
    // in a table of their own.
    private static let firstTables = """
        CREATE TABLE record (
            scope BLOB NOT NULL PRIMARY KEY,
            fingerprint BLOB NOT NULL,
            fence INTEGER NOT NULL,
            begun_at INTEGER NOT NULL,
            state INTEGER NOT NULL,
            lease_end INTEGER,
            completed_at INTEGER,
            kept_until INTEGER,
            remembered_until INTEGER,
            status INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX record_by_memory ON record (remembered_until) WHERE remembered_until IS NOT NULL;
        CREATE TABLE answer (
            id INTEGER PRIMARY KEY,
            scope BLOB NOT NULL UNIQUE,
            kept_until INTEGER NOT NULL,
            lines BLOB NOT NULL,
            body BLOB
        ) STRICT;
        CREATE INDEX answer_by_end ON answer (kept_until);
        CREATE TABLE last_claim (fence INTEGER NOT NULL) STRICT;
        INSERT INTO last_claim VALUES (0);
        """
}

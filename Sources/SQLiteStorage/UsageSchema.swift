import GRDB

/// The tables of the usage ledger, as the steps that made them; steps are only ever added.
enum UsageSchema {
    /// The steps from nothing to the newest form.
    @Sendable
    static func migrator() -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("usage-ledger-1") { db in
            try db.execute(sql: firstTables)
        }
        migrator.registerMigration("usage-ledger-2") { db in
            try db.execute(sql: blockTables)
            try UsageRow.pack(into: UsageBlocks(in: db), from: db)
            try db.execute(sql: "DROP TABLE model_call")
        }
        return migrator
    }

    // The first form: a row for every call. It cost more than the call itself at times.
    private static let firstTables = """
        CREATE TABLE model_call (
            id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 128),
            time INTEGER NOT NULL CHECK (time BETWEEN 0 AND 253402300799999),
            request_id TEXT,
            service TEXT NOT NULL,
            consumer TEXT,
            surface TEXT NOT NULL,
            operation TEXT NOT NULL,
            model TEXT NOT NULL,
            provider TEXT,
            provider_model TEXT,
            key_label TEXT,
            streamed INTEGER NOT NULL,
            status INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            input_fresh INTEGER,
            cache_read INTEGER,
            cache_write INTEGER,
            cache_write_hour INTEGER,
            output_text INTEGER,
            output_reasoning INTEGER,
            is_estimated INTEGER NOT NULL,
            cost INTEGER,
            currency TEXT,
            first_token_us INTEGER,
            duration_us INTEGER NOT NULL,
            fault TEXT,
            PRIMARY KEY (time, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX model_call_consumer ON model_call (consumer, time) WHERE consumer IS NOT NULL;
        CREATE TABLE quota_window (
            key TEXT NOT NULL PRIMARY KEY,
            opened INTEGER NOT NULL,
            used INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    // Calls that came to be written together are packed into a block. Lists want the latest block first, and pruning the one
    // with the earliest call; small blocks are gathered; of the calls of one consumer there may be few among many.
    private static let blockTables = """
        CREATE TABLE call_block (
            id INTEGER PRIMARY KEY,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            calls INTEGER NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        CREATE INDEX call_block_last ON call_block (last, first);
        CREATE INDEX call_block_first ON call_block (first);
        CREATE INDEX call_block_small ON call_block (id) WHERE calls < 64;
        CREATE TABLE call_block_consumer (
            consumer TEXT NOT NULL,
            last INTEGER NOT NULL,
            block INTEGER NOT NULL,
            first INTEGER NOT NULL,
            PRIMARY KEY (consumer, last, block)
        ) STRICT, WITHOUT ROWID;
        """
}

extension Dialect {
    /// What databases say, whoever passes it on; technical enough to be telling under any status.
    static let databases: [Dialect] = [sqlStates, postgreSQL, mySQL, sqlServer, oracle, sqlite, mongoDB]

    /// Five-character states in a member of their own; drivers leave them when the sentence is lost.
    private static let sqlStates = Dialect(name: "postgresql") { reading in
        let states = reading.members.filter { $0.isString && ["code", "sqlstate", "errorcode"].contains($0.key) }.map(
            \.value
        )
        if states.contains("23505") || states.contains("23P01") { return .conflict(.uniqueness) }
        if states.contains("23503") { return .conflict(.referential) }
        // Vendors number their errors 40001 too, so the words have to agree.
        let isTransaction = reading.words.holds(any: [
            "serializ", "deadlock", "concurrent", "restart", "lock", "another transaction",
        ])
        let retryable = states.contains("40001") || states.contains("40P01") || states.contains("55P03")
        return retryable && isTransaction ? .conflict(.contended) : nil
    }

    private static let postgreSQL = Dialect(
        name: "postgresql",
        phrases: [
            PhraseRule(
                """
                violates unique constraint|unique constraint violated|unique constraint violation|\
                unique key violation|uniqueviolation|unique_violation|violates exclusion constraint
                """,
                .uniqueness,
            ),
            PhraseRule("violates foreign key constraint|foreignkeyviolation|foreign_key_violation", .referential),
            PhraseRule("could not serialize access|serializationfailure|restart transaction:", .contended),
            PhraseRule("deadlock detected|could not obtain lock on|lock not available", .contended),
            PhraseRule("due to lock timeout|transactionretry", .contended),
            PhraseRule("uniqueness violation. duplicate key", .uniqueness),
        ],
    )

    private static let mySQL = Dialect(
        name: "mysql",
        phrases: [
            PhraseRule("duplicate entry + for key", .uniqueness),
            PhraseRule(
                """
                a foreign key constraint fails|cannot delete or update a parent row|\
                cannot add or update a child row
                """,
                .referential,
            ),
            PhraseRule("deadlock found when trying to get lock|lock wait timeout exceeded", .contended),
        ],
    )

    private static let sqlServer = Dialect(
        name: "sql-server",
        phrases: [
            PhraseRule("violation of unique key|violation of primary key|cannot insert duplicate key", .uniqueness),
            PhraseRule("conflicted with the foreign key|conflicted with the reference", .referential),
            PhraseRule("conflicted with the same table reference", .referential),
            PhraseRule("referential integrity constraint violation", .referential),
            PhraseRule(
                """
                chosen as the deadlock victim|was deadlocked on|lock request time out period exceeded
                """,
                .contended,
            ),
            PhraseRule("snapshot isolation transaction aborted due to update conflict", .contended),
        ],
    )

    private static let oracle = Dialect(
        name: "oracle",
        phrases: [
            PhraseRule("ora-00001", .uniqueness),
            PhraseRule("ora-02291|ora-02292", .referential),
            PhraseRule("ora-00060|ora-08177|ora-00054|ora-30006", .contended),
        ],
    )

    private static let sqlite = Dialect(
        name: "sqlite",
        phrases: [
            PhraseRule("unique constraint failed:|sqlite_constraint_unique|sqlite_constraint_primarykey", .uniqueness),
            PhraseRule("foreign key constraint failed|sqlite_constraint_foreignkey", .referential),
            PhraseRule("database is locked|database table is locked|sqlite_busy|sqlite_locked", .contended),
        ],
    )

    private static let mongoDB = Dialect(
        name: "mongodb",
        phrases: [
            PhraseRule("e11000|duplicate key error collection|duplicate key error index", .uniqueness),
            PhraseRule("no matching document found for id", .staleVersionImplicit),
            PhraseRule("already exists with label", .uniqueness),
            PhraseRule("writeconflict|write conflict during", .contended),
        ],
    )
}

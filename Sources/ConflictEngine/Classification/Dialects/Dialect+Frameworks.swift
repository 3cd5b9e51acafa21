extension Dialect {
    /// Object-relational mappers and frameworks, by the names of their exceptions and their stock sentences.
    static let frameworks: [Dialect] = [jvm, rails, python, laravel, prisma, node, dotNet, hasura]

    private static let jvm = Dialect(name: "spring") { reading in
        if let rule = jvmPhrases.first(where: { $0.matches(reading.words) }) { return .conflict(rule.kind) }
        return integrity(reading)
    }

    private static let jvmPhrases = [
        PhraseRule(
            """
            optimisticlockexception|optimisticlockingfailure|staleobjectstate|stalestateexception
            """,
            .staleVersionImplicit,
        ),
        PhraseRule("row was updated or deleted by another transaction", .staleVersionImplicit),
        PhraseRule("batch update returned unexpected row count", .staleVersionImplicit),
        PhraseRule("oconcurrentmodificationexception", .staleVersionImplicit),
        PhraseRule("duplicatekeyexception|entityexistsexception|uniqueconstraintviolation", .uniqueness),
        PhraseRule(
            """
            cannotacquirelockexception|deadlockloserdataaccess|pessimisticlock|locktimeoutexception
            """,
            .contended,
        ),
        PhraseRule("lockacquisitionexception|cannotserializetransaction|concurrencyfailureexception", .contended),
    ]

    /// Spring hides the database's words and leaves the name of the constraint.
    private static func integrity(_ reading: AnswerReading) -> Judgement? {
        let words = reading.words
        guard
            words.holds(any: ["dataintegrityviolation", "could not execute statement; sql", "could not execute batch"])
        else {
            return nil
        }
        if words.holds(any: [
            "not-null property", "constraint [null]", "data truncation", "value too long", "cannot be null",
        ]) {
            return .ordinary
        }
        guard let name = BracketedName.after("constraint [", in: words) else { return nil }
        let constraint = SearchText(name.utf8)
        if constraint.holds(any: ["fk_", "_fk", "fkey", "foreign"]) || name.hasPrefix("fk") {
            return .conflict(.referential)
        }
        if constraint.holds(any: ["chk", "check", "_ck", "ck_", "not_null", "notnull", "_nn"]) { return .ordinary }
        return .conflict(.uniqueness)
    }

    private static let rails = Dialect(
        name: "rails",
        phrases: [
            PhraseRule(
                """
                staleobjecterror|staleentryerror|attempted to update a stale struct|\
                attempted to update a stale object|attempted to destroy a stale object
                """,
                .staleVersionImplicit,
            ),
            PhraseRule("recordnotunique|pg::uniqueviolation", .uniqueness),
            PhraseRule(
                """
                activerecord::invalidforeignkey|deleterestrictionerror|cannot delete record because dependent
                """,
                .referential,
            ),
            PhraseRule("activerecord::deadlocked|activerecord::lockwaittimeout", .contended),
            PhraseRule("has already been taken|have already been taken", .uniqueness),
        ],
    )

    private static let python = Dialect(
        name: "python",
        phrases: [
            PhraseRule("staledataerror|were matched + expected to update", .staleVersionImplicit),
            PhraseRule("recordmodifiederror", .staleVersionImplicit),
            PhraseRule("this field must be unique|this attribute must be unique|must make a unique set", .uniqueness),
            PhraseRule("protectederror|referenced through protected foreign keys|restrictederror", .referential),
        ],
    )

    private static let laravel = Dialect(
        name: "laravel",
        phrases: [
            PhraseRule("uniqueconstraintviolationexception", .uniqueness),
            PhraseRule("sqlstate[40001]|sqlstate[40p01]", .contended),
            PhraseRule("sqlstate[23505]", .uniqueness),
            PhraseRule("sqlstate[23503]", .referential),
        ],
    )

    private static let prisma = Dialect(
        name: "prisma",
        codes: CodeTable([(.uniqueness, "P2002"), (.referential, "P2003 P2014"), (.contended, "P2034")]),
    )

    private static let node = Dialect(
        name: "node",
        phrases: [
            PhraseRule("sequelizeuniqueconstrainterror|unique constraint failed on the", .uniqueness),
            PhraseRule("er_dup_entry|uniqueconstraintviolationexception", .uniqueness),
            PhraseRule("sequelizeforeignkeyconstrainterror|foreign key constraint failed on", .referential),
            PhraseRule("er_row_is_referenced|er_no_referenced_row", .referential),
            PhraseRule("sequelizeoptimisticlockerror|optimisticlockversionmismatch", .staleVersionImplicit),
            PhraseRule("transaction failed due to a write conflict|er_lock_deadlock|er_lock_wait_timeout", .contended),
        ],
    )

    private static let dotNet = Dialect(
        name: "dotnet",
        phrases: [
            PhraseRule(
                """
                dbupdateconcurrencyexception|optimisticconcurrencyexception|dbconcurrencyexception
                """,
                .staleVersionImplicit,
            ),
            PhraseRule("database operation was expected to affect", .staleVersionImplicit),
            PhraseRule("optimistic concurrency failure, object has been modified", .staleVersionImplicit),
            PhraseRule("duplicateusername|duplicateemail", .uniqueness),
        ],
    )

    private static let hasura = Dialect(
        name: "hasura",
        phrases: [
            PhraseRule("uniqueness violation.", .uniqueness),
            PhraseRule("foreign key violation.", .referential),
        ],
    )
}

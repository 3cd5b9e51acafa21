/// Server errors, whose texts come from databases and programs as often as from people.
extension StrictWords {
    private static let failures = [
        PhraseRule(
            """
            optimistic lock|optimistic concurrency|version conflict|modified by another|\
            stale object + !failed to load|bean
            """,
            .staleVersionImplicit,
        ),
        PhraseRule("deadlock + !no deadlock|avoid", .contended),
        PhraseRule(
            """
            lock timeout|lock wait|could not acquire lock|unable to acquire lock|failed to acquire lock|\
            lock acquisition + !must be
            """,
            .contended,
        ),
        PhraseRule(
            """
            concurrent update|concurrent modification|another operation is in progress|write conflict
            """,
            .contended,
        ),
        PhraseRule("unique constraint|unique key|unique index|uniqueness + violat", .uniqueness),
        PhraseRule("integrity constraint + duplicate", .uniqueness),
        PhraseRule(
            """
            duplicate key + violates|unique|index|insert|constraint|database + !merging|yaml|json|map key
            """,
            .uniqueness,
        ),
        PhraseRule("foreign key + violat|constraint fail|constraint error", .referential),
        PhraseRule("has dependent + must be removed|must be deleted|removed before", .referential),
        PhraseRule("conflicts with another transaction", .contended),
    ]
    private static let existenceInFailure = PhraseRule(
        """
        already exist|already registered|already taken|already in use + !table|relation|column|file|directory|\
        function|class|method|property|key|route|symbol|type|module|index|session|connection|bean|element|\
        object|variable|constant|statement|cursor|savepoint| port|address|socket|thread|process|migration|handler|service|mapping|plugin|\
        temp|path|lock|database|schema|definition|component|provider|parameter|alias|namespace
        """,
        .alreadyExists,
    )

    /// The kind that a server error (500, 503) surely shows.
    static func inServerError(_ reading: AnswerReading) -> ConflictKind? {
        let text = reading.plainWords
        if let rule = failures.first(where: { $0.matches(text) }) { return rule.kind }
        if text.bytes.count <= 600 {
            let sentences = text.sentences
            if PeerWords.tellsOfChange(sentences) { return .staleVersionImplicit }
            if PeerWords.tellsOfWork(sentences) { return .contended }
        }
        if let kind = IdempotencyWords.kind(reading), reading.answer.status == 500 { return kind }
        guard reading.answer.status == 500, text.bytes.count <= 300, existenceInFailure.matches(text) else {
            return nil
        }
        return ExistenceWords.kind(text) ?? .alreadyExists
    }
}

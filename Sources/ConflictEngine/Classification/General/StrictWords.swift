/// Wording that shows a conflict under a status that usually means something else.
///
/// A false alarm is worse than a miss here, so most patterns name what must not be near.
enum StrictWords {
    private static let stale = [
        PhraseRule(
            """
            version mismatch|version conflict|stale version|outdated version|version is outdated|\
            not the latest version + !api version|api-version|protocol|client version|schema version|tls|\
            app version|library|package|sdk|plugin|runtime|compiler
            """,
            .staleVersionImplicit,
        ),
        PhraseRule(
            """
            stale object|stale data|stale record|optimistic lock|concurrency conflict|edit conflict|\
            update conflict
            """,
            .staleVersionImplicit,
        ),
        PhraseRule(
            """
            concurrency failure|optimistic concurrency|concurrently modified|modified concurrently
            """,
            .staleVersionImplicit,
        ),
        PhraseRule(
            """
            etag mismatch|etag does not match|etag doesn't match|revision mismatch|revision conflict
            """,
            .staleVersionImplicit,
        ),
        PhraseRule(
            """
            modified by another|changed by another|updated by another|edited by another|modified by someone
            """,
            .staleVersionImplicit,
        ),
        PhraseRule("changed by someone|updated by someone|edited by someone", .staleVersionImplicit),
        PhraseRule(
            """
            modified since|changed since|updated since + you|read|fetched|loaded|last|retriev + !token|password
            """,
            .staleVersionImplicit,
        ),
        PhraseRule(
            """
            record has been changed|document has been changed|has been modified by|has changed since|\
            no longer matches the persisted
            """,
            .staleVersionImplicit,
        ),
        PhraseRule("newer version of this|newer version exists|newer revision", .staleVersionImplicit),
        PhraseRule(
            """
            does not match the current version|does not match current version|doesn't match the current version
            """,
            .staleVersionImplicit,
        ),
        PhraseRule("last_commit_id + changed|match", .staleVersionImplicit),
    ]
    private static let missing = [
        PhraseRule(
            """
            if-match + required|is missing|missing if-match|must be provided|must be specified|must include|\
            must be present
            """,
            .preconditionMissing,
        ),
        PhraseRule(
            """
            precondition required|conditional request required|conditional header required
            """,
            .preconditionMissing,
        ),
    ]
    private static let others = [
        PhraseRule(
            """
            still referenced|is referenced by|referenced by other|are referencing|is in use by|being used by|\
            currently in use by + !limit
            """,
            .referential,
        ),
        PhraseRule(
            """
            cannot delete|cannot be deleted|unable to delete|can't delete|can't be deleted|cannot remove|\
            cannot be removed|could not delete + in use|referenced|associated|dependent|depend on|depends on|\
            not empty|non-empty|still has|still contains|attached to|has child|has existing|has active|\
            linked to|it contains
            """,
            .referential,
        ),
        PhraseRule(
            """
            test operation failed|patch test failed|merge conflict|patch does not apply|\
            could not be applied cleanly
            """,
            .edit,
        ),
        PhraseRule("json patch + test + fail", .edit),
        PhraseRule(
            """
            is locked by|locked by another|locked by user|currently locked|is locked for|resource is locked|\
            record is locked|document is locked|file is locked|object is locked + \
            !account|password|login|behind|paywall|subscription|upgrade
            """,
            .locked,
        ),
        PhraseRule("currently being edited by|checked out by", .locked),
        PhraseRule(
            """
            another operation is in progress|another operation in progress|operation is already in progress|\
            another update is in progress|another request is currently|another process is|\
            concurrent modification|concurrent update|simultaneous update|conflicting operation
            """,
            .contended,
        ),
        PhraseRule("offset mismatch|incorrect offset|wrong offset|unexpected offset|upload offset", .offset),
    ]
    private static let containers = PhraseRule(
        """
        not empty|isn't empty + bucket|directory|collection|folder|container|namespace|group|project|\
        repository|queue|database|vault|zone|workspace
        """,
        .referential,
    )
    private static let existence = PhraseRule(
        """
        already exist|already been taken|already taken|email address is already used|email is already used|\
        username is already used|name is already used|phone number is already used|duplicate email|\
        duplicate username|already in use|already registered|already been registered|already used by another|\
        already being used|username is not available|already associated with another + !json|property with|\
        parameter|duplicate key in|attribute|header|argument|option |migration|column|relation|field already|\
        already exists in the request|token|array|in the list|schema|mapping
        """,
        .alreadyExists,
    )
    private static let secrets = [
        "invalid_grant", "token", "password", "csrf", "session", "otp", "signature", "nonce", "headers",
        "payload",
    ]
    private static let crowded = PhraseRule(
        """
        concurrent modification|lock timeout|lock wait|another operation|operation in progress|object lock|\
        is being modified|currently being modified|currently locked by another
        """,
        .contended,
    )

    /// The kind that a client error (400, 405, 422, 424) surely shows.
    static func inClientError(_ reading: AnswerReading) -> ConflictKind? {
        let text = reading.plainWords
        if let kind = IdempotencyWords.kind(reading) { return kind }
        if let rule = missing.first(where: { $0.matches(reading.words) }) { return rule.kind }
        if let rule = (stale + others).first(where: { $0.matches(text) }) { return rule.kind }
        if reading.answer.method == "DELETE", containers.matches(text) { return .referential }
        if existence.matches(text) { return ExistenceWords.kind(text) ?? .alreadyExists }
        guard !reading.words.holds(any: secrets), StateWords.hold(in: text, loosely: false) else { return nil }
        return .state
    }

    /// The kind that a 429 surely shows; nearly all are mere limits.
    static func inRateLimit(_ reading: AnswerReading) -> ConflictKind? {
        crowded.matches(reading.plainWords) ? .contended : nil
    }

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
            lock acquisition
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
    ]
    private static let existenceInFailure = PhraseRule(
        """
        already exist|already registered|already taken|already in use + !table|relation|column|file|directory|\
        function|class|method|property|key|route|symbol|type|module|index|session|connection|bean|element|\
        object|variable|constant| port|address|socket|thread|process|migration|handler|service|mapping|plugin|\
        temp|path|lock|database|schema|definition|component|provider|parameter|alias|namespace
        """,
        .alreadyExists,
    )

    /// The kind that a server error (500, 503) surely shows.
    static func inServerError(_ reading: AnswerReading) -> ConflictKind? {
        let text = reading.plainWords
        if let rule = failures.first(where: { $0.matches(text) }) { return rule.kind }
        if let kind = IdempotencyWords.kind(reading), reading.answer.status == 500 { return kind }
        guard reading.answer.status == 500, text.bytes.count <= 300, existenceInFailure.matches(text) else {
            return nil
        }
        return ExistenceWords.kind(text) ?? .alreadyExists
    }
}

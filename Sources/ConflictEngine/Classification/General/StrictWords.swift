/// Wording that shows a conflict under a status that usually means something else.
///
/// A false alarm is worse than a miss here, so most patterns name what must not be near.
enum StrictWords {
    private static let stale = [
        PhraseRule(
            """
            version mismatch|version conflict|stale version|outdated version|version is outdated|\
            not the latest version + !api version|api-version|protocol|client version|schema version|tls|\
            app version|library|package|sdk|plugin|runtime|compiler|format|backup|firmware|database version|\
            server needs|migration|module
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
            modified by another|changed by another|updated by another|edited by another|modified by someone + !password
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
            linked to|it contains + !permission|denied
            """,
            .referential,
        ),
        PhraseRule(
            """
            test operation failed|patch test failed|merge conflict|patch does not apply|\
            could not be applied cleanly|patch could not be applied|patch cannot be applied
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
        PhraseRule("is being processed|currently being processed + by user|by another user", .locked),
        PhraseRule("resource_locked|obtain exclusive access to locked", .locked),
        PhraseRule("conflicts with another transaction|being modified|can't lock file + !field|property", .contended),
        PhraseRule("offset mismatch|incorrect offset|wrong offset|unexpected offset", .offset),
        PhraseRule("upload offset + mismatch|does not match|conflict|expected", .offset),
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
        already being used|username is not available|already associated with another|already assigned to another|\
        already belongs to|already linked to another|already uploaded|already tracked|already a member|\
        already a collaborator|already a participant|already claimed|this value is already used|is already used, |\
        already has that value|duplicate ip address found|duplicate mac address|duplicate hostname|duplicate sku|\
        with the same name exists|name is duplicate|already bound to + !json|property with|\
        parameter '|parameter ""|duplicate key in|attribute|header|argument|option |migration|column|relation "|\
        field already|already exists in the request|token|array|in the list|mapping|already exists as|partial write|too many
        """,
        .alreadyExists,
    )
    private static let inRequest = [
        "array", "list", "within", "request", "items", "rows", "columns", "elements", "keys", "policy", "document",
        "query", "header", "operation", "json", "schema",
    ]
    private static let secrets = [
        "invalid_grant", "token", "password", "csrf", "session", "otp", "signature", "nonce", "headers",
        "payload",
    ]
    private static let crowded = PhraseRule(
        """
        concurrent modification|lock timeout|lock wait|another operation|operation in progress|object lock|\
        is being modified|currently being modified|currently locked by another + !must be
        """,
        .contended,
    )

    /// The kind that a client error (400, 405, 422, 424) surely shows.
    static func inClientError(_ reading: AnswerReading) -> ConflictKind? {
        let text = reading.plainWords
        if let kind = IdempotencyWords.kind(reading) { return kind }
        if let rule = missing.first(where: { $0.matches(reading.words) }) { return rule.kind }
        if let rule = stale.first(where: { $0.matches(text) }) { return rule.kind }
        let sentences = text.sentences
        if PeerWords.tellsOfChange(sentences) { return .staleVersionImplicit }
        if DependenceWords.hold(in: sentences) { return .referential }
        if let rule = others.first(where: { $0.matches(text) }) { return rule.kind }
        if PeerWords.tellsOfWork(sentences) { return .contended }
        if reading.answer.method == "DELETE", containers.matches(text) { return .referential }
        if let found = sentences.first(where: { existence.matches($0) }) {
            return ExistenceWords.kind(found) ?? .alreadyExists
        }
        if sentences.contains(where: { ExistenceWords.demandsUnique($0) && !$0.holds(any: inRequest) }) {
            return .uniqueness
        }
        guard !reading.words.holds(any: secrets), StateWords.hold(in: text, loosely: false) else { return nil }
        return .state
    }

    /// The kind that a 429 surely shows; nearly all are mere limits.
    static func inRateLimit(_ reading: AnswerReading) -> ConflictKind? {
        crowded.matches(reading.plainWords) ? .contended : nil
    }
}

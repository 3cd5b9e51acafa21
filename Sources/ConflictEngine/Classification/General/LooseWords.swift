/// Wording that tells the kind where the status says already that there is a conflict.
enum LooseWords {
    private static let first = [
        PhraseRule(
            """
            if-match + required|is missing|missing|must be provided|must be specified|must include|\
            must supply + !does not match|mismatch
            """,
            .preconditionMissing,
        ),
        PhraseRule("precondition required|conditional request|must be conditional", .preconditionMissing),
        PhraseRule(
            """
            field manager|apply failed with|owned by another manager|managed by another|fields are owned
            """,
            .fieldOwnership,
        ),
        PhraseRule(
            """
            merge conflict|cannot be merged|could not be merged|not mergeable|conflicts must be resolved
            """,
            .edit,
        ),
        PhraseRule("patch + test|apply|failed|cannot|could not|does not match", .edit),
        PhraseRule("test operation|automatic merge|overlapping change|rebase", .edit),
        PhraseRule("offset + mismatch|expected|wrong|incorrect|does not match|conflict|invalid", .offset),
        PhraseRule(
            """
            intermediate collection|parent + does not exist|doesn't exist|not exist|missing|not found|\
            must exist|must be created
            """,
            .parentMissing,
        ),
        PhraseRule("ancestor + not exist|missing|not found", .parentMissing),
        PhraseRule("outcome + unknown|uncertain", .outcomeUnknown),
    ]
    private static let contended = [
        PhraseRule(
            """
            deadlock|contention|lock timeout|lock wait|waiting to lock|waiting for lock|\
            could not acquire lock|could not obtain lock|could not lock|unable to acquire lock|failed to acquire lock
            """,
            .contended,
        ),
        PhraseRule(
            """
            another operation|another update is|another request is|another process is|conflicting operation|\
            conflicting conditional
            """,
            .contended,
        ),
        PhraseRule(
            """
            operation in progress|operation is in progress|operation already in progress|update is in progress|\
            update in progress
            """,
            .contended,
        ),
        PhraseRule(
            """
            concurrent request|concurrent operation|simultaneous|too many concurrent|concurrent write|\
            being processed by another
            """,
            .contended,
        ),
        PhraseRule(
            """
            concurrent update|concurrent modification|concurrent change + try again|try the|retry + !reload|\
            refetch|read|version|latest|etag|fetch
            """,
            .contended,
        ),
        PhraseRule(
            """
            currently being processed|is being processed|is being modified|being updated by|is busy|\
            resource busy|in progress
            """,
            .contended,
        ),
    ]
    private static let stale = [
        PhraseRule(
            """
            stale|out of date|out-of-date|outdated|optimistic|lost update|lock_version|lockversion|row version|\
            rowversion
            """,
            .staleVersionImplicit,
        ),
        PhraseRule(
            """
            modified by|changed by|updated by|edited by|been modified|been changed|was modified|was changed|\
            been updated|was updated|been edited
            """,
            .staleVersionImplicit,
        ),
        PhraseRule(
            """
            modified since|changed since|updated since|since you|newer version|newer revision|latest version|\
            current version
            """,
            .staleVersionImplicit,
        ),
        PhraseRule(
            """
            version + conflict|mismatch|does not match|doesn't match|not match|expected|differs|different|\
            older|behind|incorrect|invalid|wrong
            """,
            .staleVersionImplicit,
        ),
        PhraseRule(
            """
            revision + conflict|mismatch|does not match|doesn't match|not match|expected|older|old|current
            """,
            .staleVersionImplicit,
        ),
        PhraseRule(
            """
            etag|entity tag|if-match|if-unmodified-since|resourceversion|checksum does not match|fingerprint
            """,
            .staleVersionImplicit,
        ),
        PhraseRule(
            """
            concurrent modification|concurrent update|concurrent edit|concurrent change|concurrency|\
            concurrently
            """,
            .staleVersionImplicit,
        ),
        PhraseRule("sha + does not match|mismatch|expected", .staleVersionImplicit),
        PhraseRule("someone else|another user + modif|chang|edit|updat|saved", .staleVersionImplicit),
        PhraseRule(
            """
            not a fast-forward|non-fast-forward|not a fast forward|refetch|re-read|reload the|refresh and try|\
            edit conflict|update conflict
            """,
            .staleVersionImplicit,
        ),
        PhraseRule(
            """
            conflicting update|conflicting change|update conflict|save conflict|write conflict|\
            precondition failed + !conflict_target
            """,
            .staleVersionImplicit,
        ),
    ]
    private static let locked = PhraseRule(
        """
        is locked|already locked|lock already|already held|locked by|been locked|lock held|lock is held|\
        holds a lock|holds the lock|lock token| lease|checked out by|being edited by|currently edited|\
        locked for|exclusive lock|lock info|state lock|is holding|lock_conflict
        """,
        .locked,
    )
    private static let referential = [
        PhraseRule(
            """
            foreign key|still referenced|referenced by|are referencing|reference this|references this|refer to this|\
            in use by|used by|being used|has children|child |children|dependent|dependenc|depends on|depend on
            """,
            .referential,
        ),
        PhraseRule(
            """
            not empty|non-empty|nonempty|isn't empty|still has|still contain|associated with|attached to|\
            linked to|has active|has existing|has associated|has open
            """,
            .referential,
        ),
        PhraseRule(
            """
            cannot delete|cannot be deleted|unable to delete|can't delete|cannot remove|\
            cannot be removed + in use|has |because it|contains|exist|remain|belong
            """,
            .referential,
        ),
        PhraseRule("is in use|currently in use|still in use|in-use", .referential),
    ]
    private static let last = [
        PhraseRule(
            """
            read-only|readonly|archived|disabled|suspended|frozen|closed|not retryable|not cancel|not eligible|\
            not running|not active|paused|mutually exclusive|not buildable|does not allow|is active|checks failed|\
            in updating state|frozen|already|no longer|not enough|unavailable|sold out|out of stock|not available
            """,
            .state,
        ),
        PhraseRule(
            """
            try again|please retry|retry the|retry your|retry later|retry after|be retried|please wait|\
            temporarily|busy
            """,
            .contended,
        ),
        PhraseRule(
            """
            not allowed|not possible|cannot be|can not be|can't be|must be|must first|not ready|cannot|\
            unable to|not in|quota|limit|insufficient
            """,
            .state,
        ),
    ]

    /// The kind that the words show best.
    static func kind(_ reading: AnswerReading) -> ConflictKind? {
        let text = reading.words
        guard !text.isEmpty else { return nil }
        if let kind = IdempotencyWords.kind(reading) ?? first.first(where: { $0.matches(text) })?.kind { return kind }
        if text.holds("idempot") { return .duplicateInFlight }
        let plain = reading.plainWords
        let sentences = plain.sentences
        if sentences.contains(where: { $0.holds(any: ["maximum number", "quota for", "quota exceeded"]) }) {
            return .state
        }
        if sentences.contains(where: { $0.holds("has an action") || $0.holds("already") && $0.holds("in progress") })
            || PeerWords.tellsOfWork(sentences)
        {
            return .contended
        }
        if DependenceWords.hold(in: sentences), !ExistenceWords.saysTaken(plain) { return .referential }
        // «Version 3 already exists» and «email already in use» come before any talk of versions and uses.
        if let kind = ExistenceWords.kind(plain), !isStateful(plain) { return kind }
        if locked.matches(plain) { return .locked }
        if StateWords.hold(in: plain, loosely: true), !speaksOfChange(plain) { return .state }
        let rules = contended + stale + referential + last
        if let kind = rules.first(where: { $0.matches(plain) })?.kind ?? rules.first(where: { $0.matches(text) })?.kind
        {
            return kind
        }
        if let kind = ForeignWords.kind(text) ?? ExistenceWords.inPassing(sentences) { return kind }
        return sentences.contains { StateWords.isReason($0) } ? .state : nil
    }

    /// «Has been updated by another user» reads like a finished state but tells of a version.
    private static func speaksOfChange(_ text: SearchText) -> Bool {
        stale.contains { $0.matches(text) } || referential.contains { $0.matches(text) }
    }

    /// «Is already in use by 3 rules» when deleting tells of references, not of values.
    private static func isStateful(_ text: SearchText) -> Bool {
        text.holds(any: [
            "cannot delete", "cannot be deleted", "unable to delete", "can't delete", "cannot remove",
            "cannot be removed",
        ])
    }
}

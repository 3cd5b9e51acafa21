extension Dialect {
    /// Google's APIs (AIP-193) and gRPC behind gRPC-gateway or Connect.
    static let google = Dialect(name: "google") { reading in
        guard let code = rpcCode(reading) else { return reasons(reading) }
        switch code {
        case .alreadyExists: return .conflict(.alreadyExists)
        case .aborted:
            if reading.words.holds(any: ["read-modify-write", "etag", "version", "fingerprint", "modified", "changed"])
            {
                return .conflict(.staleVersionImplicit)
            }
            if let kind = ExistenceWords.kind(reading.plainWords) ?? named(reading) { return .conflict(kind) }
            let isCrowd = reading.words.holds(any: [
                "contention", "transaction", "deadlock", "lock", "retry", "try again", "queue", "in progress",
            ])
            return .conflict(isCrowd ? .contended : .staleVersionImplicit)
        case .failedPrecondition:
            return failedPrecondition.first { $0.matches(reading.words) }.map { .conflict($0.kind) } ?? reasons(reading)
        }
    }

    /// «Label name exists or conflicts».
    private static func named(_ reading: AnswerReading) -> ConflictKind? {
        reading.words.holds("name exists") ? .uniqueness : nil
    }

    private enum RPCCode {
        case alreadyExists
        case failedPrecondition
        case aborted
    }

    private static func rpcCode(_ reading: AnswerReading) -> RPCCode? {
        let names = ["error.status", "status", "code", "error.code"].compactMap { reading.value($0) }
        for name in names.map({ ASCIIText.squeezed($0) }) {
            switch name {
            case "alreadyexists": return .alreadyExists
            case "failedprecondition": return .failedPrecondition
            case "aborted": return .aborted
            default: continue
            }
        }
        // gRPC-gateway gives the number of the code, and always has `details`-style company.
        guard let number = reading.value("code") ?? reading.answer.field("grpc-status"),
            reading.value("message") != nil || reading.value("error") != nil
        else { return nil }
        switch (number, reading.answer.status) {
        case ("6", 409): return .alreadyExists
        case ("10", 409): return .aborted
        case ("9", 400): return .failedPrecondition
        default: return nil
        }
    }

    private static let failedPrecondition = [
        PhraseRule(
            """
            incompatible operation|another operation|operation in progress|operation is in progress
            """,
            .contended,
        ),
        PhraseRule("etag|fingerprint|base version|stored version|metageneration", .staleVersionImplicit),
        PhraseRule(
            """
            not empty|non-empty|nonempty|isn't empty|still contains|has children|in use by|being used by
            """,
            .referential,
        ),
        PhraseRule("display name uniqueness|violates uniqueness", .uniqueness),
        PhraseRule("in a deleted state", .state),
        PhraseRule("already exists", .alreadyExists),
        PhraseRule("has been modified|was modified|concurrent|version mismatch|stale", .staleVersionImplicit),
        PhraseRule("is already|was already|has already|has been already", .state),
        PhraseRule("in state|current state|not in a state|not in the state|wrong state|invalid state", .state),
        PhraseRule("cannot be + state", .state),
    ]

    /// `errors[].reason` of the older APIs.
    private static func reasons(_ reading: AnswerReading) -> Judgement? {
        guard reading.value("error.errors.reason") != nil || reading.value("error.details.reason") != nil else {
            return nil
        }
        if reading.hasCode("conditionnotmet") {
            if !reading.answer.conditions.namedVersion, reading.words.holds("is not complete") {
                return .conflict(.state)
            }
            return .conflict(reading.answer.conditions.ifNoneMatchAny ? .alreadyExists : .staleVersion)
        }
        if reading.words.holds(any: ["isn't empty", "not empty"]) { return .conflict(.referential) }
        let reasons = reading.members.filter { $0.key == "reason" }.compactMap { ErrorCode($0.value) }
        return reasonCodes.kind(of: reasons).map { .conflict($0) }
    }

    private static let reasonCodes = CodeTable([
        (.alreadyExists, "duplicate alreadyExists bucketAlreadyExists alreadyOwned"),
        (.referential, "resourceInUseByAnotherResource resourceInUse containerNotEmpty cannotDeleteNonEmpty"),
        (.state, "resourceNotReady invalidState notInProgress alreadyDone"),
        (.contended, "aborted operationInProgress concurrentUpdate transactionContention"),
        (.preconditionMissing, "preconditionRequired"),
        (.locked, "objectUnderActiveHold retentionPolicyNotMet"),
    ])
}

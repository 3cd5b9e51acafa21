/// The sort of a conflict: what happened, and therefore what a client may do about it.
///
/// Raw values are the names of the contract, section 4; they appear in `Parley-Conflict`, in problem documents, in
/// the journal
/// and in `/.well-known/parley/problems/KIND`.
package enum ConflictKind: String, CaseIterable, Sendable {
    /// The version named by a precondition is no longer current.
    case staleVersion = "stale-version"
    /// A version clash that the server found although no HTTP precondition was sent.
    case staleVersionImplicit = "stale-version-implicit"
    /// The server demands a condition (RFC 6585, section 3).
    case preconditionMissing = "precondition-missing"
    /// Creation of something that is already there.
    case alreadyExists = "already-exists"
    /// The first request with this idempotency key is still running.
    case duplicateInFlight = "duplicate-in-flight"
    /// The idempotency key belongs to another request.
    case keyReused = "key-reused"
    /// An earlier attempt may or may not have been applied.
    case outcomeUnknown = "outcome-unknown"
    /// Somebody else holds a lock or lease (RFC 4918, section 11.3).
    case locked
    /// Too many writers at once; nothing was decided about this one.
    case contended
    /// Journal only: a write replaced a version that its writer had not seen.
    case lostUpdate = "lost-update"
    /// Journal only: the resource changed without passing the gateway.
    case outOfBandWrite = "out-of-band-write"
    /// The operation is not legal in the resource's present state.
    case state
    /// Another writer owns a field that this one changes.
    case fieldOwnership = "field-ownership"
    /// A patch or merge does not fit the current document.
    case edit
    /// The collection that should hold the resource is missing.
    case parentMissing = "parent-missing"
    /// An append at the wrong offset.
    case offset
    /// A unique value is taken by another resource.
    case uniqueness
    /// Other resources depend on this one, or one that this names is missing.
    case referential
    /// A 409 to GET or HEAD: more likely a block than a conflict.
    case suspectedBlock = "suspected-block"
    /// The gateway cannot learn the current version, so it cannot judge the condition.
    case unversioned
    /// A conflict status that says nothing more.
    case unspecified

    /// Status of an answer that the gateway itself makes for this kind; `nil` where it makes none.
    ///
    /// Two kinds have a second status: `already-exists` is 412 when `If-None-Match: *` was sent, `unversioned` is
    /// 503 when the
    /// version may be known later.
    package var gatewayStatus: Int? {
        switch self {
        case .staleVersion: 412
        case .preconditionMissing: 428
        case .keyReused: 422
        case .locked: 423
        case .lostUpdate, .outOfBandWrite, .suspectedBlock: nil
        default: 409
        }
    }

    /// The status that an upstream's conflict of this kind gets where statuses are normalised; `nil` to leave it.
    ///
    /// What says too little, and what may pass by itself, keeps the status that its maker chose.
    package var normalStatus: Int? {
        switch self {
        case .unspecified, .suspectedBlock, .contended, .unversioned: nil
        default: gatewayStatus
        }
    }

    /// Whether the same request, sent again later, may succeed without anybody changing anything.
    ///
    /// `locked` with a known expiry and a 503 for `unversioned` are retryable too: see
    /// `isRetryable(status:retryAfterKnown:)`.
    package var isRetryable: Bool {
        self == .duplicateInFlight || self == .contended
    }

    /// Whether the kind appears in the journal only, never as an answer.
    package var isJournalOnly: Bool {
        self == .lostUpdate || self == .outOfBandWrite
    }

    /// Whether the same request may be sent again, given how it was answered.
    package func isRetryable(status: Int, retryAfterKnown: Bool) -> Bool {
        switch self {
        case .locked: retryAfterKnown
        case .unversioned: status == 503
        default: isRetryable
        }
    }

    /// Path of the page that explains this kind; the `type` of its problem document.
    package var problemPath: String {
        "/.well-known/parley/problems/\(rawValue)"
    }
}

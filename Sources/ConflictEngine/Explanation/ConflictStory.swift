/// Cause and cure of each kind of conflict.
enum ConflictStory {
    /// The story of a kind.
    static func of(_ kind: ConflictKind) -> ProblemStory {
        ProblemStory(cause: cause(kind), steps: steps(kind), again: again(kind), example: ConflictExample.of(kind))
    }

    private static func cause(_ kind: ConflictKind) -> String {
        switch kind {
        case .staleVersion:
            "Your If-Match, If-Unmodified-Since or If-None-Match named a version; the resource has changed since."
        case .staleVersionImplicit:
            "The request carried an old version in its body or query, or was based on one, and the server noticed."
        case .preconditionMissing:
            "Without a condition your write would replace whatever is there, seen or not; this route forbids that."
        case .alreadyExists: "You asked to create something, and something is already there under this name."
        case .duplicateInFlight: "The same idempotency key came a second time before the first request had an answer."
        case .keyReused: "The idempotency key was first used for a request with another method, path or body."
        case .outcomeUnknown:
            "An earlier write was cut off after it had been sent. It may yet be applied, so others have to wait."
        case .locked: "Somebody has taken a lock or lease on the resource, and your request does not carry its token."
        case .contended:
            "So many writes came at once that the server or the gateway could not let yours have its turn in time."
        case .lostUpdate:
            "A write without a condition replaced a version that was newer than the one its writer had read last."
        case .outOfBandWrite: "A read through the gateway found a version that no write through the gateway had made."
        case .state:
            "The resource is in a state in which the operation makes no sense, such as cancelling a shipped order."
        case .fieldOwnership:
            "The API records who manages which field, and another manager owns one that your request changes."
        case .edit: "The patch tests or changes something that the document no longer has, or two edits overlap."
        case .parentMissing: "The resource would be a member of a collection that does not exist."
        case .offset: "The bytes you sent do not begin where the upload stopped."
        case .uniqueness:
            "A field such as an e-mail address or a name may occur once, and another resource has this value."
        case .referential: "Other resources refer to this one, or this one refers to something that is not there."
        case .suspectedBlock:
            "A read cannot conflict with anything. Firewalls and bot checks answer 409 to what they do not like."
        case .unversioned: "Before a conditional write the gateway reads the resource, and that read told no version."
        case .unspecified:
            "The upstream answered with a conflict status and gave no reason that the gateway understands."
        }
    }

    private static func steps(_ kind: ConflictKind) -> [String] {
        switch kind {
        case .staleVersion, .staleVersionImplicit:
            [
                "GET the resource and keep its new ETag.",
                "Apply your change to what you just read; if the same parts changed, ask a person.",
                "Send the write with the new tag in If-Match.",
            ]
        case .preconditionMissing:
            ["GET the resource.", "Send its ETag in If-Match; to create it, send If-None-Match: * instead."]
        case .lostUpdate: [kind.defaultDetail, "Set require-condition on the route, so that this cannot happen again."]
        case .unspecified:
            [kind.defaultDetail, "Operators: add a rule under conflict.rules that says what this answer means."]
        case .suspectedBlock:
            [kind.defaultDetail, "Compare with a request from a browser; look at Retry-After and the body."]
        default: [kind.defaultDetail]
        }
    }

    private static func again(_ kind: ConflictKind) -> String {
        switch kind {
        case .duplicateInFlight: "Yes, unchanged and with the same key, after the time in Retry-After."
        case .contended: "Yes, unchanged, after a short pause with a random part."
        case .locked: "After the lock is released or has expired."
        case .state: "After the state has changed."
        case .parentMissing: "After the parent has been created."
        case .referential: "After the dependants have been removed."
        case .unversioned: "A 503: yes, later. A 409: no."
        case .outcomeUnknown: "No, and not with a new key either: first find out what happened."
        case .unspecified: "Unknown; reading is always safe."
        case .lostUpdate, .outOfBandWrite: "There is nothing to send again."
        default: "No: it can only fail again."
        }
    }
}

extension ConflictKind {
    /// One sentence that is the same for every occurrence (`title` of RFC 9457).
    package var title: String {
        switch self {
        case .staleVersion: "The resource has changed since the version you named"
        case .staleVersionImplicit: "Your change is based on a version that is no longer current"
        case .preconditionMissing: "This write must say which version it is based on"
        case .alreadyExists: "What you want to create already exists"
        case .duplicateInFlight: "The first request with this idempotency key is still running"
        case .keyReused: "This idempotency key belongs to a different request"
        case .outcomeUnknown: "An earlier write may or may not have been applied"
        case .locked: "The resource is locked by somebody else"
        case .contended: "Too many writers want this resource at once"
        case .lostUpdate: "A write replaced a version that its writer had not seen"
        case .outOfBandWrite: "The resource changed without passing the gateway"
        case .state: "The operation is not possible in the resource's present state"
        case .fieldOwnership: "Another writer owns a field that you change"
        case .edit: "The patch does not fit the current document"
        case .parentMissing: "The collection that should hold this resource does not exist"
        case .offset: "The upload continues at a different offset"
        case .uniqueness: "A value that must be unique is already taken"
        case .referential: "Other resources stand in the way"
        case .suspectedBlock: "A read was refused with 409, which is probably a block"
        case .unversioned: "The current version cannot be known, so the condition cannot be judged"
        case .unspecified: "The upstream reported a conflict without saying which"
        }
    }

    /// What an occurrence says when nothing more is known about it, with the cure.
    package var defaultDetail: String {
        switch self {
        case .staleVersion:
            "Read the resource again, apply your change to what you read, and send it with the new entity tag."
        case .staleVersionImplicit:
            "Read the resource again, apply your change to what you read, and send it once more."
        case .preconditionMissing:
            "Read the resource and send its entity tag in If-Match, or If-None-Match: * to create it."
        case .alreadyExists:
            "Read what is there: if it is what you wanted, you are done; else update it or choose another name."
        case .duplicateInFlight: "Wait for the time in Retry-After and send the same request with the same key."
        case .keyReused: "Use a new idempotency key, or send exactly the request that the key was first used for."
        case .outcomeUnknown: "Read the resource before you decide; sending the write again could apply it twice."
        case .locked: "Wait until the lock is released or expires, or submit the token of a lock that you hold."
        case .contended: "Nothing was changed. Send the same request again after a short, random pause."
        case .lostUpdate: "The overwritten change is gone from the resource; the history shows what it was."
        case .outOfBandWrite:
            "A writer that does not pass the gateway changed it; route every writer through the gateway."
        case .state: "Read the resource, bring it into a state that allows the operation, and send the request again."
        case .fieldOwnership:
            "Leave the field out, send the value it has now, or take it over by force if the API allows that."
        case .edit: "Read the resource again and compute the patch against what you read."
        case .parentMissing: "Create the parent first, then send the request again."
        case .offset: "Ask for the current offset and continue from there; do not send those bytes again."
        case .uniqueness: "Choose another value, or change the resource that holds this one."
        case .referential:
            "Remove or change what refers to the resource, or create what it refers to, then send the request again."
        case .suspectedBlock:
            "A read cannot conflict: look for a firewall, a bot check or a busy back end that answers 409."
        case .unversioned:
            "The read that should tell the version failed or is not versionable; see the upstream's own answer."
        case .unspecified: "Read the resource to find out what changed before you send anything again."
        }
    }
}

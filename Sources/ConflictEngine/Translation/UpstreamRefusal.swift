/// Whether an upstream refused a write because of the version that the gateway had put into it.
package enum UpstreamRefusal {
    /// Whether an answer to a request with a translated condition means that the condition did not hold.
    ///
    /// A conflict of another sort that happens to have the same status is left as it is. What says too little to tell
    /// counts; ``mayBeOther(_:)`` says so, and whoever can should look at the version itself.
    package static func isOfCondition(status: Int, kind: ConflictKind?) -> Bool {
        switch kind {
        case .staleVersion, .staleVersionImplicit: true
        case nil, .unspecified, .contended, .state: status == 409 || status == 412
        default: false
        }
    }

    /// Whether an answer of this kind may as well mean something else than the condition.
    package static func mayBeOther(_ kind: ConflictKind?) -> Bool {
        switch kind {
        case .staleVersion, .staleVersionImplicit: false
        default: true
        }
    }

    /// Whether an answer to a request that was to create something means that it is there already.
    package static func isOfAbsence(status: Int, kind: ConflictKind?) -> Bool {
        kind == .alreadyExists || isOfCondition(status: status, kind: kind)
    }
}

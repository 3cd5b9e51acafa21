/// Whether an upstream refused a write because of the version that the gateway had put into it.
package enum UpstreamRefusal {
    /// Whether an answer to a request with a translated condition means that the condition did not hold.
    ///
    /// A conflict of another sort that happens to have the same status is left as it is.
    package static func isOfCondition(status: Int, kind: ConflictKind?) -> Bool {
        switch kind {
        case .staleVersion, .staleVersionImplicit: true
        case nil, .unspecified, .contended: status == 409 || status == 412
        default: false
        }
    }

    /// Whether an answer to a request that was to create something means that it is there already.
    package static func isOfAbsence(status: Int, kind: ConflictKind?) -> Bool {
        kind == .alreadyExists || isOfCondition(status: status, kind: kind)
    }
}

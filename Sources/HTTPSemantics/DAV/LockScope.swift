/// Whether a lock tolerates others beside it (RFC 4918, section 6.2).
package enum LockScope: String, Sendable, Equatable, CaseIterable {
    /// No other lock on the same resource.
    case exclusive
    /// Other shared locks on the same resource.
    case shared

    /// Whether locks of these scopes may be held on one resource at the same time (RFC 4918, section 6.1).
    package func isCompatible(with other: LockScope) -> Bool { self == .shared && other == .shared }
}

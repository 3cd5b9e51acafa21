package import HTTPSemantics

/// A wish for a new lock.
package struct LockRequest: Sendable, Equatable {
    /// The name for it: unique for all time, made by the caller from chance.
    package var token: StateToken
    /// What to lock.
    package var root: ResourceIdentity
    /// Whether others may be held beside it.
    package var scope: LockScope
    /// How far below the root it is to reach.
    package var depth: LockDepth
    /// The element of a ``LockOwner``; empty if the creator says nothing.
    package var owner: [UInt8]
    /// Who asks; `nil` for an anonymous caller.
    package var principal: String?
    /// For how long, in milliseconds, at least 1.
    package var duration: Int64

    /// A wish for a lock; by default nobody else may hold one, on `root` alone.
    package init(
        token: StateToken,
        root: ResourceIdentity,
        scope: LockScope = .exclusive,
        depth: LockDepth = .zero,
        owner: [UInt8] = [],
        principal: String?,
        duration: Int64
    ) {
        self.token = token
        self.root = root
        self.scope = scope
        self.depth = depth
        self.owner = owner
        self.principal = principal
        self.duration = duration
    }
}

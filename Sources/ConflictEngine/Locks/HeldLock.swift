package import HTTPSemantics

/// A write lock that somebody holds (RFC 4918, section 6).
package struct HeldLock: Sendable, Hashable {
    /// Its name; not a secret, so knowing it alone permits nothing.
    package let token: StateToken
    /// What it is rooted at.
    package let root: ResourceIdentity
    /// Whether others may be held beside it.
    package let scope: LockScope
    /// How far below the root it reaches.
    package let depth: LockDepth
    /// The element of a ``LockOwner``; empty if the creator said nothing.
    package let owner: [UInt8]
    /// Who created it; `nil` for an anonymous caller, and then any anonymous caller counts as its creator.
    package let principal: String?
    /// When it was granted, in milliseconds since 1970.
    package let grantedAt: Int64
    /// From when on it is gone, in milliseconds since 1970.
    package internal(set) var expiresAt: Int64
    /// Its fencing number: greater than that of any lock granted before, and not changed by a refresh.
    package let fence: Int64

    /// Whether it is still held at `now`.
    func isHeld(at now: Int64) -> Bool { now < expiresAt }

    /// Whether `caller` may write under it: it is the creator and has submitted the token (RFC 4918, section 6.4).
    package func permits(_ caller: LockCaller) -> Bool {
        caller.principal == principal && caller.tokens.contains(token)
    }

    /// The lock as `lockdiscovery` tells about it at `now`; whole seconds are left, rounded up.
    package func active(at now: Int64) -> ActiveLock {
        let rest = expiresAt.subtractingReportingOverflow(now)
        let left = rest.overflow ? Int64.max : max(0, rest.partialValue)
        let seconds = left / 1000 + (left % 1000 > 0 ? 1 : 0)
        return ActiveLock(
            scope: scope,
            depth: depth,
            owner: owner,
            timeout: seconds,
            token: token,
            root: root.path
        )
    }
}

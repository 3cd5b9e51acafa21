import HTTPSemantics

/// A lock in plain values, as a store keeps it.
package struct LockRecord: Sendable, Equatable {
    /// The token's URI; the key.
    package var token: String
    /// The name of the upstream that holds the root.
    package var upstream: String
    /// The path of the root there, in normal form.
    package var path: [UInt8]
    /// `exclusive` or `shared`.
    package var scope: String
    /// `0` or `infinity`.
    package var depth: String
    /// The element of a ``LockOwner``; empty if the creator said nothing.
    package var owner: [UInt8]
    /// Who created it; `nil` for an anonymous caller.
    package var principal: String?
    /// When it was granted, in milliseconds since 1970.
    package var grantedAt: Int64
    /// From when on it is gone, in milliseconds since 1970.
    package var expiresAt: Int64
    /// Its fencing number.
    package var fence: Int64

    /// A record with these values, as a store has read them.
    package init(
        token: String,
        upstream: String,
        path: [UInt8],
        scope: String,
        depth: String,
        owner: [UInt8],
        principal: String?,
        grantedAt: Int64,
        expiresAt: Int64,
        fence: Int64
    ) {
        self.token = token
        self.upstream = upstream
        self.path = path
        self.scope = scope
        self.depth = depth
        self.owner = owner
        self.principal = principal
        self.grantedAt = grantedAt
        self.expiresAt = expiresAt
        self.fence = fence
    }

    /// The record of a lock.
    package init(_ lock: HeldLock) {
        token = lock.token.description
        upstream = lock.root.upstream
        path = lock.root.path
        scope = lock.scope.rawValue
        depth = lock.depth.rawValue
        owner = lock.owner
        principal = lock.principal
        grantedAt = lock.grantedAt
        expiresAt = lock.expiresAt
        fence = lock.fence
    }

    /// The lock; `nil` if the token is no URI, or scope or depth are unknown words.
    package var lock: HeldLock? {
        guard let token = StateToken(uri: Array(token.utf8)), let scope = LockScope(rawValue: scope),
            let depth = LockDepth(rawValue: depth)
        else { return nil }
        return HeldLock(
            token: token,
            root: ResourceIdentity(upstream: upstream, path: path),
            scope: scope,
            depth: depth,
            owner: owner,
            principal: principal,
            grantedAt: grantedAt,
            expiresAt: expiresAt,
            fence: fence
        )
    }
}

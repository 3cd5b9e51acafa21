/// Which conditions and keys a request carried; they tell one kind of conflict from another.
package struct SentConditions: Sendable, Equatable {
    /// `If-Match` was sent (RFC 9110, section 13.1.1).
    package var ifMatch: Bool
    /// `If-None-Match` was sent, with tags or with `*`.
    package var ifNoneMatch: Bool
    /// `If-None-Match: *` was sent: create only.
    package var ifNoneMatchAny: Bool
    /// `If-Unmodified-Since` was sent.
    package var ifUnmodifiedSince: Bool
    /// `Idempotency-Key` or one of its relatives was sent.
    package var idempotencyKey: Bool
    /// WebDAV's `If` or `Lock-Token` was sent (RFC 4918, section 10).
    package var lockToken: Bool

    /// The conditions that a request carried.
    package init(
        ifMatch: Bool = false,
        ifNoneMatch: Bool = false,
        ifNoneMatchAny: Bool = false,
        ifUnmodifiedSince: Bool = false,
        idempotencyKey: Bool = false,
        lockToken: Bool = false,
    ) {
        self.ifMatch = ifMatch
        self.ifNoneMatch = ifNoneMatch
        self.ifNoneMatchAny = ifNoneMatchAny
        self.ifUnmodifiedSince = ifUnmodifiedSince
        self.idempotencyKey = idempotencyKey
        self.lockToken = lockToken
    }

    /// Whether a version was named that the server had to compare.
    var namedVersion: Bool {
        ifMatch || ifUnmodifiedSince || (ifNoneMatch && !ifNoneMatchAny)
    }
}

/// A request's wish to be the one that is carried out under its key.
package struct IdempotencyClaim: Sendable, Equatable {
    /// Whose key it is.
    package var scope: IdempotencyScope
    /// What the request asks for.
    package var fingerprint: IdempotencyFingerprint
    /// When it is made, in milliseconds since 1970.
    package var madeAt: Int64
    /// Until when the claim stands unless it is renewed, in milliseconds since 1970.
    package var leaseEnd: Int64

    /// A claim.
    package init(scope: IdempotencyScope, fingerprint: IdempotencyFingerprint, madeAt: Int64, leaseEnd: Int64) {
        self.scope = scope
        self.fingerprint = fingerprint
        self.madeAt = madeAt
        self.leaseEnd = leaseEnd
    }
}

/// Names one caller's budget under one limit, without keeping the caller's bytes.
///
/// 128 bits: two keyed hashes (the standard library's SipHash with the process's random seed) over the scope, the sort
/// of caller and its bytes. Among 100,000 live keys two collide with a chance of some 1 in 10^28, and without the seed
/// nobody can search for a pair. Made on the stack: no allocation.
package struct RateLimitKey: Hashable, Sendable {
    /// The sort of thing whose bytes are counted, so that a consumer and an address of equal bytes stay apart.
    package enum Subject: UInt8, Sendable {
        case consumer = 1
        case address = 2
        case route = 3
        case header = 4
    }

    /// One half; hashes the key in tables.
    let first: UInt64
    /// The other half; chooses the shard.
    let second: UInt64

    /// The budget of the caller told by `bytes` (name, address or field value; empty for a whole route).
    package init(_ scope: RateLimitScope, _ subject: Subject, _ bytes: Span<UInt8>) {
        first = Self.digest(scope.first, subject, bytes)
        second = Self.digest(scope.second, subject, bytes)
    }

    /// The budget that all callers of a route share.
    package init(wholeRoute scope: RateLimitScope) {
        self.init(scope, .route, Span())
    }

    /// Feeds one half, which is a keyed hash already.
    package func hash(into hasher: inout Hasher) { hasher.combine(first) }

    private static func digest(_ scope: UInt64, _ subject: Subject, _ bytes: Span<UInt8>) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(scope)
        hasher.combine(subject.rawValue)
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

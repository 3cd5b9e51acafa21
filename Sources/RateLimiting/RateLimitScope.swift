/// The part of a limiter key that is known when a configuration is compiled: whose limit it is.
///
/// It is made from names rather than numbers, so that a reload keeps the state of every route that is still there.
package struct RateLimitScope: Hashable, Sendable {
    /// One half of the names' digest.
    let first: UInt64
    /// The other half.
    let second: UInt64

    /// The limit of a route; `purpose` tells several limits of one route apart.
    package init(service: String, route: String, purpose: String = "rate-limit") {
        first = Self.digest(1, service, route, purpose)
        second = Self.digest(2, service, route, purpose)
    }

    private static func digest(_ half: UInt8, _ parts: String...) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(half)
        for part in parts { hasher.combine(part) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

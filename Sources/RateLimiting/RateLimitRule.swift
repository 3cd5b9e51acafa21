package import Catalog

/// A rate limit ready for use: the generic cell rate algorithm in whole numbers.
///
/// Time is counted in ticks of 1/quota nanosecond, in which one request costs exactly `window` ticks; so nothing is
/// ever rounded, and no interval admits more than `burst` plus what the rate yields in it. Absurd numbers are drawn to
/// 1 and 2^62; with 128 bits no product of them overflows.
package struct RateLimitRule: Sendable, Equatable {
    /// Requests per window.
    package let quota: UInt64
    /// The window in nanoseconds: the cost of one request in ticks.
    package let window: UInt64
    /// Requests admitted at one instant.
    package let burst: UInt64

    private static let ceiling: UInt64 = 1 << 62

    /// Compiles a policy.
    package init(_ policy: RateLimitPolicy) {
        quota = Self.drawn(policy.quota)
        burst = Self.drawn(policy.burst)
        window = Self.nanoseconds(policy.window)
    }

    /// The value of the `RateLimit-Policy` field (draft-ietf-httpapi-ratelimit-headers), which has whole seconds only:
    /// a shorter or odd window is scaled up to the next whole second.
    package var policyField: String {
        let seconds = max(1, Self.roundedUp(UInt128(window), by: 1_000_000_000))
        let scaled = UInt128(quota) * UInt128(seconds) * 1_000_000_000 / UInt128(window)
        return "\"default\";q=\(min(scaled, UInt128(Self.ceiling)));w=\(seconds)"
    }

    /// `nanoseconds` in ticks.
    func ticks(_ nanoseconds: UInt64) -> UInt128 { UInt128(nanoseconds) * UInt128(quota) }

    /// `ticks` in nanoseconds, rounded up.
    func nanoseconds(_ ticks: UInt128) -> UInt64 { Self.roundedUp(ticks, by: UInt128(quota)) }

    /// Decides about one request.
    ///
    /// - Parameters:
    ///   - arrival: When the budget is full again, in nanoseconds with its fraction; moved on if admitted.
    ///   - now: Nanoseconds of a monotonic clock.
    /// - Returns: The decision with its figures.
    func admit(_ arrival: inout TheoreticalArrival, now: UInt64) -> RateLimitDecision {
        let now = ticks(now)
        let due = max(arrival.ticks(under: self), now)
        let horizon = now + UInt128(burst) * UInt128(window)
        let isAdmitted = due + UInt128(window) <= horizon
        let next = isAdmitted ? due + UInt128(window) : due
        if isAdmitted { arrival = TheoreticalArrival(ticks: next, quota: quota) }
        let left = horizon > next ? (horizon - next) / UInt128(window) : 0
        let wait = next + UInt128(window) > horizon ? next + UInt128(window) - horizon : 0
        let oneMore = next + (left + 1) * UInt128(window)
        return RateLimitDecision(
            isAdmitted: isAdmitted,
            remaining: Int(clamping: left),
            nanosecondsUntilNext: nanoseconds(wait),
            nanosecondsUntilMore: nanoseconds(oneMore > horizon ? oneMore - horizon : 0)
        )
    }

    private static func drawn(_ number: Int) -> UInt64 { min(UInt64(max(1, number)), ceiling) }

    private static func nanoseconds(_ duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return 1 }
        let nanoseconds = UInt128(seconds) * 1_000_000_000 + UInt128(attoseconds / 1_000_000_000)
        return UInt64(min(max(1, nanoseconds), UInt128(ceiling)))
    }

    private static func roundedUp(_ number: UInt128, by divisor: UInt128) -> UInt64 {
        guard number > 0 else { return 0 }
        return UInt64(clamping: (number - 1) / divisor + 1)
    }
}

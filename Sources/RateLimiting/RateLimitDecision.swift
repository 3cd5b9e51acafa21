/// What the limiter says about one request.
package struct RateLimitDecision: Sendable, Equatable {
    /// Whether the request may go on.
    package let isAdmitted: Bool
    /// How many more would be admitted at this instant.
    package let remaining: Int
    /// Nanoseconds until one more is admitted; 0 if one would be now.
    package let nanosecondsUntilNext: UInt64
    /// Nanoseconds until one more remains than does now, if nothing comes in between.
    package let nanosecondsUntilMore: UInt64

    /// A decision with its figures.
    package init(isAdmitted: Bool, remaining: Int, nanosecondsUntilNext: UInt64, nanosecondsUntilMore: UInt64) {
        self.isAdmitted = isAdmitted
        self.remaining = remaining
        self.nanosecondsUntilNext = nanosecondsUntilNext
        self.nanosecondsUntilMore = nanosecondsUntilMore
    }

    /// Whole seconds for `Retry-After`, rounded up, at least 1.
    package var retryAfterSeconds: Int { max(1, Self.seconds(nanosecondsUntilNext)) }

    /// The value of the `RateLimit` field (draft-ietf-httpapi-ratelimit-headers): what remains, and the whole seconds
    /// until there is more.
    package var field: String { "\"default\";r=\(remaining);t=\(Self.seconds(nanosecondsUntilMore))" }

    private static func seconds(_ nanoseconds: UInt64) -> Int {
        Int(clamping: nanoseconds / 1_000_000_000 + (nanoseconds % 1_000_000_000 == 0 ? 0 : 1))
    }
}

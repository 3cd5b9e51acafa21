import RateLimiting

/// The same limit told the other way round, as tokens in a bucket, in exact fractions: one token is `window` parts.
struct TokenBucket {
    var quota: UInt64
    var window: UInt64
    var burst: UInt64
    private var parts: UInt64
    private var last: UInt64 = 0

    init(quota: UInt64, window: UInt64, burst: UInt64) {
        self.quota = quota
        self.window = window
        self.burst = burst
        parts = burst * window
    }

    mutating func take(at now: UInt64) -> RateLimitDecision {
        parts = min(burst * window, parts + (now - last) * quota)
        last = now
        let isAdmitted = parts >= window
        if isAdmitted { parts -= window }
        let missing = parts >= window ? 0 : window - parts
        return RateLimitDecision(
            isAdmitted: isAdmitted,
            remaining: Int(parts / window),
            nanosecondsUntilNext: (missing + quota - 1) / quota,
            nanosecondsUntilMore: (window - parts % window + quota - 1) / quota
        )
    }
}

/// Limits how often a route may be called.
package struct RateLimitPolicy: Sendable, Equatable {
    /// What callers are told apart by.
    package enum Key: Sendable, Equatable {
        case consumer
        case address
        case route
        case header(String)
    }

    /// Requests per window, at least 1.
    package var quota: Int
    /// The window.
    package var window: Duration
    /// Requests admitted at one instant, at least 1.
    package var burst: Int
    /// What callers are told apart by.
    package var key: Key

    /// A limit; `burst` is the quota unless said otherwise.
    package init(quota: Int, window: Duration, burst: Int? = nil, key: Key = .address) {
        self.quota = quota
        self.window = window
        self.burst = burst ?? quota
        self.key = key
    }
}

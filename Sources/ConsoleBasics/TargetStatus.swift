/// How one target of an upstream is doing.
package struct TargetStatus: Sendable, Equatable {
    /// The target's URL as configured.
    package var url: String
    /// Its share of the traffic, relative to the others.
    package var weight: Int
    /// Whether it gets traffic.
    package var healthy: Bool
    /// Why, in a word or two, such as `healthy`, `unhealthy`, `ejected`, `returning`.
    package var state: String
    /// Exchanges that run on it now.
    package var activeRequests: Int
    /// Exchanges sent to it since the start.
    package var requests: UInt64
    /// Exchanges that failed on it since the start.
    package var failures: UInt64
    /// The last failure in words, if there was one.
    package var lastError: String?

    /// A target and what is known of it.
    package init(
        url: String,
        weight: Int = 1,
        healthy: Bool,
        state: String,
        activeRequests: Int = 0,
        requests: UInt64 = 0,
        failures: UInt64 = 0,
        lastError: String? = nil
    ) {
        self.url = url
        self.weight = weight
        self.healthy = healthy
        self.state = state
        self.activeRequests = activeRequests
        self.requests = requests
        self.failures = failures
        self.lastError = lastError
    }
}

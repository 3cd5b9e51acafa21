/// What the console asks of the running gateway.
package protocol GatewayObserving: Sendable {
    /// What runs: version, configuration, upstreams and their health.
    func status() async -> GatewayStatus
    /// The counters, as they are now.
    func metrics() async -> MetricsSnapshot
    /// Whether traffic can be served, and what is not as it should be.
    func readiness() async -> Readiness
}

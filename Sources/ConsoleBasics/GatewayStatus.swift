/// What runs, as the console shows it.
package struct GatewayStatus: Sendable, Equatable {
    /// The version of the program.
    package var version: String
    /// Time since the start, in seconds.
    package var uptimeSeconds: Double
    /// Which configuration runs.
    package var configuration: ConfigurationStatus
    /// The upstreams, in the order of the configuration.
    package var upstreams: [UpstreamStatus]

    /// Puts the parts together.
    package init(
        version: String,
        uptimeSeconds: Double,
        configuration: ConfigurationStatus,
        upstreams: [UpstreamStatus]
    ) {
        self.version = version
        self.uptimeSeconds = uptimeSeconds
        self.configuration = configuration
        self.upstreams = upstreams
    }
}

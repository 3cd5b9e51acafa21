/// How the targets of an upstream are probed.
package struct HealthCheck: Sendable, Equatable {
    /// Path asked for with GET; 2xx and 3xx answers are healthy.
    package var path: String
    /// Time between probes.
    package var interval: Duration = .seconds(5)
    /// Time for one probe.
    package var timeout: Duration = .seconds(1)
    /// Good probes in a row that bring a target back.
    package var healthy = 2
    /// Bad probes in a row that take a target out.
    package var unhealthy = 3

    /// A probe of `path` with the defaults of the contract.
    package init(path: String) { self.path = path }
}

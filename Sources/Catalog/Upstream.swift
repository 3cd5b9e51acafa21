/// A group of servers that answer for one API.
package struct Upstream: Sendable, Equatable {
    /// What the `Host` field sent upstream says.
    package enum HostField: Sendable, Equatable {
        case target
        case preserve
        case named(String)
    }

    /// How a target is chosen for a request.
    package enum Balance: Sendable, Equatable {
        case roundRobin
        case leastRequests
        case randomTwo
        case consistentHash(HashKey)
    }

    /// What part of a request decides its place on the hash ring.
    package enum HashKey: Sendable, Equatable {
        case header(String)
        case cookie(String)
        case address
    }

    /// Its name.
    package var name: UpstreamName
    /// Its servers, at least one.
    package var targets: [Target]
    /// What the `Host` field says.
    package var host = HostField.target
    /// How a target is chosen.
    package var balance = Balance.roundRobin
    /// Time limits.
    package var timeouts = UpstreamTimeouts()
    /// Extra tries after the first.
    package var retryAttempts = 1
    /// The active health check, if any.
    package var health: HealthCheck?
    /// TLS towards `https` targets.
    package var tls = UpstreamTLS()

    /// An upstream with the defaults of the contract.
    package init(name: UpstreamName, targets: [Target]) {
        self.name = name
        self.targets = targets
    }
}

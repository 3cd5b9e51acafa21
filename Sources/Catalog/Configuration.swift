/// Everything an operator wants of the gateway, checked: every name it uses is defined in it.
package struct Configuration: Sendable, Equatable {
    /// What holds for the whole gateway.
    package var gateway: GatewayOptions
    /// The upstreams by name, in the order they were written.
    package var upstreams: [Upstream]
    /// The consumers, in the order they were written.
    package var consumers: [Consumer]
    /// The services with their routes, in the order they were written.
    package var services: [Service]

    /// Puts checked parts together.
    package init(
        gateway: GatewayOptions = GatewayOptions(),
        upstreams: [Upstream] = [],
        consumers: [Consumer] = [],
        services: [Service] = []
    ) {
        self.gateway = gateway
        self.upstreams = upstreams
        self.consumers = consumers
        self.services = services
    }

    /// The upstream called `name`, if there is one.
    package func upstream(named name: UpstreamName) -> Upstream? {
        upstreams.first { $0.name == name }
    }
}

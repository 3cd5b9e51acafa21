import AccessControl
package import Catalog
import RouteMatching

/// One configuration, validated and compiled, immutable: what exchanges are answered from.
package final class Snapshot: Sendable {
    /// Finds routes.
    let routes: RouteTable
    /// The plans by route number.
    package let plans: [RoutePlan]
    /// The upstreams.
    package let upstreams: [UpstreamPlan]
    /// Finds consumers.
    let keys: KeyRing
    /// Names of the consumers by number.
    package let consumerNames: [String]
    /// Proxies whose forwarding fields are believed.
    let trustedProxies: [AddressBlock]
    /// Limits in nanoseconds: a whole head, silence within a body, an idle connection.
    let headTimeout, bodyTimeout, keepAlive: UInt64
    /// The access log's sampling threshold: a random number below it is written.
    let logThreshold: UInt64
    /// TLS of the gateway port.
    let certificates: GatewayCertificates?

    /// Compiles a configuration.
    /// - Throws: ``CompileFault`` with what an operator must mend.
    package init(_ configuration: Configuration, shared: SharedState) throws(CompileFault) {
        let gateway = configuration.gateway
        let compiler = UpstreamCompiler(shared.health)
        let upstreams = try compiler.compile(configuration.upstreams)
        let mounted = try shared.mounting?.services(of: configuration, compiler) ?? [:]
        self.upstreams = upstreams + mounted.values.map(\.upstream).sorted { $0.name < $1.name }
        keys = KeyRing(configuration.consumers)
        consumerNames = configuration.consumers.map(\.name.text)
        trustedProxies = gateway.trustedProxies
        headTimeout = gateway.headTimeout.wholeNanoseconds
        bodyTimeout = gateway.bodyTimeout.wholeNanoseconds
        keepAlive = gateway.keepAliveTimeout.wholeNanoseconds
        logThreshold = Self.threshold(gateway.accessLog)
        certificates = try gateway.certificates.isEmpty ? nil : GatewayCertificates(gateway.certificates)
        plans = Self.plans(configuration, upstreams: upstreams, mounted: mounted, slots: shared.slots)
        var lockable: Set<LockableShape> = []
        let entries = plans.map { plan in
            RouteTable.Entry(
                index: plan.index,
                pattern: plan.source.path,
                methods: Self.methods(of: plan, &lockable),
                hosts: plan.source.hosts
            )
        }
        do { routes = try RouteTable(entries) } catch { throw CompileFault(error.description) }
    }

    /// What tells routes apart that would take the same LOCK.
    private struct LockableShape: Hashable {
        let path: String
        let hosts: [String]
    }

    /// The methods that a route takes: LOCK and UNLOCK too where there are locks, on the first of several routes.
    private static func methods(of plan: RoutePlan, _ lockable: inout Set<LockableShape>) -> [String]? {
        guard let methods = plan.source.methods, plan.conflict?.policy.locks != nil else { return plan.source.methods }
        let shape = LockableShape(
            path: Self.shape(of: plan.source.path.source),
            hosts: plan.source.hosts.map { "\($0)" }
        )
        guard lockable.insert(shape).inserted else { return methods }
        return methods + ["LOCK", "UNLOCK"].filter { !methods.contains($0) }
    }

    /// A path without the names of its parameters.
    private static func shape(of path: String) -> String {
        var isWithin = false
        return path.filter { character in
            if character == "{" { isWithin = true } else if character == "}" { isWithin = false }
            return !isWithin || character == "{" || character == "."
        }
    }

    /// Who answers on the mounted services.
    var handlers: [any ServiceHandler] { plans.compactMap(\.handler) }

    private static func threshold(_ options: AccessLogOptions) -> UInt64 {
        guard options.destination != .off, options.sample > 0 else { return 0 }
        return options.sample >= 1 ? .max : UInt64(options.sample * 18_446_744_073_709_549_568)
    }

    private static func plans(
        _ configuration: Configuration,
        upstreams: [UpstreamPlan],
        mounted: [ServiceName: MountedService],
        slots: RouteSlots
    ) -> [RoutePlan] {
        var plans: [RoutePlan] = []
        for service in configuration.services {
            let own = mounted[service.name]
            let upstream = own?.upstream ?? upstreams.first { $0.name == service.upstream?.text }
            guard let upstream else { continue }
            let parts = RoutePlanParts(
                upstream: upstream,
                handler: own?.handler,
                bodyLimit: configuration.gateway.bodyLimit,
                consumers: configuration.consumers
            )
            for route in own?.routes ?? service.routes {
                let slot = slots.slot(service: service.name.text, route: route.name.text)
                plans.append(RoutePlan(route, index: plans.count, of: service, slot: slot, parts: parts))
            }
        }
        return plans
    }
}

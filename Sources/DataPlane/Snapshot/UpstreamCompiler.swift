package import Catalog
import Synchronization

/// Turns configured upstreams into plans that share pools with earlier plans for the same servers.
package struct UpstreamCompiler {
    private let health: HealthRegistry

    /// Pool numbers by what a connection depends on, for the life of the process.
    private static let pools = Mutex<[String: Int]>([:])

    /// A compiler that finds states in `health`.
    package init(_ health: HealthRegistry) { self.health = health }

    /// Compiles all upstreams.
    package func compile(_ upstreams: [Upstream]) throws(CompileFault) -> [UpstreamPlan] {
        var plans: [UpstreamPlan] = []
        for upstream in upstreams {
            var targets: [TargetPlan] = []
            for target in upstream.targets { targets.append(try plan(target, of: upstream)) }
            guard !targets.isEmpty else { throw CompileFault("upstream \(upstream.name) has no targets") }
            plans.append(UpstreamPlan(upstream, targets: targets, state: health.upstream(upstream.name.text)))
        }
        return plans
    }

    /// An upstream under another name whose targets are those of others: it shares their state, and is not forwarded to.
    package func gather(_ targets: [TargetPlan], as name: String) -> UpstreamPlan {
        UpstreamPlan(gathering: targets, as: name, state: health.upstream(name))
    }

    private func plan(_ target: Target, of upstream: Upstream) throws(CompileFault) -> TargetPlan {
        var tls: UpstreamTLSPlan?
        if target.scheme == .https {
            do {
                tls = try UpstreamTLSPlan(upstream.tls, host: target.host)
            } catch {
                throw CompileFault("upstream \(upstream.name): TLS cannot be set up: \(error)")
            }
        }
        let trust = "\(upstream.tls.certificateAuthority ?? "") \(upstream.tls.serverName ?? "") \(upstream.tls.verify)"
        let limits = "\(upstream.timeouts)"
        let key = "\(target.scheme) \(target.host) \(target.port) \(target.scheme == .https ? trust : "") \(limits)"
        let pool = Self.pools.withLock { pools in
            if let known = pools[key] { return known }
            pools[key] = pools.count
            return pools.count - 1
        }
        let state = health.target(target.url, of: upstream.name.text)
        return TargetPlan(target, of: upstream, state: state, poolIndex: pool, tls: tls)
    }
}

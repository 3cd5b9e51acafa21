import Catalog
import Synchronization

/// The states of all upstreams and targets by name, kept across reloads.
package final class HealthRegistry: Sendable {
    private struct TargetKey: Hashable {
        let upstream: String
        let url: String
    }

    private let states = Mutex<(targets: [TargetKey: TargetState], upstreams: [String: UpstreamState])>(([:], [:]))

    /// Nothing known yet.
    package init() {}

    /// The state of a target of an upstream.
    package func target(_ url: String, of upstream: String) -> TargetState {
        states.withLock { states in
            let key = TargetKey(upstream: upstream, url: url)
            if let known = states.targets[key] { return known }
            let fresh = TargetState()
            states.targets[key] = fresh
            return fresh
        }
    }

    /// The state of an upstream.
    package func upstream(_ name: String) -> UpstreamState {
        states.withLock { states in
            if let known = states.upstreams[name] { return known }
            let fresh = UpstreamState()
            states.upstreams[name] = fresh
            return fresh
        }
    }
}

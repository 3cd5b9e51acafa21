import Catalog
import Synchronization

/// One upstream, compiled: how a target is chosen.
package final class UpstreamPlan: Sendable {
    /// Its name.
    package let name: String
    /// Its targets.
    package let targets: [TargetPlan]
    /// What `Host` says.
    let host: Upstream.HostField
    /// How a target is chosen.
    let balance: Upstream.Balance
    /// Extra tries.
    let retryAttempts: Int
    /// The active check.
    let health: HealthCheck?
    /// What all loops share.
    let state: UpstreamState
    /// The time to the first byte, in nanoseconds.
    let responseTimeout: UInt64

    private let rotation: [Int]
    private let ring: [(point: UInt64, target: Int)]

    /// Compiles an upstream of compiled targets, at least one.
    init(_ upstream: Upstream, targets: [TargetPlan], state: UpstreamState) {
        name = upstream.name.text
        self.targets = targets
        host = upstream.host
        balance = upstream.balance
        retryAttempts = upstream.retryAttempts
        health = upstream.health
        self.state = state
        responseTimeout = upstream.timeouts.response.wholeNanoseconds
        rotation = Self.rotation(targets.map(\.weight))
        if case .consistentHash = upstream.balance { ring = Self.ring(targets) } else { ring = [] }
    }

    /// Gathers targets of other upstreams, at least one.
    init(gathering targets: [TargetPlan], as name: String, state: UpstreamState) {
        self.name = name
        self.targets = targets
        self.state = state
        host = .target
        balance = .roundRobin
        retryAttempts = 0
        health = nil
        responseTimeout = targets.map(\.response).max() ?? 0
        rotation = Self.rotation(targets.map(\.weight))
        ring = []
    }

    /// The target for a request; `avoided` is one that just failed.
    ///
    /// Never refuses: when none is well, all are tried.
    func choose(now: UInt64, hash: UInt64, chance: UInt64, avoiding avoided: TargetPlan?) -> TargetPlan {
        guard targets.count > 1 else { return targets[0] }
        let well = { (target: TargetPlan) in
            target !== avoided && target.state.takesTraffic(now: now, chance: chance)
        }
        let found: TargetPlan? =
            switch balance {
            case .roundRobin: inRotation(where: well)
            case .leastRequests: leastBusy(where: well)
            case .randomTwo: betterOfTwo(chance, where: well)
            case .consistentHash: onRing(hash, where: well)
            }
        return found ?? targets.first { $0 !== avoided && $0.state.isProbedHealthy }
            ?? targets.first { $0 !== avoided } ?? targets[0]
    }

    private func inRotation(where well: (TargetPlan) -> Bool) -> TargetPlan? {
        for _ in 0..<rotation.count {
            let target = targets[rotation[state.nextTurn() % rotation.count]]
            if well(target) { return target }
        }
        return targets.first(where: well)
    }

    /// The target with the fewest exchanges per weight; ties go in rotation.
    private func leastBusy(where well: (TargetPlan) -> Bool) -> TargetPlan? {
        let start = state.nextTurn() % targets.count
        var best: TargetPlan?
        for offset in 0..<targets.count {
            let target = targets[(start + offset) % targets.count]
            guard well(target) else { continue }
            guard let current = best else { best = target; continue }
            if Self.load(target) * current.weight < Self.load(current) * target.weight { best = target }
        }
        return best
    }

    private func betterOfTwo(_ chance: UInt64, where well: (TargetPlan) -> Bool) -> TargetPlan? {
        let count = UInt64(rotation.count)
        let first = targets[rotation[Int(truncatingIfNeeded: (chance >> 32) % count)]]
        let second = targets[rotation[Int(truncatingIfNeeded: (chance & 0xFFFF_FFFF) % count)]]
        switch (well(first), well(second)) {
        case (true, true): return Self.load(second) * first.weight < Self.load(first) * second.weight ? second : first
        case (true, false): return first
        case (false, true): return second
        case (false, false): return targets.first(where: well)
        }
    }

    private func onRing(_ hash: UInt64, where well: (TargetPlan) -> Bool) -> TargetPlan? {
        var low = 0
        var high = ring.count
        while low < high {
            let middle = (low + high) / 2
            if ring[middle].point < hash { low = middle + 1 } else { high = middle }
        }
        for offset in 0..<ring.count {
            let target = targets[ring[(low + offset) % ring.count].target]
            if well(target) { return target }
        }
        return nil
    }

    private static func load(_ target: TargetPlan) -> Int {
        max(0, target.state.active.load(ordering: .relaxed)) + 1
    }

    /// An order in which each target comes as often as its weight says, spread evenly.
    private static func rotation(_ weights: [Int]) -> [Int] {
        let scale = max(1, (weights.reduce(0) { $0 + min($1, 10_000) } + 1023) / 1024)
        let shares = weights.map { max(1, min($0, 10_000) / scale) }
        let total = shares.reduce(0, +)
        var credit = [Int](repeating: 0, count: shares.count)
        return (0..<total).map { _ in
            for index in credit.indices { credit[index] += shares[index] }
            let next = credit.indices.max { credit[$0] < credit[$1] || (credit[$0] == credit[$1] && $0 > $1) } ?? 0
            credit[next] -= total
            return next
        }
    }

    /// Points of every target on a ring, by weight; the same for every process and reload.
    private static func ring(_ targets: [TargetPlan]) -> [(point: UInt64, target: Int)] {
        var points: [(point: UInt64, target: Int)] = []
        for (index, target) in targets.enumerated() {
            for copy in 0..<(100 * min(target.weight, 20)) {
                points.append((StableHash.of(Array("\(target.url)#\(copy)".utf8).span), index))
            }
        }
        return points.sorted { $0.point < $1.point }
    }
}

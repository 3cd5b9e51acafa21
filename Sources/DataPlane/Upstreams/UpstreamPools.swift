import NIOCore
import NIOPosix

/// The connections of one loop to all targets, the most recently used first.
final class UpstreamPools {
    private struct Pool {
        var idle: [UpstreamConnection] = []
        var count = 0
    }

    /// Connections one loop holds to one target at most.
    private static let limit = 4096

    private var pools: [Pool] = []

    /// An idle connection to a target, taken out of the pool.
    func take(_ target: TargetPlan) -> UpstreamConnection? {
        guard target.poolIndex < pools.count else { return nil }
        while let connection = pools[target.poolIndex].idle.popLast() {
            if connection.phase == .idle { return connection }
        }
        return nil
    }

    /// Puts an idle connection back.
    func put(_ connection: UpstreamConnection) {
        grow(to: connection.target.poolIndex)
        pools[connection.target.poolIndex].idle.append(connection)
    }

    /// Takes a closed connection out of the count.
    func forget(_ connection: UpstreamConnection) {
        let index = connection.target.poolIndex
        guard index < pools.count else { return }
        if let place = pools[index].idle.firstIndex(where: { $0 === connection }) {
            pools[index].idle.remove(at: place)
        }
    }

    /// Drops connections that closed while idle.
    func reap(now: UInt64) {
        for index in pools.indices where pools[index].idle.contains(where: { $0.phase != .idle }) {
            pools[index].idle.removeAll { $0.phase != .idle }
        }
    }

    /// Closes all idle connections.
    func closeIdle() {
        for index in pools.indices {
            let idle = pools[index].idle
            pools[index].idle = []
            for connection in idle { connection.close() }
        }
    }

    private func grow(to index: Int) {
        while pools.count <= index { pools.append(Pool()) }
    }

    /// Makes a new connection and hands it over once it stands (TLS included), or says why not.
    func connect(
        to target: TargetPlan,
        on loop: LoopContext,
        _ done: @escaping (Result<UpstreamConnection, UpstreamFault>) -> Void
    ) {
        grow(to: target.poolIndex)
        guard pools[target.poolIndex].count < Self.limit else { return done(.failure(.exhausted)) }
        pools[target.poolIndex].count += 1
        let attempt = ConnectionAttempt(target: target, loop: loop) { [unowned self] result in
            if case .failure = result { pools[target.poolIndex].count -= 1 }
            done(result)
        } onClose: { [unowned self] in
            pools[target.poolIndex].count -= 1
        }
        attempt.start()
    }
}

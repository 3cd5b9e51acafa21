package import Catalog
import ConflictEngine
package import NIOCore
import NIOPosix
import NIOTLS
import Synchronization

/// The data plane: listeners, loops, and the snapshot they answer from.
package final class Gateway: Sendable {
    /// What the process shares.
    package let shared: SharedState
    private let group: MultiThreadedEventLoopGroup
    private let loops: [NIOLoopBound<LoopContext>]
    private let state: Mutex<State>

    private struct State {
        var listener: (any Channel)?
        var snapshot: Snapshot
        var probes: HealthProbes?
    }

    /// Compiles a configuration and prepares `count` loops.
    package init(_ configuration: Configuration, shared: SharedState, loops count: Int) async throws {
        self.shared = shared
        group = MultiThreadedEventLoopGroup(numberOfThreads: count)
        let snapshot = try Snapshot(configuration, shared: shared)
        shared.mounting?.runs(snapshot.handlers)
        var loops: [NIOLoopBound<LoopContext>] = []
        for loop in group.makeIterator() {
            let bound = loop.submit {
                NIOLoopBound(LoopContext(loop: loop, shared: shared, snapshot: snapshot), eventLoop: loop)
            }
            loops.append(try await bound.get())
        }
        self.loops = loops
        state = Mutex(State(listener: nil, snapshot: snapshot, probes: nil))
    }

    /// Whether the gateway's port speaks TLS.
    package var speaksTLS: Bool { snapshot.certificates != nil }

    /// The snapshot that runs now.
    package var snapshot: Snapshot { state.withLock { $0.snapshot } }

    /// Opens the port and says where.
    package func listen(host: String, port: Int) async throws -> SocketAddress? {
        // SwiftNIO sets TCP_NODELAY on the listener, from which Linux hands it on to every connection.
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { [shared] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptWatch(log: shared.log))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 32 * 1024, high: 128 * 1024))
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture { try prepare(channel) }
            }
        let listener = try await bootstrap.bind(host: host, port: port).get()
        state.withLock { $0.listener = listener }
        startProbes()
        return listener.localAddress
    }

    private func prepare(_ channel: any Channel) throws {
        guard let bound = loops.first(where: { $0.eventLoop === channel.eventLoop }) else { return }
        let loop = bound.value
        let pipeline = channel.pipeline.syncOperations
        let address = ClientAddress(channel.remoteAddress)
        guard loop.snapshot.certificates != nil else {
            return try pipeline.addHandler(ClientConnection(loop: loop, address: address, isSecure: false))
        }
        try SecureStart.prepare(channel, on: loop, address: address)
    }

    /// Compiles a configuration and gives it to every loop; what is under way ends under the old one.
    package func apply(_ configuration: Configuration) throws {
        let fresh = try Snapshot(configuration, shared: shared)
        shared.mounting?.runs(fresh.handlers)
        state.withLock { $0.snapshot = fresh }
        for bound in loops { bound.eventLoop.execute { bound.value.snapshot = fresh } }
        shared.history.resize(to: configuration.gateway.conflictMemory)
        shared.serviceBodies.resize(to: configuration.gateway.bodyMemory)
        startProbes()
    }

    private func startProbes() {
        let fresh = HealthProbes(snapshot.upstreams, on: group, log: shared.log)
        let old = state.withLock { state in
            let old = state.probes
            state.probes = fresh
            return old
        }
        old?.stop()
        fresh.start()
    }

    /// Stops accepting, lets what is under way finish within `limit`, then closes everything.
    package func drain(within limit: TimeAmount) async {
        let (listener, probes) = state.withLock { ($0.listener, $0.probes) }
        probes?.stop()
        try? await listener?.close().get()  // a listener that is closed already is what is wanted
        for bound in loops {
            bound.eventLoop.execute {
                bound.value.isDraining = true
                for client in bound.value.clients.values { client.closeIfIdle() }
            }
        }
        let deadline = NIODeadline.now() + limit
        while await connectionCount() > 0, NIODeadline.now() < deadline {
            try? await Task.sleep(for: .milliseconds(20))  // cancelled: the second signal ends the process anyway
        }
        for bound in loops {
            bound.eventLoop.execute {
                for client in bound.value.clients.values { client.cut() }
                bound.value.pools.closeIdle()
            }
        }
    }

    /// Ends the loops.
    package func shutdown() async {
        try? await group.shutdownGracefully()  // the process ends whatever this says
    }

    private func connectionCount() async -> Int {
        var count = 0
        for bound in loops {
            count += (try? await bound.eventLoop.submit { bound.value.clients.count }.get()) ?? 0
        }
        return count
    }

    /// A copy of all loops' counters.
    package func traffic() async -> TrafficReport {
        var report = TrafficReport(keys: shared.slots.keys)
        for bound in loops {
            let copy = bound.eventLoop.submit { LoopReport(bound.value.meters) }
            if let copy = try? await copy.get() { report.add(copy) }
        }
        return report
    }
}

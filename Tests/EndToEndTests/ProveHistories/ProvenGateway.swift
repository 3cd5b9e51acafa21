import Catalog
import DataPlane
import NIOCore
import TestKit

/// A real gateway in front of an upstream, for random histories.
struct ProvenGateway {
    /// How histories reach it.
    let underTest: GatewayUnderTest
    /// What it journaled.
    let journal: JournalCounts
    private let gateway: Gateway

    /// Starts a gateway with several loops.
    static func start(
        before upstream: FaultyUpstream,
        level: ConflictPolicy.Level = .serialise,
        loops: Int = 3
    ) async throws -> ProvenGateway {
        let route = RunningGateway.items(level: level.rawValue, settle: "400ms", "wait: 5s, queue: 64")
        return try await start(before: upstream, routes: route, loops: loops)
    }

    /// Starts a gateway with these routes, a ledger and a memory for locks.
    static func start(before upstream: FaultyUpstream, routes: String, loops: Int = 3) async throws -> ProvenGateway {
        let journal = JournalCounts()
        let configuration = try RunningGateway.configuration(routes, port: upstream.port)
        let (gateway, port) = try await Gateway.started(
            configuration,
            journal: journal,
            loops: loops,
            ledger: DistantLedger(),
            locks: DistantLockStore()
        )
        let underTest = GatewayUnderTest(port: port) { try gateway.apply(configuration) }
        return ProvenGateway(underTest: underTest, journal: journal, gateway: gateway)
    }

    /// Ends it.
    func stop() async {
        await gateway.drain(within: .seconds(5))
        await gateway.shutdown()
    }
}

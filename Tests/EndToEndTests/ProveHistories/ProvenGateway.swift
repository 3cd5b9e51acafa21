import Catalog
import ConfigurationReading
import DataPlane
import NIOCore
import TestKit

/// A real gateway in front of an upstream, for random histories.
struct ProvenGateway {
    /// Why there is none.
    enum Fault: Error {
        case refusedConfiguration([String])
        case noPort
    }

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
        let journal = JournalCounts()
        let configuration = try configuration(before: upstream, level)
        let shared = SharedState(
            journal: journal,
            accessLog: AccessLog(),
            conflictMemory: configuration.gateway.conflictMemory,
            log: { _ in }
        )
        let gateway = try await Gateway(configuration, shared: shared, loops: loops)
        guard let port = try await gateway.listen(host: "127.0.0.1", port: 0)?.port else { throw Fault.noPort }
        let underTest = GatewayUnderTest(port: port) { try gateway.apply(configuration) }
        return ProvenGateway(underTest: underTest, journal: journal, gateway: gateway)
    }

    /// Ends it.
    func stop() async {
        await gateway.drain(within: .seconds(5))
        await gateway.shutdown()
    }

    private static func configuration(
        before upstream: FaultyUpstream,
        _ level: ConflictPolicy.Level
    ) throws -> Configuration {
        let text = """
            parley: 1
            upstreams:
              shop:
                targets: [ { url: "http://127.0.0.1:\(upstream.port)" } ]
                timeouts: { connect: 2s, response: 400ms, idle: 400ms }
            services:
              shop:
                upstream: shop
                routes:
                  items:
                    path: /items/{id}
                    policies:
                      conflict: { level: \(level.rawValue), wait: 5s, queue: 64, settle: 400ms }
            """
        let outcome = ConfigurationReader().read(text: text, file: "histories.yaml", environment: [:])
        guard let configuration = outcome.configuration else {
            throw Fault.refusedConfiguration(outcome.findings.map { "\($0)" })
        }
        return configuration
    }
}

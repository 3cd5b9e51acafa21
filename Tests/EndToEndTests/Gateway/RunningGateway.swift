import Catalog
import ConfigurationReading
import DataPlane
import NIOCore
import TestKit

/// A real gateway on a free port, in front of a faulty upstream, for one test.
struct RunningGateway {
    /// A configuration that was refused, with what was found.
    struct RefusedConfiguration: Error {
        let findings: [String]
    }

    /// The port clients use.
    let port: Int
    /// What stands behind it.
    let upstream: FaultyUpstream
    /// What it journaled.
    let journal: JournalRecord
    /// The gateway.
    let gateway: Gateway

    /// Runs `body` with a gateway before `upstream`, whose routes are written in `routes`, and ends both.
    static func run(
        _ routes: String = items(),
        before upstream: FaultyUpstream,
        loops: Int = 2,
        consumers: String = "{}",
        _ body: (RunningGateway) async throws -> Void
    ) async throws {
        let journal = JournalRecord()
        let configuration = try configuration(routes, port: upstream.port, consumers: consumers)
        let (gateway, port) = try await Gateway.started(configuration, journal: journal, loops: loops)
        let running = RunningGateway(port: port, upstream: upstream, journal: journal, gateway: gateway)
        do {
            try await body(running)
        } catch {
            await running.stop()
            throw error
        }
        await running.stop()
    }

    /// The same with an upstream of its own, which makes tags if `makesTags`.
    static func run(
        _ routes: String = items(),
        makesTags: Bool = false,
        loops: Int = 2,
        _ body: (RunningGateway) async throws -> Void
    ) async throws {
        let upstream = try await FaultyUpstream.start(makesTags: makesTags)
        try await run(routes, before: upstream, loops: loops, body)
        try await upstream.stop()
    }

    private func stop() async {
        await gateway.drain(within: .seconds(2))
        await gateway.shutdown()
    }

    /// One route for items, with these keys of the policy `conflict` besides the level.
    static func items(level: String = "serialise", settle: String = "300ms", _ more: String = "") -> String {
        let keys = more.isEmpty ? "" : ", \(more)"
        return "items: { path: \"/items/{id}\", policies: { conflict: { level: \(level), settle: \(settle)\(keys) } } }"
    }

    /// A configuration with these routes in flow style, one a line.
    static func configuration(_ routes: String, port: Int, consumers: String = "{}") throws -> Configuration {
        let lines = routes.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n")
        let text = """
            parley: 1
            upstreams:
              shop:
                targets: [ { url: "http://127.0.0.1:\(port)" } ]
                timeouts: { connect: 2s, response: 400ms, idle: 400ms }
            consumers: \(consumers)
            services:
              shop:
                upstream: shop
                routes:
            \(lines)
            """
        let outcome = ConfigurationReader().read(text: text, file: "test.yaml", environment: [:])
        guard let configuration = outcome.configuration else {
            throw RefusedConfiguration(findings: outcome.findings.map(\.rendered))
        }
        return configuration
    }

    /// A client with no connection yet.
    func client() -> HTTPTestClient { HTTPTestClient(port: port, patience: 20_000) }

    /// Sends one request on a connection of its own.
    func ask(
        _ method: String,
        _ target: String,
        _ fields: [HTTPField] = [],
        body: String = ""
    ) async throws -> HTTPTestResponse {
        var client = client()
        return try await client.send(HTTPTestRequest(method, target, fields: fields, body: Array(body.utf8)))
    }

    /// Puts an item behind the gateway's back and reads its tag through it.
    func place(_ body: String, at path: String) async throws -> String {
        upstream.replace(path, with: Array(body.utf8))
        return try await ask("GET", path)["etag"] ?? "no tag"
    }

    /// The bytes at `path` as text.
    func stored(at path: String) -> String? { upstream.body(at: path).map { String(decoding: $0, as: UTF8.self) } }
}

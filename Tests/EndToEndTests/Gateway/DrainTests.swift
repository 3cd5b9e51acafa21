import DataPlane
import NIOCore
import TestKit
import Testing

/// What becomes of exchanges when the gateway stops, and when its configuration changes.
@Suite(.timeLimit(.minutes(2)))
struct DrainTests {
    @Test func `draining lets a running exchange finish and closes its connection`() async throws {
        try await RunningGateway.run { running in
            async let slow = running.ask("PUT", "/items/1", [HTTPField("X-Fault", "slow=200")], body: "{}")
            try await Self.until { running.upstream.appliedWrites(at: "/items/1").count == 1 }
            await running.gateway.drain(within: .seconds(5))
            let answer = try await slow
            #expect(answer.status == 201)
            #expect(answer["connection"] == "close")
            await #expect(throws: HTTPTestFault.notConnected) { try await running.ask("GET", "/items/1") }
        }
    }

    @Test func `draining closes idle connections at once`() async throws {
        try await RunningGateway.run { running in
            var client = running.client()
            _ = try await client.send(HTTPTestRequest("GET", "/items/1"))
            let clock = ContinuousClock()
            let elapsed = await clock.measure { await running.gateway.drain(within: .seconds(20)) }
            #expect(elapsed < .seconds(5))
        }
    }

    @Test func `reloads under load drop and double nothing`() async throws {
        let upstream = try await FaultyUpstream.start()
        let routes = RunningGateway.items("wait: 20s, queue: 200")
        try await RunningGateway.run(routes, before: upstream, loops: 3) { running in
            let configuration = try RunningGateway.configuration(routes, port: upstream.port)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        var client = running.client()
                        for number in 0..<25 {
                            let body = Array(#"{"w":\#(writer),"n":\#(number)}"#.utf8)
                            let answer = try await client.send(HTTPTestRequest("PUT", "/items/1", body: body))
                            #expect(answer.status == 200 || answer.status == 201)
                        }
                    }
                }
                group.addTask {
                    for _ in 0..<40 {
                        try running.gateway.apply(configuration)
                        _ = try await running.ask("GET", "/items/1")
                    }
                }
                try await group.waitForAll()
            }
            #expect(upstream.appliedWrites(at: "/items/1").count == 200)
            #expect(running.journal.kinds.filter { $0 == "out-of-band-write" }.isEmpty)
        }
        try await upstream.stop()
    }

    @Test func `a new configuration is in force for the next request on an open connection`() async throws {
        try await RunningGateway.run { running in
            var client = running.client()
            #expect(try await client.send(HTTPTestRequest("GET", "/items/1")).status == 404)
            let moved = #"other: { path: "/elsewhere/{id}", rewrite: "/items/{id}" }"#
            try running.gateway.apply(try RunningGateway.configuration(moved, port: running.upstream.port))
            running.upstream.replace("/items/1", with: Array("{}".utf8))
            try await Self.until { try await client.send(HTTPTestRequest("GET", "/elsewhere/1")).status == 200 }
            let gone = try await client.send(HTTPTestRequest("GET", "/items/1"))
            #expect(gone.status == 404)
            #expect(gone.kind == "no-route")
        }
    }

    /// Asks again and again until the answer is yes; the suite's time limit ends what never comes.
    private static func until(_ isSo: () async throws -> Bool) async throws {
        while try await !isSo() { await Task.yield() }
    }
}

import HTTPSemantics
import Investigation
import TestKit
import Testing

/// Races over real connections.
@Suite struct RaceServerTests {
    private func race(
        on place: RacePlan.Place,
        patience: Duration = .seconds(30),
        _ change: (inout RaceSettings) -> Void = { _ in }
    ) async throws -> RaceResult {
        var settings = RaceSettings()
        change(&settings)
        let plan = try RacePlan(settings, at: place)
        let connections = RaceConnections(writers: settings.writers, patience: patience, trust: .machine)
        let result = await Race(plan, in: .real(connections, progress: { _ in })).run()
        await connections.close()
        return result
    }

    @Test func `a store without versions is shown to lose updates`() async throws {
        let upstream = try await FaultyUpstream.start()
        upstream.replace("/items/1", with: Array(#"{"n": 0}"#.utf8))
        let address = try RaceAddress("http://127.0.0.1:\(upstream.port)/items/1")
        let result = try await race(on: .existing(address))
        #expect(result.verdict.exitCode == 1)
        let proof = try #require(result.report.proof)
        #expect(proof.operations.count == 5)
        #expect(proof.operations.last?.method == "GET")
        #expect(upstream.requestCount == result.sent.all)
        #expect(result.sent.all <= result.limit.all)
        try await upstream.stop()
    }

    @Test func `a store that honours conditions loses none`() async throws {
        let upstream = try await FaultyUpstream.start(makesTags: true)
        upstream.replace("/items/1", with: Array(#"{"n": 0}"#.utf8))
        let address = try RaceAddress("http://127.0.0.1:\(upstream.port)/items/1")
        let result = try await race(on: .existing(address)) { $0.method = "PATCH" }
        #expect(result.verdict == .noLostUpdate(writes: 20))
        #expect(upstream.body(at: "/items/1") == Array(#"{"n":20}"#.utf8))
        #expect(upstream.requestCount == result.sent.all)
        try await upstream.stop()
    }

    @Test func `without conditions the same store loses some`() async throws {
        let upstream = try await FaultyUpstream.start(makesTags: true)
        upstream.replace("/items/1", with: Array(#"{"log": []}"#.utf8))
        let address = try RaceAddress("http://127.0.0.1:\(upstream.port)/items/1")
        let result = try await race(on: .existing(address)) {
            $0.usesCondition = false
            $0.field = "/log"
        }
        #expect(result.verdict.exitCode == 1)
        #expect(result.protection.tags == .strong)
        #expect(result.protection.conditionalWrites == 0)
        try await upstream.stop()
    }

    @Test func `a resource can be created for the race`() async throws {
        let upstream = try await FaultyUpstream.start(makesTags: true)
        let creation = RacePlan.Creation(
            method: "POST",
            address: try RaceAddress("http://127.0.0.1:\(upstream.port)/items"),
            body: Array(#"{"n": 0}"#.utf8),
            identifier: JSONPointer(tokens: ["id"])
        )
        let result = try await race(on: .created(creation))
        #expect(result.url == "http://127.0.0.1:\(upstream.port)/items/1")
        #expect(result.wasCreated)
        #expect(result.verdict == .noLostUpdate(writes: 20))
        #expect(upstream.received.first?.method == "POST")
        try await upstream.stop()
    }

    @Test func `writes whose connection drops have an unknown outcome`() async throws {
        let upstream = try await FaultyUpstream.start(makesTags: true)
        upstream.replace("/items/1", with: Array(#"{"n": 0}"#.utf8))
        var faults = FaultChoice(seed: 1, writes: 0.3, faults: [.dropBefore, .dropAfter])
        faults.certainWrites = [4]
        upstream.choose(faults)
        let address = try RaceAddress("http://127.0.0.1:\(upstream.port)/items/1")
        let result = try await race(on: .existing(address))
        #expect(result.report.unknown > 0)
        #expect(result.report.lost == 0)
        #expect(upstream.requestCount == result.sent.all)
        try await upstream.stop()
    }

    @Test func `a write that is not answered in time has an unknown outcome`() async throws {
        let upstream = try await FaultyUpstream.start(makesTags: true)
        upstream.replace("/items/1", with: Array(#"{"n": 0}"#.utf8))
        upstream.choose(FaultChoice(seed: 1, writes: 1, faults: [.stall(3_600_000)]))
        let address = try RaceAddress("http://127.0.0.1:\(upstream.port)/items/1")
        let result = try await race(on: .existing(address), patience: .milliseconds(100)) {
            ($0.writers, $0.writes) = (2, 1)
        }
        #expect(result.report.acknowledged == 0)
        #expect(result.verdict.exitCode == 3)
        try await upstream.stop()
    }

    @Test func `nobody at home is said so`() async throws {
        let upstream = try await FaultyUpstream.start()
        try await upstream.stop()
        let address = try RaceAddress("http://127.0.0.1:\(upstream.port)/items/1")
        let result = try await race(on: .existing(address))
        #expect(result.verdict.exitCode == 3)
        #expect(result.verdict.sentence.contains("cannot be reached"))
    }

    @Test(arguments: [
        ("/items/7?x=1", "http://h/items/7?x=1"), ("http://h/x/7", "http://h/x/7"), ("7", "http://h/7"),
    ])
    func `a Location leads to the new resource`(_ location: String, _ url: String) async throws {
        #expect(try await created(answer: [RaceField("Location", location)], "{}") == url)
    }

    @Test(arguments: ["http://elsewhere/items/7", "//elsewhere/items/7", "https://h/items/7"])
    func `a Location elsewhere is not followed`(_ location: String) async throws {
        #expect(try await created(answer: [RaceField("Location", location)], "{}") == "")
    }

    @Test(arguments: [#"{"id": 7}"#, #"{"id": "7"}"#, #"{"_id": "7"}"#])
    func `a name in the body leads there too`(_ body: String) async throws {
        #expect(try await created(answer: [], body) == "http://h/items/7")
    }

    /// The URL that a race takes place at when POST http://h/items is answered like this; empty if nowhere.
    private func created(answer fields: [RaceField], _ body: String) async throws -> String {
        let api = StubAPI(#"{"n": 0}"#) { request, content in
            request.method == "POST"
                ? .answer(status: 201, fields: fields, body: Array(body.utf8)) : StubAPI.checked(request, &content)
        }
        let creation = RacePlan.Creation(
            method: "POST",
            address: try RaceAddress("http://h/items"),
            body: Array("{}".utf8),
            identifier: JSONPointer(tokens: ["id"])
        )
        let world = Race.Surroundings(transport: api, now: { 0 }, pause: { _ in })
        let result = await Race(try RacePlan(RaceSettings(), at: .created(creation)), in: world).run()
        #expect((result.verdict == .noLostUpdate(writes: 20)) == !result.url.isEmpty)
        #expect(result.sent.all == api.requests.count)
        return result.url
    }
}

import HTTPSemantics
import Investigation
import Testing

/// Whole races on an API in memory.
@Suite struct RaceTests {
    private func run(
        on api: StubAPI,
        _ change: (inout RaceSettings) -> Void = { _ in }
    ) async throws -> RaceResult {
        var settings = RaceSettings()
        settings.seed = 7
        change(&settings)
        let plan = try RacePlan(settings, at: .existing(RaceAddress("http://api.test/items/1")))
        let world = Race.Surroundings(transport: api, now: { 0 }, pause: { _ in })
        let result = await Race(plan, in: world).run()
        #expect(api.requests.count { $0.method == "GET" } <= plan.budget.limit.reads)
        #expect(api.requests.count { $0.method != "GET" } <= plan.budget.limit.writes)
        #expect(api.requests.count == result.sent.all)
        return result
    }

    @Test func `an API without versions loses updates`() async throws {
        let api = StubAPI(#"{"n": 3, "name": "x"}"#, StubAPI.blind)
        let result = try await run(on: api)
        guard case .lostUpdates(let count) = result.verdict else {
            Issue.record("\(result.verdict)")
            return
        }
        // One writer alone, then four at once until each has written five times.
        #expect(count == 15 - 1)
        #expect(api.document == #"{"n":9,"name":"x"}"#)
        #expect(result.protection.tags == .none)
        #expect(result.verdict.exitCode == 1)
        #expect(RaceReportText.render(result).contains("ETag: none was given"))
    }

    @Test func `an API that compares versions loses nothing`() async throws {
        let result = try await run(on: StubAPI(#"{"n": 0}"#, StubAPI.checked))
        #expect(result.verdict == .noLostUpdate(writes: 20))
        #expect(result.verdict.exitCode == 0)
        #expect(result.protection.tags == .strong)
        #expect((result.protection.refusals[412] ?? 0) > 0)
        #expect(result.protection.staleConditionsAccepted == 0)
    }

    @Test func `an API that gives tags and ignores conditions is found out`() async throws {
        let result = try await run(on: StubAPI(#"{"n": 0}"#, StubAPI.careless))
        #expect(result.verdict.exitCode == 1)
        #expect(result.protection.staleConditionsAccepted > 0)
        let text = RaceReportText.render(result)
        #expect(text.contains("a stale tag was ACCEPTED"))
        #expect(text.contains("require-condition: true"))
    }

    @Test func `an API that demands conditions cannot be raced without`() async throws {
        let result = try await run(on: StubAPI(#"{"n": 0}"#, StubAPI.checked)) { $0.usesCondition = false }
        guard case .cannotTell(let reason, let remedy) = result.verdict else {
            Issue.record("\(result.verdict)")
            return
        }
        #expect(reason.contains("428"))
        #expect(remedy.contains("--no-condition"))
        #expect(result.verdict.exitCode == 3)
    }

    @Test(arguments: [#"{"n": "", "k": 1}"#, #"{"n": [], "k": 1}"#])
    func `marks in texts and lists are lost too`(_ document: String) async throws {
        let lossy = try await run(on: StubAPI(document, StubAPI.blind))
        #expect(lossy.verdict.exitCode == 1)
        #expect(lossy.report.proof?.lost.mark != nil)
        let sound = try await run(on: StubAPI(document, StubAPI.checked))
        #expect(sound.verdict == .noLostUpdate(writes: 20))
    }

    @Test(arguments: [
        (#"{"k": 1}"#, "there is no field /n; the resource has /k"),
        (#"{"n": true}"#, "is nothing that --value auto can change"),
        (#"{"n": 1.5}"#, "is nothing that --value auto can change"),
        ("no", "is not JSON"),
    ])
    func `a field that cannot be raced on is named`(_ document: String, _ words: String) async throws {
        let api = StubAPI(document, StubAPI.blind)
        let result = try await run(on: api)
        #expect(result.verdict.exitCode == 3)
        #expect(result.verdict.sentence.contains(words))
        #expect(api.requests.count == 1)
    }

    @Test(arguments: [301, 401, 404, 405, 415, 422])
    func `a write that cannot succeed ends the race at once`(_ status: Int) async throws {
        let api = StubAPI(#"{"n": 1}"#) { request, content in
            request.method == "GET"
                ? StubAPI.read(content, tags: false) : .answer(status: status, fields: [], body: Array("why".utf8))
        }
        let result = try await run(on: api)
        #expect(result.verdict.exitCode == 3)
        #expect(result.verdict.sentence.contains("PUT was answered with \(status): why"))
        #expect(api.requests.count == 2)
    }

    @Test func `a field that ignores writes is not called a loss`() async throws {
        let api = StubAPI(#"{"n": 1}"#) { _, content in StubAPI.read(content, tags: true) }
        let result = try await run(on: api)
        #expect(result.verdict.exitCode == 3)
        #expect(result.verdict.sentence.contains("reading shows the field unchanged"))
        #expect(api.requests.count { $0.method == "PUT" } == 1)
    }

    @Test func `a server that nobody reaches ends the race at once`() async throws {
        let api = StubAPI("") { _, _ in .notSent("refused") }
        let result = try await run(on: api)
        #expect(result.verdict.sentence.contains("the server cannot be reached: refused"))
        #expect(api.requests.count == 1)
    }

    @Test func `a server that never answers writes is not asked for ever`() async throws {
        let api = StubAPI(#"{"n": 1}"#) { request, content in
            request.method == "GET" ? StubAPI.read(content, tags: false) : .noAnswer("late")
        }
        let result = try await run(on: api)
        #expect(result.verdict.exitCode == 3)
        #expect(result.report.unknown == 20)
    }

    @Test(arguments: [429, 503])
    func `a server that turns everybody away is left alone`(_ status: Int) async throws {
        let api = StubAPI(#"{"n": 1}"#) { request, content in
            request.method == "GET"
                ? StubAPI.read(content, tags: false)
                : .answer(status: status, fields: [RaceField("Retry-After", "1")], body: [])
        }
        let result = try await run(on: api)
        #expect(result.verdict.exitCode == 3)
        #expect(api.requests.count <= 11)
    }

    @Test func `a pause of an hour is not waited for`() async throws {
        let api = StubAPI(#"{"n": 1}"#) { request, content in
            request.method == "GET"
                ? StubAPI.read(content, tags: false)
                : .answer(status: 503, fields: [RaceField("Retry-After", "3600")], body: [])
        }
        #expect(try await run(on: api).verdict.sentence.contains("asks for a pause of 3600 s"))
    }

    @Test(arguments: [6, 7, 8, 11, 20, 41])
    func `no more is sent than was told`(_ most: Int) async throws {
        for behaviour in [StubAPI.blind, StubAPI.checked, StubAPI.careless] {
            let api = StubAPI(#"{"n": 0}"#, behaviour)
            let result = try await run(on: api) { $0.maximumRequests = most }
            #expect(api.requests.count <= most)
            #expect(result.limit.all <= most)
        }
    }

    @Test func `weak tags that are never matched are told from conflicts`() async throws {
        let api = StubAPI(#"{"n": 1}"#) { request, content in
            guard request.method == "GET" else { return .answer(status: 412, fields: [], body: []) }
            return .answer(status: 200, fields: [RaceField("ETag", #"W/"1""#)], body: content.document)
        }
        let result = try await run(on: api)
        #expect(result.verdict.exitCode == 3)
        #expect(result.verdict.sentence.contains("weak tags"))
        #expect(api.requests.count == 10)
    }

    @Test func `an API that merges numbers loses nothing`() async throws {
        let api = StubAPI(#"{"n": 0}"#) { request, content in
            if request.method == "GET" { return StubAPI.read(content, tags: false) }
            content.version += 1
            content.document = Array("{\"n\": \(content.version - 1)}".utf8)
            return .answer(status: 204, fields: [], body: [])
        }
        #expect(try await run(on: api).verdict == .noLostUpdate(writes: 20))
    }

    @Test func `a single writer shows nothing`() async throws {
        let result = try await run(on: StubAPI(#"{"n": 0}"#, StubAPI.blind)) { $0.writers = 1 }
        #expect(result.verdict.sentence.contains("no two writes were on their way at once"))
    }

    @Test func `header fields go with every request and are not doubled`() async throws {
        let api = StubAPI(#"{"n": 0}"#, StubAPI.checked)
        _ = try await run(on: api) {
            $0.fields = [RaceField("Authorization", "Bearer x"), RaceField("content-type", "application/vnd.x+json")]
        }
        #expect(api.requests.allSatisfy { $0.fields.contains(RaceField("Authorization", "Bearer x")) })
        #expect(
            api.requests.allSatisfy { request in
                request.fields.count { $0.name.lowercased() == "content-type" } == 1
            }
        )
    }

    @Test func `the JSON report says the same as the text`() async throws {
        let result = try await run(on: StubAPI(#"{"n": 3}"#, StubAPI.blind))
        let json = RaceReportJSON.value(result)
        #expect(json["verdict"] == "lost-updates")
        #expect(json["lost"]?.integer == 14)
        #expect(json["history"]?.array?.count == 5)
        #expect(RaceReportText.render(result).hasPrefix("lost updates: 14\n"))
    }
}

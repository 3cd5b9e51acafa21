import Investigation
import Testing

/// What several exchanges together show.
@Suite struct DiagnosisTests {
    private func names(_ entries: [Recording.Entry]) throws -> [String] {
        try Recording.diagnose(Recording.archive(entries)).findings.map(\.name)
    }

    @Test func `traffic without conflicts has none`() throws {
        let report = try Recording.diagnose(Recording.archive([.init(), .init(method: "PUT"), .init(status: 404)]))
        #expect(report.conflicts == 0)
        #expect(report.exchanges == 3)
    }

    @Test func `an archive without entries is one`() throws {
        #expect(try Recording.diagnose(Recording.archive([])).exchanges == 0)
    }

    @Test func `a stale tag is explained by the write that made it stale`() throws {
        let report = try Recording.diagnose(
            Recording.archive([
                .init(fields: ["ETag": #""v1""#]),
                .init(caller: "b", method: "PUT", sent: ["If-Match": #""v1""#], fields: ["ETag": #""v2""#]),
                .init(method: "PUT", sent: ["If-Match": #""v1""#], status: 412),
            ])
        )
        let finding = try #require(report.findings.first)
        #expect(report.conflicts == 1)
        #expect(finding.name == "stale-version")
        #expect(finding.related == [.entry(2)])
        #expect(
            finding.story == [
                #"entry 2: PUT by another client had changed the resource to "v2", while this request named "v1"."#
            ]
        )
    }

    @Test func `one's own write can make one's tag stale`() throws {
        let report = try Recording.diagnose(
            Recording.archive([
                .init(method: "PUT"), .init(method: "PUT", sent: ["If-Match": #""v1""#], status: 412),
            ])
        )
        #expect(report.findings.first?.story.first?.contains("PUT by the same client") == true)
    }

    @Test func `a write over somebody else's that was not read may lose it`() throws {
        #expect(
            try names([.init(), .init(caller: "b", method: "PUT"), .init(method: "PUT")]) == ["possible-lost-update"]
        )
    }

    @Test func `a write after reading what somebody else wrote loses nothing`() throws {
        #expect(try names([.init(caller: "b", method: "PUT"), .init(time: 1), .init(time: 2, method: "PUT")]) == [])
    }

    @Test(arguments: ["If-Match", "If-Unmodified-Since", "If-None-Match"])
    func `a write with a condition is left to the server`(_ name: String) throws {
        let last = Recording.Entry(method: "PUT", sent: [name: "x"])
        #expect(try names([.init(), .init(caller: "b", method: "PUT"), last]) == [])
    }

    @Test func `another resource is another matter`() throws {
        let other = Recording.Entry(caller: "b", method: "PUT", url: "https://api.test/items/2")
        #expect(try names([.init(), other, .init(method: "PUT")]) == [])
    }

    @Test func `the same creation twice is one too many`() throws {
        let post = Recording.Entry(method: "POST", url: "https://api.test/orders", body: "{}", status: 201)
        #expect(try names([post, post]) == ["duplicate-post"])
        var other = post
        other.body = "{ }"
        #expect(try names([post, other]) == [])
        var keyed = post
        keyed.sent = ["Idempotency-Key": "k"]
        #expect(try names([keyed, keyed]) == [])
        var empty = post
        empty.body = nil
        #expect(try names([empty, empty]) == [])
        var refused = post
        refused.status = 500
        #expect(try names([refused, post]) == [])
    }

    @Test func `three failures in a row make one storm however many follow`() throws {
        func storm(_ count: Int, every seconds: Int) -> [Recording.Entry] {
            (0..<count).map { Recording.Entry(time: $0 * seconds, method: "PUT", body: "{}", status: 500) }
        }
        #expect(try names(storm(2, every: 1)) == [])
        let report = try Recording.diagnose(Recording.archive(storm(5, every: 2)))
        #expect(report.findings.map(\.name) == ["retry-storm"])
        #expect(report.findings[0].story[0].hasPrefix("Sent 5 times"))
        #expect(report.findings[0].related == [.entry(1), .entry(2)])
        #expect(try names(storm(4, every: 11)) == [])
    }

    @Test func `a success ends a storm`() throws {
        let bad = Recording.Entry(method: "PUT", body: "{}", status: 503)
        let good = Recording.Entry(method: "PUT", body: "{}")
        #expect(try names([bad, bad, good, bad, bad]) == [])
    }

    @Test func `a conflict in a body is recognised`() throws {
        let answer = #"{"code":"23505","message":"duplicate key value violates unique constraint \"users_email_key\""}"#
        let report = try Recording.diagnose(
            Recording.archive([
                .init(method: "POST", status: 409, fields: ["Content-Type": "application/json"], answer: answer)
            ])
        )
        #expect(report.findings.first?.name == "uniqueness")
        #expect(DiagnosisText.render(report, file: "f").contains("users_email_key"))
    }

    @Test func `findings beyond the most are counted`() throws {
        let many = (0..<1_100).map { Recording.Entry(url: "https://h/\($0)", status: 423) }
        let report = try Recording.diagnose(Recording.archive(many))
        #expect(report.findings.count == 1_000)
        #expect(report.conflicts == 1_100)
        #expect(report.counts == ["locked": 1_100])
        #expect(DiagnosisText.render(report, file: "f").contains("and 100 more"))
    }

    @Test func `callers are numbered and their secrets kept`() throws {
        let entries = ["secret-1", "secret-2", "secret-1"].map { Recording.Entry(caller: $0, status: 423) }
        let report = try Recording.diagnose(Recording.archive(entries))
        #expect(report.findings.map(\.exchange.client) == ["caller 1", "caller 2", "caller 1"])
        #expect(report.findings.allSatisfy { !"\($0)".contains("secret") })
    }

    @Test func `every finding says what to do`() throws {
        let report = try Recording.diagnose(
            Recording.archive(
                [400, 405, 409, 412, 422, 423, 428, 429, 500, 503].map {
                    .init(method: "PUT", url: "https://h/\($0)", status: $0)
                }
            )
        )
        #expect(report.findings.allSatisfy { !$0.steps.isEmpty && !$0.title.isEmpty })
        #expect(report.findings.map(\.exchange.status) == [409, 412, 423, 428])
    }
}

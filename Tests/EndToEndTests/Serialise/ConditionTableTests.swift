import TestKit
import Testing

/// The case table of the standards (rows 1 to 22 and 29) at level `serialise`, against upstreams with and without tags.
@Suite(.timeLimit(.minutes(2)))
struct ConditionTableTests {
    private static let path = "/items/1"
    private static let sent = #"{"n":2}"#
    private static let past = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let future = "Fri, 01 Jan 2100 00:00:00 GMT"

    /// A row: what is sent about the current tag, and what comes back.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let method: String
        let fields: @Sendable (String) -> [HTTPField]
        let status: Int
        var isMissing = false
        /// Whether the upstream's item may change.
        var isApplied: Bool { (200...299).contains(status) && method != "GET" && method != "OPTIONS" }

        init(
            _ row: String,
            _ method: String,
            _ status: Int,
            isMissing: Bool = false,
            _ fields: @escaping @Sendable (String) -> [HTTPField]
        ) {
            (testDescription, self.method, self.status, self.isMissing) = (row, method, status, isMissing)
            self.fields = fields
        }
    }

    private static func match(_ value: String) -> [HTTPField] { [HTTPField("If-Match", value)] }
    private static func none(_ value: String) -> [HTTPField] { [HTTPField("If-None-Match", value)] }

    private static let rows: [Row] = [
        Row("1 current tag", "PUT", 200) { match($0) },
        Row("2 other tag", "PUT", 412) { _ in match(#""B""#) },
        Row("3 weak form of the current tag", "PUT", 412) { match("W/\($0)") },
        Row("4 a list with a comma in quotes and an empty member", "PUT", 200) { match(#""B", "x,y" ,, "# + $0) },
        Row("5 star", "PUT", 200) { _ in match("*") },
        Row("5 star, nothing there", "PUT", 412, isMissing: true) { _ in match("*") },
        Row("5 tag, nothing there", "PUT", 412, isMissing: true) { _ in match(#""A""#) },
        Row("6 quoted star is a tag", "PUT", 412) { _ in match(#""*""#) },
        Row("7 star in a list", "PUT", 400) { match("*, \($0)") },
        Row("8 delete with a tag, nothing there", "DELETE", 404, isMissing: true) { _ in match(#""A""#) },
        Row("9 create-only, exists", "PUT", 412) { _ in none("*") },
        Row("9 create-only, nothing there", "PUT", 201, isMissing: true) { _ in none("*") },
        Row("10 read, current tag", "GET", 304) { none($0) },
        Row("10 read, weak form", "GET", 304) { none("W/\($0)") },
        Row("10 read, star", "GET", 304) { _ in none("*") },
        Row("11 delete unless current", "DELETE", 412) { none($0) },
        Row("12 date ignored beside tags", "GET", 200) { _ in
            none(#""B""#) + [HTTPField("If-Modified-Since", future)]
        },
        Row("13 date ignored beside If-Match", "PUT", 200) { match($0) + [HTTPField("If-Unmodified-Since", past)] },
        Row("14 invalid date", "PUT", 200) { _ in [HTTPField("If-Unmodified-Since", "yesterday")] },
        Row("15 If-Modified-Since on a write", "PUT", 200) { _ in [HTTPField("If-Modified-Since", future)] },
        Row("16 both fields", "PUT", 412) { match($0) + none($0) },
        Row("17 read with If-Match", "GET", 412) { _ in match(#""B""#) },
        Row("delete, current tag", "DELETE", 204) { match($0) },
        Row("patch, other tag", "PATCH", 412) { _ in match(#""B""#) },
        Row("patch, current tag", "PATCH", 200) { match($0) },
        Row("malformed If-None-Match on a write", "PUT", 400) { _ in none("B") },
        Row("malformed If-None-Match on a read", "GET", 200) { _ in none("B") },
    ]

    @Test(arguments: rows, [false, true])
    func `a condition has the effect that the standards say`(row: Row, makesTags: Bool) async throws {
        try await RunningGateway.run(makesTags: makesTags) { running in
            let tag = row.isMissing ? #""A""# : try await running.place(#"{"n":1}"#, at: Self.path)
            let json = [HTTPField("Content-Type", "application/json")]
            let body = row.method == "GET" || row.method == "DELETE" ? "" : Self.sent
            let answer = try await running.ask(row.method, Self.path, row.fields(tag) + json, body: body)
            #expect(answer.status == row.status, "\(answer.text)")
            let before = row.isMissing ? nil : #"{"n":1}"#
            let after = row.method == "DELETE" ? nil : Self.sent
            #expect(running.stored(at: Self.path) == (row.isApplied ? after : before))
            #expect(running.upstream.appliedWrites(at: Self.path).count == (row.isApplied ? 1 : 0))
        }
    }

    @Test func `row 18: who is not known learns nothing of versions`() async throws {
        let routes = """
            items: { path: "/items/{id}", policies: { key-auth: {}, conflict: { level: serialise } } }
            """
        try await RunningGateway.run(routes) { running in
            running.upstream.replace(Self.path, with: Array(Self.sent.utf8))
            let answer = try await running.ask("PUT", Self.path, Self.match(#""B""#), body: "{}")
            #expect(answer.status == 401)
            #expect(answer.kind == "unauthenticated")
            #expect(running.upstream.requestCount == 0)
        }
    }

    @Test func `row 19: OPTIONS has no conditions`() async throws {
        try await RunningGateway.run { running in
            _ = try await running.place("{}", at: Self.path)
            let answer = try await running.ask("OPTIONS", Self.path, Self.match(#""B""#))
            #expect(answer.status == 405)
            #expect(answer.kind == nil, "the upstream, which knows no OPTIONS, answers")
        }
    }

    @Test(arguments: [false, true])
    func `row 20: a range needs the current strong tag`(makesTags: Bool) async throws {
        try await RunningGateway.run(makesTags: makesTags) { running in
            let tag = try await running.place(#"{"n":1}"#, at: Self.path)
            let range = HTTPField("Range", "bytes=0-2")
            for (condition, status) in [(tag, 206), (#""B""#, 200), ("W/\(tag)", 200), (Self.past, 200)] {
                let answer = try await running.ask("GET", Self.path, [range, HTTPField("If-Range", condition)])
                #expect(answer.status == status, "If-Range: \(condition)")
                #expect(answer.text == (status == 206 ? #"{"n"# : #"{"n":1}"#))
            }
            let beyond = try await running.ask("GET", Self.path, [HTTPField("Range", "bytes=90-")])
            #expect(beyond.status == 416)
        }
    }

    @Test func `row 23: a client that accepts gzip writes with the tag it was given`() async throws {
        try await RunningGateway.run { running in
            running.upstream.replace(Self.path, with: Array("{}".utf8))
            let read = try await running.ask("GET", Self.path, [HTTPField("Accept-Encoding", "gzip, br")])
            let written = try await running.ask("PUT", Self.path, Self.match(read["etag"] ?? ""), body: Self.sent)
            #expect(written.status == 200)
            #expect(running.upstream.received.allSatisfy { $0["accept-encoding"] == "identity" })
        }
    }

    @Test func `row 29: a write must name a version where the route demands it`() async throws {
        try await RunningGateway.run(RunningGateway.items("require-condition: true")) { running in
            let tag = try await running.place("{}", at: Self.path)
            running.upstream.forgetRequests()
            let bare = try await running.ask("PUT", Self.path, body: Self.sent)
            let ignorable = [HTTPField("If-Unmodified-Since", "yesterday")]
            let weak = try await running.ask("PUT", Self.path, ignorable, body: Self.sent)
            let star = try await running.ask("PUT", Self.path, Self.match("*"), body: Self.sent)
            #expect([bare.status, weak.status, star.status] == [428, 428, 428])
            #expect(bare.kind == "precondition-missing")
            #expect(running.upstream.received.isEmpty, "428 is decided before any read")
            let written = try await running.ask("PUT", Self.path, Self.match(tag), body: Self.sent)
            #expect(written.status == 200)
        }
    }
}

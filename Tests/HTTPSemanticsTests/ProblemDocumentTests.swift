import HTTPSemantics
import Testing

struct ProblemDocumentTests {
    @Test func `a plain problem has its eight members in order`() {
        let problem = ProblemDocument(
            kind: "no-route",
            title: "No such route",
            status: 404,
            detail: "Nothing answers \"/x\".",
            instance: "urn:uuid:1",
            requestIdentifier: bytes("r-1")
        )
        #expect(
            text(problem.bytes)
                == #"{"type":"/.well-known/parley/problems/no-route","title":"No such route","status":404,"#
                + #""detail":"Nothing answers \"/x\".","instance":"urn:uuid:1","kind":"no-route","origin":"gateway","#
                + #""request_id":"r-1"}"#
        )
    }

    @Test func `a conflict says everything, with null where nothing is known`() throws {
        var conflict = ProblemConflict(resource: "/orders/42", isRetryable: false)
        conflict.yourVersion = #""v16""#
        conflict.changed = [
            .init(pointer: "/status", by: "billing", at: 1_795_227_360_123, requestIdentifier: "r-7"),
            .init(pointer: "/a~1b"),
        ]
        conflict.overlap = ["/status"]
        conflict.resolutions = [
            .init(rel: "reread", method: "GET", href: "/orders/42"),
            .init(rel: "resend", method: "PUT", href: "/orders/42", headers: [.init("If-Match", #""v17""#)]),
        ]
        var problem = ProblemDocument(kind: "stale-version", title: "Changed", status: 412, detail: "d")
        problem.conflict = conflict
        let value = try JSONParser.parse(problem.bytes)
        #expect(
            value.object?.members.map(\.name) == [
                "type", "title", "status", "detail", "instance", "kind", "origin", "request_id", "resource",
                "your_version",
                "current_version", "retryable", "retry_after_ms", "changed", "overlap", "resolutions",
            ]
        )
        #expect(value["your_version"] == #""v16""#)
        #expect(value["instance"] == .null && value["current_version"] == .null && value["retry_after_ms"] == .null)
        #expect(value["retryable"] == false)
        #expect(
            value["changed"] == [
                ["pointer": "/status", "by": "billing", "at": "2026-11-21T02:16:00.123Z", "request_id": "r-7"],
                ["pointer": "/a~1b", "by": .null, "at": .null, "request_id": .null],
            ]
        )
        #expect(value["overlap"] == ["/status"])
        #expect(
            value["resolutions"] == [
                ["rel": "reread", "method": "GET", "href": "/orders/42", "headers": [:]],
                ["rel": "resend", "method": "PUT", "href": "/orders/42", "headers": ["If-Match": #""v17""#]],
            ]
        )
    }

    @Test func `a conflict that may be retried says when`() throws {
        var problem = ProblemDocument(kind: "contended", title: "Busy", status: 409, detail: "d")
        problem.conflict = ProblemConflict(resource: "/r", isRetryable: true, retryAfterMilliseconds: 1_500)
        let value = try JSONParser.parse(problem.bytes)
        #expect(value["retryable"] == true)
        #expect(value["retry_after_ms"] == 1_500)
        #expect(value["changed"] == [] && value["overlap"] == [] && value["resolutions"] == [])
    }

    @Test func `the upstream's words, an outcome and further members come last`() throws {
        var problem = ProblemDocument(kind: "upstream-timeout", title: "t", status: 504, detail: "d", origin: .upstream)
        problem.outcome = "unknown"
        problem.upstream = .json(bytes(#"{"n":1.50}"#))
        problem.extensions.set("limit", to: 3)
        #expect(text(problem.bytes).hasSuffix(#""outcome":"unknown","upstream":{"n":1.50},"limit":3}"#))
        problem.upstream = .text([0x61, 0x22, 0xFF])
        let value = try JSONParser.parse(problem.bytes)
        #expect(value["upstream"] == "a\"\u{FFFD}")
        #expect(value["origin"] == "upstream")
    }
}

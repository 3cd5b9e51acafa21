import HTTPSemantics
import Investigation
import Testing

/// The forms of files.
@Suite struct DiagnosisFormTests {
    private static let log = """
        10.0.0.1 - alice [10/Oct/2026:13:55:36 +0200] "GET /items/1?x=[1] HTTP/1.1" 200 23 "-" "a \\" b"
        10.0.0.2 - - [10/Oct/2026:13:55:37 +0200] "PUT /items/1 HTTP/1.1" 409 -

        nonsense
        """

    @Test func `a combined log is read line by line`() throws {
        let report = try Recording.diagnose(Self.log)
        #expect(report.form == .combined)
        #expect(report.exchanges == 2)
        #expect(report.remarks == [.init(.line(4), "this is not a line of an access log in combined form")])
        let finding = try #require(report.findings.first)
        #expect(finding.exchange.place == .line(2))
        #expect(finding.exchange.client == "10.0.0.2")
        #expect(finding.exchange.time == 1_791_633_337_000)
        #expect(finding.exchange.requestFields == nil)
    }

    @Test func `a log shows a read and a write over somebody else's`() throws {
        let line = { (user: String, method: String) in
            "10.0.0.1 - \(user) [10/Oct/2026:13:55:36 +0200] \"\(method) /items/1 HTTP/1.1\" 200 1\n"
        }
        let lost = line("a", "GET") + line("b", "PUT") + line("a", "PUT")
        #expect(try Recording.diagnose(lost).findings.map(\.name) == ["possible-lost-update"])
        // Without a read of one's own nothing is known: the log does not show conditions.
        #expect(try Recording.diagnose(line("b", "PUT") + line("a", "PUT")).conflicts == 0)
    }

    @Test(arguments: [
        #"{"time":"2026-01-31T12:00:00.000Z","method":"put","path":"/i","status":409,"client":"c"}"#,
        #"{"ts":1769860800.0,"request":{"method":"PUT","uri":"/i","remote_ip":"c"},"status":409}"#,
        #"{"time_iso8601":"2026-01-31T12:00:00+00:00","remote_addr":"c","request":"PUT /i HTTP/1.1","status":"409"}"#,
        #"{"timestamp":"2026-01-31T12:00:00Z","http":{"method":"PUT","url":"/i","status_code":409},"ip":"c"}"#,
    ])
    func `a JSON log is read whatever its names`(_ line: String) throws {
        let report = try Recording.diagnose(line + "\n")
        #expect(report.form == .jsonLines)
        let exchange = try #require(report.findings.first).exchange
        #expect(exchange.method == "PUT")
        #expect(exchange.target == "/i")
        #expect(exchange.client == "c")
        #expect(exchange.time == 1_769_860_800_000)
    }

    @Test func `a JSON log that shows conditions tells blind writes`() throws {
        let line = { (client: String, condition: String) in
            #"{"method":"PUT","path":"/i","status":200,"client":"\#(client)","if_match":"\#(condition)"}"# + "\n"
        }
        #expect(
            try Recording.diagnose(line("a", "-") + line("b", "-")).findings.map(\.name) == ["possible-lost-update"]
        )
        #expect(try Recording.diagnose(line("a", "-") + line("b", "x")).conflicts == 0)
    }

    @Test func `a transcript of curl is read`() throws {
        let text = """
            *   Trying 127.0.0.1:80...
            > GET /items/1 HTTP/1.1
            > Host: h
            >
            < HTTP/1.1 200 OK\r
            < ETag: "1"\r
            <\r
            { [5 bytes data]
            {"n":1}* Connection #0 to host h left intact
            > PUT /items/1 HTTP/1.1
            > Host: h
            > If-Match: "0"
            >
            * upload completely sent off: 2 bytes
            < HTTP/1.1 100 Continue
            <
            < HTTP/1.1 409 Conflict
            < Content-Type: application/json
            <
            {"message":"Resource is locked","code":"locked"}
            * Connection #0 to host h left intact
            """
        let report = try Recording.diagnose(text)
        #expect(report.form == .curl)
        #expect(report.exchanges == 2)
        let exchange = try #require(report.findings.first).exchange
        #expect(exchange.target == "h/items/1")
        #expect(exchange.status == 409)
        #expect(String(decoding: exchange.answerBody, as: UTF8.self).contains("locked"))
    }

    @Test(arguments: ["* Connection #0 to host h left intact", "*   Trying 127.0.0.1:80..."])
    func `curl's own words are no part of a body`(_ words: String) throws {
        let start = "> PUT /i HTTP/1.1\n>\n< HTTP/1.1 409 Conflict\n<\n{\"n\": \"* \"}"
        let body = try #require(Recording.diagnose(start + words + "\n").findings.first).exchange.answerBody
        #expect(String(decoding: body, as: UTF8.self) == "{\"n\": \"* \"}")
    }

    @Test func `what is too long to remember is cut`() throws {
        let target = "/" + String(repeating: "x", count: 100_000)
        let line = "h - - [10/Oct/2026:13:55:36 +0200] \"GET \(target) HTTP/1.1\" 423 1\n"
        #expect(try Recording.diagnose(line).findings.first?.exchange.target.count == 2_048)
    }

    @Test(arguments: [
        ("{\"log\":{\"entries\":[\n{\"a\":}]}}", "line 2, column 6: "),
        ("{\"log\": {\"entries\": 1}}", "/log/entries is not a list"),
        ("[\n1]", "no /log"),
        ("", "line 1: there is no exchange"),
        ("hello", "line 1: this is not a line of an access log in combined form"),
        ("{\"a\":1}", "line 1: this is not a line of an access log in JSON"),
        ("{\"log\":{\"entries\":[{\"request\":{}}]}}", "entry 1: /log/entries/0/request/method is missing"),
    ])
    func `what cannot be read is refused with its place`(_ text: String, _ words: String) {
        do throws(InputFault) {
            _ = try Recording.diagnose(text)
            Issue.record("read")
        } catch {
            #expect(error.message.contains(words), "\(error.message)")
        }
    }

    @Test(arguments: [1, 7, 64, 1000])
    func `pieces do not matter`(_ size: Int) throws {
        let whole = try Recording.diagnose(Self.log)
        let pieces = try Recording.diagnose(Array(Self.log.utf8), inPiecesOf: size)
        #expect(DiagnosisText.render(whole, file: "f") == DiagnosisText.render(pieces, file: "f"))
    }

    @Test func `a line without end is passed over`() throws {
        let long = [UInt8](repeating: 0x41, count: 3 << 20)
        let report = try Recording.diagnose(Array(Self.log.utf8) + [10] + long + [10])
        #expect(report.passedOver == 2)
        #expect(report.remarks.last?.message == "a line longer than 1 MiB")
    }

    @Test(arguments: UInt64(1)...200)
    func `broken recordings never trap`(_ seed: UInt64) {
        var chance = RandomBytes(seed: seed)
        let start =
            seed % 2 == 0 ? Array(Self.log.utf8) : Recording.archive([.init(), .init(method: "PUT", status: 409)])
        let broken = chance.broken(start)
        if let report = try? Recording.diagnose(broken) {
            _ = DiagnosisText.render(report, file: "f")
            let json = JSONWriter.bytes(DiagnosisJSON.value(report, file: "f"))
            #expect(throws: Never.self) { try JSONParser.parse(json) }
        }
    }
}

import FuzzTargets
import HTTPWire
import Testing

/// How the end of an answer's body is found (RFC 9112 §6.3).
@Suite struct AnswerFramingTests {
    private func reading(_ status: Int, _ fields: String, version: String = "1.1") -> HeadReading {
        let reading = HeadReading(wire("HTTP/\(version) \(status) Words\r\n\(fields)\r\n"), as: .answer)
        #expect(reading.ending == .complete)
        return reading
    }

    @Test(arguments: [200, 201, 404, 409, 500, 999])
    func `an answer is framed by its fields, or else by the end of the connection`(_ status: Int) {
        #expect(reading(status, "Content-Length: 7\r\n").framing == .value(.length(7)))
        #expect(reading(status, "Content-Length: 0\r\n").framing == .value(.length(0)))
        #expect(reading(status, "Transfer-Encoding: chunked\r\n").framing == .value(.chunked))
        #expect(reading(status, "").framing == .value(.untilClose))
        #expect(reading(status, "", version: "1.0").framing == .value(.untilClose))
    }

    @Test(arguments: [100, 101, 103, 199, 204, 304], ["", "Content-Length: 7\r\n", "Transfer-Encoding: chunked\r\n"])
    func `some answers never have a body`(_ status: Int, _ fields: String) {
        #expect(reading(status, fields).framing == .value(.none))
    }

    @Test(arguments: ["", "Content-Length: 7\r\n", "Transfer-Encoding: chunked\r\n"])
    func `an answer to HEAD has no body, whatever it says`(_ fields: String) {
        #expect(reading(200, fields).framingToHead == .value(.none))
    }

    @Test(
        arguments: [
            (
                "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
                "both Content-Length and Transfer-Encoding are present"
            ),
            ("Content-Length: 1\r\nContent-Length: 1\r\n", "Content-Length is repeated"),
            ("Content-Length: 1, 1\r\n", "Content-Length is not a plain number"),
            ("Content-Length: -1\r\n", "Content-Length is not a plain number"),
            ("Content-Length:\r\n", "Content-Length is not a number that fits"),
            ("Transfer-Encoding: chunked, chunked\r\n", "a transfer coding is repeated"),
            ("Transfer-Encoding: chunked, gzip\r\n", "the transfer coding «chunked» is not the last one"),
        ] as [(String, StaticString)]
    )
    func `an answer that two readers could frame differently is refused`(_ fields: String, _ reason: StaticString) {
        for status in [200, 204, 304] {
            let found = reading(status, fields)
            #expect(found.framing == .fault(.malformed(reason)))
            #expect(found.framingToHead == .fault(.malformed(reason)))
        }
    }

    @Test func `an HTTP 1_0 answer with a Transfer-Encoding is refused, and other codings are unsupported`() {
        let old = reading(200, "Transfer-Encoding: chunked\r\n", version: "1.0")
        #expect(old.framing == .fault(.malformed("an HTTP/1.0 message has a Transfer-Encoding")))
        #expect(reading(200, "Transfer-Encoding: gzip, chunked\r\n").framing == .fault(.unsupportedCoding))
    }
}

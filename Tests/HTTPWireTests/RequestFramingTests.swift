import FuzzTargets
import HTTPWire
import Testing

/// How the end of a request's body is found, and what is refused because it could be found in two ways.
@Suite struct RequestFramingTests {
    private static let notANumber: StaticString = "Content-Length is not a plain number"
    private static let notFitting: StaticString = "Content-Length is not a number that fits"
    private static let repeated: StaticString = "Content-Length is repeated"
    private static let both: StaticString = "both Content-Length and Transfer-Encoding are present"
    private static let twice: StaticString = "a transfer coding is repeated"
    private static let notLast: StaticString = "the transfer coding «chunked» is not the last one"
    private static let notAList: StaticString = "Transfer-Encoding is not a list of coding names"
    private static let parameter: StaticString = "a parameter of a transfer coding is malformed or not allowed"

    private func framing(_ fields: String, version: String = "1.1") -> HeadReading.Answer<BodyFraming> {
        let reading = HeadReading(wire("POST / HTTP/\(version)\r\n\(fields)\r\n"), as: .request)
        #expect(reading.ending == .complete)
        return reading.framing
    }

    @Test func `a request without framing fields has no body`() {
        #expect(framing("Host: a\r\n") == .value(.none))
        #expect(framing("Host: a\r\n", version: "1.0") == .value(.none))
    }

    @Test(arguments: [
        ("0", 0), ("1", 1), ("10", 10), ("007", 7), ("\t 42 \t", 42), ("999999999999999999", 999_999_999_999_999_999),
        ("000000000000000001", 1),
    ])
    func `a plain Content-Length is the length`(_ value: String, _ length: Int) {
        for version in ["1.0", "1.1"] {
            #expect(framing("Content-Length: \(value)\r\n", version: version) == .value(.length(length)))
        }
    }

    @Test(arguments: [
        ("+1", notANumber), ("-1", notANumber), ("-0", notANumber), ("1,1", notANumber), ("1, 1", notANumber),
        ("1 1", notANumber), ("0x1", notANumber), ("1.0", notANumber), ("1e2", notANumber), ("1;a", notANumber),
        ("\"1\"", notANumber), ("\u{B2}", notANumber), ("1_0", notANumber), ("a", notANumber), ("1,", notANumber),
        ("", notFitting), ("1000000000000000000", notFitting), ("0000000000000000000", notFitting),
        ("9223372036854775808", notFitting), ("18446744073709551617", notFitting),
    ])
    func `any other Content-Length is refused`(_ value: String, _ reason: StaticString) {
        #expect(framing("Content-Length: \(value)\r\n") == .fault(.malformed(reason)))
    }

    @Test(arguments: [("1", "1"), ("1", "2"), ("0", "0"), ("1", ""), ("x", "1")])
    func `a repeated Content-Length is refused, identical or not`(_ first: String, _ second: String) {
        let fields = "Content-Length: \(first)\r\nA: b\r\ncontent-length: \(second)\r\n"
        #expect(framing(fields) == .fault(.malformed(Self.repeated)))
    }

    @Test(arguments: ["chunked", "CHUNKED", "Chunked", "\t chunked \t"])
    func `the one coding is chunked, in any case`(_ value: String) {
        #expect(framing("transfer-encoding: \(value)\r\n") == .value(.chunked))
    }

    @Test(arguments: [
        "gzip", "gzip, chunked", "identity", "xchunked", "chunked1", "gzip;level=9, chunked", "a ; b = c",
    ])
    func `well-formed codings other than chunked are not supported`(_ value: String) {
        #expect(framing("Transfer-Encoding: \(value)\r\n") == .fault(.unsupportedCoding))
    }

    @Test(arguments: [
        ("chunked, chunked", twice), ("gzip, GZIP, chunked", twice), ("chunked, gzip, chunked", twice),
        ("chunked, gzip", notLast), ("chunked,identity", notLast), ("", notAList), (",chunked", notAList),
        ("chunked,", notAList), ("chunked chunked", notAList), ("\"chunked\"", notAList), ("chun\u{80}ked", notAList),
        ("gzip,,chunked", notAList), (";a=b", notAList), ("chunked;a=b", parameter), ("chunked;", parameter),
        ("gzip;", parameter), ("gzip;a", parameter), ("gzip;=b", parameter), ("gzip;a=\"b\"", parameter),
        ("gzip;a=b=c", parameter),
    ])
    func `lists that two readers could take differently are refused`(_ value: String, _ reason: StaticString) {
        #expect(framing("Transfer-Encoding: \(value)\r\n") == .fault(.malformed(reason)))
    }

    @Test func `codings may come in several fields, and are one list`() {
        let two = { (first: String, second: String) in
            self.framing("Transfer-Encoding: \(first)\r\nTransfer-Encoding: \(second)\r\n")
        }
        #expect(two("gzip", "chunked") == .fault(.unsupportedCoding))
        #expect(two("chunked", "chunked") == .fault(.malformed(Self.twice)))
        #expect(two("chunked", "gzip") == .fault(.malformed(Self.notLast)))
        #expect(two("chunked", "") == .fault(.malformed(Self.notAList)))
    }

    @Test(arguments: ["chunked", "gzip", "", "identity"])
    func `Transfer-Encoding together with Content-Length is refused in either order`(_ coding: String) {
        let fields = ["Transfer-Encoding: \(coding)\r\n", "Content-Length: 5\r\n"]
        #expect(framing(fields.joined()) == .fault(.malformed(Self.both)))
        #expect(framing(fields.reversed().joined()) == .fault(.malformed(Self.both)))
    }

    @Test(arguments: ["chunked", "gzip"])
    func `HTTP 1_0 knows no Transfer-Encoding`(_ coding: String) {
        let fault = WireFault.malformed("an HTTP/1.0 message has a Transfer-Encoding")
        #expect(framing("Transfer-Encoding: \(coding)\r\n", version: "1.0") == .fault(fault))
    }
}

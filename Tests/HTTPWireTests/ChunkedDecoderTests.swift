import FuzzTargets
import HTTPWire
import NIOCore
import Testing

/// Chunked bodies are taken apart strictly (RFC 9112 §7.1).
@Suite struct ChunkedDecoderTests {
    @Test(arguments: ChunkedTable.accepted)
    func `a well-formed body is decoded up to its end and no further`(_ body: ChunkedTable.Accepted) {
        let reading = BodyReading(wire(body.text), framed: .chunked)
        #expect(reading.fault == nil)
        #expect(reading.isDone)
        #expect(text(reading.content) == body.content)
        #expect(reading.trailers.map { [text($0.name), text($0.value)] } == body.trailers)
        #expect(reading.taken == wire(body.text).count - body.rest.unicodeScalars.count)
    }

    @Test(arguments: ChunkedTable.refused)
    func `a malformed body is refused with its reason`(_ refused: Refused) {
        let reading = BodyReading(wire(refused.text), framed: .chunked)
        #expect(reading.fault == refused.fault)
        #expect(!reading.isDone)
    }

    @Test func `what came before a fault was handed out`() {
        let reading = BodyReading(wire("5\r\nhello\r\nx"), framed: .chunked)
        #expect(text(reading.content) == "hello")
        #expect(reading.fault == .malformed("a chunk size is not a hexadecimal number"))
    }

    @Test func `a body is not complete before its last byte`() {
        let body = wire("5;a\r\nhello\r\n0\r\nA: b\r\n\r\n")
        for count in 0..<body.count {
            let reading = BodyReading(Array(body.prefix(count)), framed: .chunked)
            #expect(!reading.isDone && reading.fault == nil && reading.taken == count)
            #expect(reading.trailers.isEmpty)
        }
    }

    @Test func `the largest size there is waits for its bytes`() {
        let reading = BodyReading(wire("fffffffffffffff\r\nabc"), framed: .chunked)
        #expect(text(reading.content) == "abc")
        #expect(!reading.isDone && reading.fault == nil)
    }

    @Test func `all extensions of a body together may have 16 KiB`() {
        let size = { (count: Int) in "1;" + String(repeating: "a", count: count - 1) + "\r\nx\r\n" }
        let end = "0\r\n\r\n"
        #expect(BodyReading(wire(size(16384) + end), framed: .chunked).isDone)
        #expect(BodyReading(wire(size(8000) + size(8384) + end), framed: .chunked).isDone)
        let fault = WireFault.malformed("chunk extensions are too long")
        #expect(BodyReading(wire(size(16385) + end), framed: .chunked).fault == fault)
        #expect(BodyReading(wire(size(8000) + size(8385) + end), framed: .chunked).fault == fault)
        let many = String(repeating: size(2), count: 8193)
        #expect(BodyReading(wire(many), framed: .chunked).fault == fault)
    }

    @Test func `trailers may have 8 KiB and a hundred fields`() {
        let section = { (count: Int) in "0\r\nA: " + String(repeating: "b", count: count - 7) + "\r\n\r\n" }
        #expect(BodyReading(wire(section(8192)), framed: .chunked).isDone)
        let tooLong = WireFault.malformed("the trailer section is too long")
        #expect(BodyReading(wire(section(8193)), framed: .chunked).fault == tooLong)
        let lines = { (count: Int) in "0\r\n" + String(repeating: "a:\r\n", count: count) + "\r\n" }
        #expect(BodyReading(wire(lines(100)), framed: .chunked).trailers.count == 100)
        #expect(BodyReading(wire(lines(101)), framed: .chunked).fault == .headersTooLarge)
        let endless = "0\r\n" + String(repeating: "a", count: 9000)
        #expect(BodyReading(wire(endless), framed: .chunked).fault == tooLong)
    }

    @Test(arguments: FieldName.allCases.filter { TrailerSection.forbidden.has($0) && $0 != .parley })
    func `a trailer that may only be a header is left out`(_ name: FieldName) {
        let body = "0\r\nBefore: a\r\n\(name.text): b\r\nAfter: c\r\n\r\n"
        let reading = BodyReading(wire(body), framed: .chunked)
        #expect(reading.isDone)
        #expect(reading.trailers.map { text($0.name) } == ["Before", "After"])
    }

    @Test func `framing, routing, authentication and conditions are never trailers`() {
        for name: FieldName in [
            .host, .contentLength, .transferEncoding, .connection, .te, .trailer, .upgrade, .expect, .authorization,
            .xAPIKey, .cookie, .setCookie, .contentType, .contentEncoding, .ifMatch, .ifNoneMatch, .davIf, .destination,
            .location, .cacheControl, .parley, .forwarded, .xForwardedFor, .xRequestID,
        ] {
            #expect(TrailerSection.forbidden.has(name), "\(name)")
        }
        #expect(!TrailerSection.forbidden.has(.other) && !TrailerSection.forbidden.has(.etag))
    }
}

import FuzzTargets
import HTTPWire
import NIOCore
import Testing

/// Bodies of every framing.
@Suite struct BodyDecoderTests {
    @Test(arguments: [BodyFraming.none, .length(0)])
    func `a message without a body leaves every byte alone`(_ framing: BodyFraming) {
        #expect(BodyDecoder(framing).isDone)
        let reading = BodyReading(wire("GET /"), framed: framing)
        #expect(reading.isDone && reading.taken == 0 && reading.content.isEmpty)
    }

    @Test func `a counted body takes its bytes and no more`() {
        for cutting in [Cutting.whole, .bytes, .once(4), .once(5), .once(6)] {
            let reading = BodyReading(wire("helloGET /"), framed: .length(5), cut: cutting)
            #expect(text(reading.content) == "hello")
            #expect(reading.isDone)
            #expect(reading.taken == reading.pieces.reduce(0, +))
        }
        let short = BodyReading(wire("hell"), framed: .length(5))
        #expect(!short.isDone && short.taken == 4 && text(short.content) == "hell")
    }

    @Test func `a counted body of the largest length waits`() {
        let reading = BodyReading(wire("abc"), framed: .length(Int.max))
        #expect(!reading.isDone && text(reading.content) == "abc")
    }

    @Test func `a body until the end of the connection is never complete by itself`() {
        let reading = BodyReading(wire("abc\r\n0\r\n\r\n"), framed: .untilClose, cut: .bytes)
        #expect(text(reading.content) == "abc\r\n0\r\n\r\n")
        #expect(!reading.isDone)
        #expect(BodyDecoder(.untilClose).endsWithConnection)
        #expect(!BodyDecoder(.chunked).endsWithConnection && !BodyDecoder(.length(1)).endsWithConnection)
    }

    @Test func `bytes that are there come in one piece`() {
        #expect(BodyReading(wire("hello"), framed: .length(5)).pieces == [5])
        #expect(BodyReading(wire("5\r\nhello\r\n2\r\nab\r\n0\r\n\r\n"), framed: .chunked).pieces == [5, 2])
        #expect(BodyReading(wire("hello"), framed: .untilClose).pieces == [5])
    }

    @Test func `asking on after the end gives the end again`() throws {
        for framing in [BodyFraming.none, .length(1), .chunked] {
            var decoder = BodyDecoder(framing)
            var buffer = ByteBuffer(bytes: wire(framing == .chunked ? "1\r\na\r\n0\r\n\r\nxyz" : "axyz"))
            while !decoder.isDone { _ = try decoder.next(&buffer) }
            let left = buffer.readableBytes
            for _ in 0..<3 {
                guard case .end = try decoder.next(&buffer) else { Issue.record("\(framing) goes on"); continue }
            }
            #expect(buffer.readableBytes == left)
            #expect(decoder.isDone)
        }
    }
}

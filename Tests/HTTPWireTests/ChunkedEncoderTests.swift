import FuzzTargets
import HTTPWire
import NIOCore
import Testing

/// What the encoder writes, byte for byte.
@Suite struct ChunkedEncoderTests {
    @Test(arguments: [
        (1, "1"), (9, "9"), (10, "a"), (15, "f"), (16, "10"), (255, "ff"), (256, "100"), (65536, "10000"),
        (0xDEAD_BEEF, "deadbeef"), (Int.max, "7fffffffffffffff"),
    ])
    func `a size is written in hexadecimal without zeros in front`(_ size: Int, _ digits: String) {
        var buffer = ByteBuffer()
        ChunkedEncoder.writeSize(size, to: &buffer)
        #expect(String(buffer: buffer) == digits + "\r\n")
    }

    @Test func `a body ends with an empty chunk, trailers and an empty line`() {
        var buffer = ByteBuffer()
        ChunkedEncoder.writeChunkEnd(to: &buffer)
        ChunkedEncoder.writeEnd(to: &buffer)
        #expect(String(buffer: buffer) == "\r\n0\r\n\r\n")
        buffer.clear()
        ChunkedEncoder.writeEnd(trailers: [(wire("Sum"), wire("a b")), (wire("X"), [])], to: &buffer)
        #expect(String(buffer: buffer) == "0\r\nSum: a b\r\nX: \r\n\r\n")
    }

    @Test(arguments: UInt64(0)..<40)
    func `what is encoded is decoded again, however it is cut`(_ seed: UInt64) {
        let content = (0..<Int(seed * 97)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ Int(seed)) }
        var buffer = ByteBuffer()
        for piece in Cutting.chance(seed).pieces(of: content) {
            ChunkedEncoder.writeSize(piece.count, to: &buffer)
            buffer.writeBytes(piece)
            ChunkedEncoder.writeChunkEnd(to: &buffer)
        }
        ChunkedEncoder.writeEnd(trailers: [(wire("Sum"), wire("\(seed)"))], to: &buffer)
        let bytes = Array(buffer.readableBytesView)
        for cutting in [Cutting.whole, .bytes, .chance(seed + 1)] {
            let reading = BodyReading(bytes, framed: .chunked, cut: cutting)
            #expect(reading.isDone && reading.taken == bytes.count)
            #expect(reading.content == content)
            #expect(reading.trailers == [BodyReading.Trailer(name: wire("Sum"), value: wire("\(seed)"))])
        }
    }
}

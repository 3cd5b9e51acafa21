import HTTPWire
import NIOCore

/// What holds for every chunked body, however it is cut.
enum ChunkedPromises {
    /// Inputs up to here can be written again within the decoder's limits.
    private static let longestRepeated = 4096

    /// Reads `input` whole and cut, and reads what the encoder makes of it.
    static func check(_ input: [UInt8]) throws(Disagreement) {
        let whole = BodyReading(input, framed: .chunked).withoutPieces
        let seed = input.reduce(UInt64(input.count)) { $0 &* 31 &+ UInt64($1) }
        for cutting in [Cutting.bytes, .chance(seed), .once(input.count / 2)] {
            let cut = BodyReading(input, framed: .chunked, cut: cutting).withoutPieces
            try Disagreement.unless(cut == whole, "cut as \(cutting) a body reads \(cut), whole it reads \(whole)")
        }
        guard whole.isDone, input.count <= longestRepeated else { return }
        let again = BodyReading(written(whole), framed: .chunked).withoutPieces
        try Disagreement.unless(again.isDone && again.fault == nil, "what the encoder wrote is refused: \(again)")
        try Disagreement.unless(again.content == whole.content, "what the encoder wrote reads differently")
        try Disagreement.unless(again.trailers == whole.trailers, "the trailers the encoder wrote read differently")
    }

    private static func written(_ reading: BodyReading) -> [UInt8] {
        var buffer = ByteBuffer()
        let size = reading.content.count % 97 + 1
        for start in stride(from: 0, to: reading.content.count, by: size) {
            let piece = reading.content[start..<min(start + size, reading.content.count)]
            ChunkedEncoder.writeSize(piece.count, to: &buffer)
            buffer.writeBytes(piece)
            ChunkedEncoder.writeChunkEnd(to: &buffer)
        }
        ChunkedEncoder.writeEnd(trailers: reading.trailers.map { ($0.name, $0.value) }, to: &buffer)
        return Array(buffer.readableBytesView)
    }
}

package import HTTPWire
import NIOCore

/// All that can be seen of a body once it was read, for comparing two ways of reading it.
package struct BodyReading: Equatable, Sendable {
    /// A trailer field that may be passed on.
    package struct Trailer: Equatable, Sendable {
        /// Its name as it came.
        package let name: [UInt8]
        /// Its value without surrounding white space.
        package let value: [UInt8]

        /// A field of these bytes.
        package init(name: [UInt8], value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    /// The body's bytes.
    package private(set) var content: [UInt8] = []
    /// Lengths of the pieces that came.
    package private(set) var pieces: [Int] = []
    /// The trailer fields.
    package private(set) var trailers: [Trailer] = []
    /// Bytes that belong to the body; 0 after a fault.
    package private(set) var taken = 0
    /// Whether the body is complete.
    package private(set) var isDone = false
    /// Why the bytes are no body.
    package private(set) var fault: WireFault?

    /// Reads a body framed so from `input`, cut in this way.
    package init(_ input: [UInt8], framed framing: BodyFraming, cut cutting: Cutting = .whole) {
        var decoder = BodyDecoder(framing)
        var buffer = ByteBuffer()
        var fed = 0
        do throws(WireFault) {
            for piece in cutting.pieces(of: input) where !decoder.isDone {
                buffer.writeBytes(piece)
                fed += piece.count
                try drain(&decoder, &buffer)
            }
        } catch {
            fault = error
            return
        }
        taken = fed - buffer.readableBytes
        isDone = decoder.isDone
        trailers = decoder.trailers.map { Trailer(name: $0.name, value: $0.value) }
    }

    /// The same without the lengths of pieces, which alone may depend on how the bytes were cut.
    package var withoutPieces: Self {
        var copy = self
        copy.pieces = []
        return copy
    }

    private mutating func drain(_ decoder: inout BodyDecoder, _ buffer: inout ByteBuffer) throws(WireFault) {
        while true {
            switch try decoder.next(&buffer) {
            case .piece(let piece):
                content += piece.readableBytesView
                pieces.append(piece.readableBytes)
            case .needsMore, .end: return
            }
        }
    }
}

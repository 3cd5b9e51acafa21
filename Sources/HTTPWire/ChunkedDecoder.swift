package import NIOCore

/// Takes a chunked body apart, strictly (RFC 9112 §7.1); incremental at every byte.
package struct ChunkedDecoder {
    /// What the bytes so far amount to.
    package enum Event {
        /// More bytes are needed.
        case needsMore
        /// A piece of the body.
        case piece(ByteBuffer)
        /// The body is complete; trailer fields are in ``ChunkedDecoder/trailers``.
        case end
    }

    private enum State { case size, sizeDigits, extensions, sizeEnd, data, dataCR, dataLF, trailers, done }

    /// Bytes that size lines' extensions may take in one body.
    private static let extensionLimit = 16 * 1024
    /// Bytes that the trailer section may take.
    private static let trailerLimit = 8 * 1024

    private var state = State.size
    private var remaining = 0
    private var digits = 0
    private var extensionBytes = 0
    private var trailerBytes: [UInt8] = []

    /// The trailer fields, after ``Event/end``.
    package private(set) var trailers: [(name: [UInt8], value: [UInt8])] = []

    /// A decoder at the beginning of a body.
    package init() {}

    /// Whether the body is complete.
    package var isDone: Bool { state == .done }

    /// Takes what it can from `buffer`; call again until it needs more or the body ends.
    /// - Throws: ``WireFault/malformed(_:)`` at the first byte out of place.
    package mutating func next(_ buffer: inout ByteBuffer) throws(WireFault) -> Event {
        while true {
            if state == .done { return .end }
            if state == .data { return readData(&buffer) }
            guard let byte = buffer.readInteger(as: UInt8.self) else { return .needsMore }
            try step(byte)
        }
    }

    private mutating func readData(_ buffer: inout ByteBuffer) -> Event {
        let count = min(remaining, buffer.readableBytes)
        guard count > 0, let piece = buffer.readSlice(length: count) else { return .needsMore }
        remaining -= count
        if remaining == 0 { state = .dataCR }
        return .piece(piece)
    }

    private mutating func step(_ byte: UInt8) throws(WireFault) {
        switch state {
        case .size, .sizeDigits: try readSize(byte)
        case .extensions: try readExtension(byte)
        case .sizeEnd: try endSizeLine(byte)
        case .dataCR:
            guard byte == ASCII.cr else { throw .malformed("a chunk is longer than its size") }
            state = .dataLF
        case .dataLF:
            guard byte == ASCII.lf else { throw .malformed("a chunk does not end in CRLF") }
            (state, digits, remaining) = (.size, 0, 0)
        case .trailers: try readTrailer(byte)
        case .data, .done: break
        }
    }

    private mutating func readSize(_ byte: UInt8) throws(WireFault) {
        if let value = ASCII.hexValue(byte) {
            guard digits < 15 else { throw .malformed("a chunk size is too long") }
            remaining = remaining << 4 | Int(value)
            digits += 1
            state = .sizeDigits
        } else if state == .sizeDigits, byte == ASCII.cr {
            state = .sizeEnd
        } else if state == .sizeDigits, byte == UInt8(ascii: ";") {
            state = .extensions
        } else {
            throw .malformed("a chunk size is not a hexadecimal number")
        }
    }

    private mutating func readExtension(_ byte: UInt8) throws(WireFault) {
        extensionBytes += 1
        guard extensionBytes <= Self.extensionLimit else { throw .malformed("chunk extensions are too long") }
        if byte == ASCII.cr {
            state = .sizeEnd
        } else if ASCII.isForbiddenInValue(byte) {
            throw .malformed("a chunk extension holds a control character")
        }
    }

    private mutating func endSizeLine(_ byte: UInt8) throws(WireFault) {
        guard byte == ASCII.lf else { throw .malformed("a chunk size line holds a bare CR") }
        state = remaining == 0 ? .trailers : .data
    }

    /// Collects the trailer section until its empty line, then reads it as fields.
    private mutating func readTrailer(_ byte: UInt8) throws(WireFault) {
        trailerBytes.append(byte)
        guard trailerBytes.count <= Self.trailerLimit else { throw .malformed("the trailer section is too long") }
        guard byte == ASCII.lf else { return }
        let count = trailerBytes.count
        guard count >= 2, trailerBytes[count - 2] == ASCII.cr else {
            throw .malformed("a trailer line ends in a bare LF")
        }
        if count == 2 {
            state = .done
        } else if trailerBytes[count - 3] == ASCII.lf, count >= 4, trailerBytes[count - 4] == ASCII.cr {
            trailers = try TrailerSection.fields(trailerBytes[..<(count - 2)])
            state = .done
        }
    }
}

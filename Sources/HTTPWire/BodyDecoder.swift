package import NIOCore

/// Finds a message's body in the bytes of its connection, whatever its framing.
package struct BodyDecoder {
    /// What the bytes so far amount to.
    package typealias Event = ChunkedDecoder.Event

    private enum State {
        case none
        case counted(Int)
        case chunked(ChunkedDecoder)
        case untilClose
    }

    private var state: State

    /// A decoder at the beginning of a body framed so.
    package init(_ framing: BodyFraming) {
        state =
            switch framing {
            case .none: .none
            case .length(0): .none
            case .length(let count): .counted(count)
            case .chunked: .chunked(ChunkedDecoder())
            case .untilClose: .untilClose
            }
    }

    /// Whether the body is complete.
    package var isDone: Bool {
        switch state {
        case .none: true
        case .counted(let left): left == 0
        case .chunked(let decoder): decoder.isDone
        case .untilClose: false
        }
    }

    /// Whether the end of the connection is the end of the body.
    package var endsWithConnection: Bool {
        if case .untilClose = state { true } else { false }
    }

    /// The trailer fields of a complete chunked body.
    package var trailers: [(name: [UInt8], value: [UInt8])] {
        if case .chunked(let decoder) = state { decoder.trailers } else { [] }
    }

    /// Takes what it can from `buffer`; call again until it needs more or the body ends.
    package mutating func next(_ buffer: inout ByteBuffer) throws(WireFault) -> Event {
        switch state {
        case .none: return .end
        case .counted(let left): return readCounted(left, &buffer)
        case .untilClose:
            let count = buffer.readableBytes
            guard count > 0, let piece = buffer.readSlice(length: count) else { return .needsMore }
            return .piece(piece)
        case .chunked(var decoder):
            state = .none
            defer { state = .chunked(decoder) }
            return try decoder.next(&buffer)
        }
    }

    private mutating func readCounted(_ left: Int, _ buffer: inout ByteBuffer) -> Event {
        guard left > 0 else { return .end }
        let count = min(left, buffer.readableBytes)
        guard count > 0, let piece = buffer.readSlice(length: count) else { return .needsMore }
        state = .counted(left - count)
        return .piece(piece)
    }
}

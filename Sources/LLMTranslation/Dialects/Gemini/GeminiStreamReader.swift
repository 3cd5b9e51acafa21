/// Reads an answer of `streamGenerateContent`: server-sent events, or the list that comes without `alt=sse`.
///
/// There is no terminal marker: an answer is complete at the end of the bytes if every candidate said why it ended.
package struct GeminiStreamReader: AnswerStreamReader {
    private enum Framing {
        case undecided
        case events(EventStreamReader)
        case elements(JSONElementReader)
    }

    private var framing = Framing.undecided
    private var state = GeminiStreamState()

    /// Pictures, sound, and what only Google's tools write.
    package var losses: [Loss] { state.losses.losses }

    /// A reader at the beginning.
    package init() {}

    /// Takes more bytes.
    package mutating func feed(_ bytes: ArraySlice<UInt8>, into events: inout [StreamEvent]) {
        var frames: [[UInt8]] = []
        var isTooLong = false
        switch framing {
        case .undecided:
            // White space and a byte order mark mean nothing in either form.
            guard let start = bytes.firstIndex(where: { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) }) else { return }
            let isJSON = bytes[start] == 0x5B || bytes[start] == 0x7B
            framing = isJSON ? .elements(JSONElementReader()) : .events(EventStreamReader())
            return feed(bytes[start...], into: &events)
        case .events(var reader):
            framing = .undecided
            reader.feed(bytes) { frames.append($0.data) }
            isTooLong = reader.isTooLong
            framing = .events(reader)
        case .elements(var reader):
            framing = .undecided
            reader.feed(bytes) { frames.append($0) }
            isTooLong = reader.isTooLong
            framing = .elements(reader)
        }
        for frame in frames { state.take(frame, into: &events) }
        if isTooLong { state.fail("The provider sent an event beyond all bounds.", into: &events) }
    }

    /// The bytes have ended.
    package mutating func finish(into events: inout [StreamEvent]) { state.finish(into: &events) }
}

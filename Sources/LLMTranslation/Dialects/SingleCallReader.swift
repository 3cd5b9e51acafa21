/// Reads an answer in pieces of which only the first call of each choice is passed on.
struct SingleCallReader: AnswerStreamReader {
    private var reader: any AnswerStreamReader
    private var dropped = 0
    private var dropsAny = false

    /// A reader of what `reader` reads.
    init(_ reader: any AnswerStreamReader) { self.reader = reader }

    var losses: [Loss] { reader.losses + (dropsAny ? [AnswerShape.further] : []) }

    var unsaidBytes: Int { reader.unsaidBytes &+ dropped }

    mutating func feed(_ bytes: ArraySlice<UInt8>, into events: inout [StreamEvent]) {
        var told: [StreamEvent] = []
        reader.feed(bytes, into: &told)
        take(told, into: &events)
    }

    mutating func finish(into events: inout [StreamEvent]) {
        var told: [StreamEvent] = []
        reader.finish(into: &told)
        take(told, into: &events)
    }

    mutating func release(into events: inout [StreamEvent]) {
        var told: [StreamEvent] = []
        reader.release(into: &told)
        take(told, into: &events)
    }

    private mutating func take(_ told: [StreamEvent], into events: inout [StreamEvent]) {
        for event in told {
            switch event {
            case .callStarted(_, let number, let call) where number > 0:
                dropsAny = true
                dropped &+= call.name.utf8.count &+ call.arguments.utf8.count
            case .callArguments(_, let number, let piece) where number > 0:
                dropped &+= piece.utf8.count
            default:
                events.append(event)
            }
        }
    }
}

/// Reads an answer in pieces of which only the first call of each choice is passed on.
struct SingleCallReader: ReshapingReader {
    var reader: any AnswerStreamReader
    private var dropped = 0
    private var dropsAny = false

    /// A reader of what `reader` reads.
    init(_ reader: any AnswerStreamReader) { self.reader = reader }

    var losses: [Loss] { reader.losses + (dropsAny ? [AnswerShape.further] : []) }

    var unsaidBytes: Int { reader.unsaidBytes &+ dropped }

    mutating func take(_ event: StreamEvent, into events: inout [StreamEvent]) {
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

    func flush(into events: inout [StreamEvent]) {}
}

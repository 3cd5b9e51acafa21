/// Reads an answer in pieces in which the text is the call of a ``ForcedCall``, which is there once all of it is.
struct ForcedCallReader: ReshapingReader {
    var reader: any AnswerStreamReader
    private let forced: ForcedCall
    private var held: (choice: Int, text: String) = (0, "")
    private var hasCalls = false
    private var isMissing = false

    /// A reader of what `reader` reads.
    init(_ reader: any AnswerStreamReader, _ forced: ForcedCall) {
        self.reader = reader
        self.forced = forced
    }

    var losses: [Loss] { reader.losses + (isMissing ? [ForcedCall.missing] : []) }

    var unsaidBytes: Int { reader.unsaidBytes &+ held.text.utf8.count }

    mutating func flush(into events: inout [StreamEvent]) {
        guard !held.text.isEmpty else { return }
        events.append(.text(choice: held.choice, held.text))
        held.text = ""
    }

    mutating func take(_ event: StreamEvent, into events: inout [StreamEvent]) {
        switch event {
        case .text(let choice, let text) where !hasCalls:
            held.choice = choice
            held.text += text
        case .callStarted:
            // The server has read the call out of the text itself.
            flush(into: &events)
            hasCalls = true
            events.append(event)
        case .stopped(let choice, let reason):
            let isCall = say(choice, into: &events)
            events.append(.stopped(choice: choice, isCall && reason == .natural ? .tool : reason))
        case .failed, .ended:
            flush(into: &events)
            events.append(event)
        default:
            events.append(event)
        }
    }

    /// Tells what is held as the call that it is, or as text; returns whether it is a call.
    private mutating func say(_ choice: Int, into events: inout [StreamEvent]) -> Bool {
        guard !hasCalls, var call = forced.call(of: held.text) else {
            isMissing = !hasCalls
            flush(into: &events)
            return false
        }
        held.text = ""
        let arguments = call.arguments
        call.arguments = ""
        events.append(.callStarted(choice: choice, call: 0, call))
        events.append(.callArguments(choice: choice, call: 0, arguments))
        return true
    }
}

/// Reads an answer in pieces in which the call of an ``AnswerTool`` is the text that it stands for.
package struct AnswerToolReader: ReshapingReader {
    var reader: any AnswerStreamReader
    private let tool: AnswerTool
    /// The number of the call that is the answer.
    private var answer: Int?
    /// The numbers of all calls of the tool; those behind the first say nothing that was asked for.
    private var own: Set<Int> = []
    private var hasOthers = false
    private var saysMore = false
    /// Text that came before the answer, and most likely introduces it: it is the answer where none comes.
    private var held: [(choice: Int, text: String)] = []
    /// The arguments of a wrapped answer, which is there once all of them are, and whose choice they are.
    private var arguments: (choice: Int, text: String) = (0, "")
    private var unsaid = 0

    /// A reader of what `reader` reads.
    package init(_ reader: any AnswerStreamReader, _ tool: AnswerTool) {
        self.reader = reader
        self.tool = tool
    }

    package var losses: [Loss] { reader.losses + (saysMore ? [AnswerTool.besides] : []) }

    package var unsaidBytes: Int { reader.unsaidBytes &+ unsaid }

    mutating func take(_ event: StreamEvent, into events: inout [StreamEvent]) {
        switch event {
        case .text(let choice, let text):
            unsaid &+= text.utf8.count
            if answer == nil { held.append((choice, text)) } else { saysMore = true }
        case .callStarted(let choice, let number, let call) where call.name == tool.name:
            begin(choice, number, call, into: &events)
        case .callStarted(let choice, let number, let call):
            hasOthers = true
            events.append(.callStarted(choice: choice, call: place(of: number), call))
        case .callArguments(let choice, let number, let piece) where own.contains(number):
            if number == answer { say(piece, choice, into: &events) } else { unsaid &+= piece.utf8.count }
        case .callArguments(let choice, let number, let piece):
            events.append(.callArguments(choice: choice, call: place(of: number), piece))
        case .stopped(let choice, let reason):
            flush(into: &events)
            let isAnswer = answer != nil && !hasOthers && reason == .tool
            events.append(.stopped(choice: choice, isAnswer ? .natural : reason))
        case .failed, .ended:
            flush(into: &events)
            events.append(event)
        default:
            events.append(event)
        }
    }

    private mutating func begin(_ choice: Int, _ number: Int, _ call: ToolCall, into events: inout [StreamEvent]) {
        own.insert(number)
        guard answer == nil else {
            saysMore = true
            return
        }
        answer = number
        saysMore = saysMore || !held.isEmpty
        held = []
        if !call.arguments.isEmpty { say(call.arguments, choice, into: &events) }
    }

    private mutating func say(_ piece: String, _ choice: Int, into events: inout [StreamEvent]) {
        if tool.isWrapped {
            arguments.choice = choice
            arguments.text += piece
            unsaid &+= piece.utf8.count
        } else {
            events.append(.text(choice: choice, piece))
        }
    }

    mutating func flush(into events: inout [StreamEvent]) {
        for (choice, text) in held {
            unsaid &-= text.utf8.count
            events.append(.text(choice: choice, text))
        }
        held = []
        guard !arguments.text.isEmpty else { return }
        unsaid &-= arguments.text.utf8.count
        events.append(.text(choice: arguments.choice, tool.answer(of: arguments.text)))
        arguments.text = ""
    }

    /// A call's number among those that are not the tool's.
    private func place(of number: Int) -> Int { number - own.count { $0 < number } }
}

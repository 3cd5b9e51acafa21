/// Reads an answer in pieces in which the call of an ``AnswerTool`` is the text that it stands for.
package struct AnswerToolReader: AnswerStreamReader {
    private var reader: any AnswerStreamReader
    private let tool: AnswerTool
    /// The number of the call that is the answer.
    private var answer: Int?
    /// The numbers of all calls of the tool; those behind the first say nothing that was asked for.
    private var own: Set<Int> = []
    private var hasOthers = false
    private var saysMore = false

    /// A reader of what `reader` reads.
    package init(_ reader: any AnswerStreamReader, _ tool: AnswerTool) {
        self.reader = reader
        self.tool = tool
    }

    package var losses: [Loss] { reader.losses + (saysMore ? [AnswerTool.besides] : []) }

    package mutating func feed(_ bytes: ArraySlice<UInt8>, into events: inout [StreamEvent]) {
        var told: [StreamEvent] = []
        reader.feed(bytes, into: &told)
        for event in told { take(event, into: &events) }
    }

    package mutating func finish(into events: inout [StreamEvent]) {
        var told: [StreamEvent] = []
        reader.finish(into: &told)
        for event in told { take(event, into: &events) }
    }

    private mutating func take(_ event: StreamEvent, into events: inout [StreamEvent]) {
        switch event {
        case .callStarted(let choice, let number, let call) where call.name == tool.name:
            own.insert(number)
            guard answer == nil else {
                saysMore = true
                return
            }
            answer = number
            if !call.arguments.isEmpty { events.append(.text(choice: choice, call.arguments)) }
        case .callStarted(let choice, let number, let call):
            hasOthers = true
            events.append(.callStarted(choice: choice, call: place(of: number), call))
        case .callArguments(let choice, let number, let piece) where own.contains(number):
            if number == answer { events.append(.text(choice: choice, piece)) }
        case .callArguments(let choice, let number, let piece):
            events.append(.callArguments(choice: choice, call: place(of: number), piece))
        case .text where answer != nil:
            saysMore = true
        case .stopped(let choice, .tool) where answer != nil && !hasOthers:
            events.append(.stopped(choice: choice, .natural))
        default:
            events.append(event)
        }
    }

    /// A call's number among those that are not the tool's.
    private func place(of number: Int) -> Int { number - own.count { $0 < number } }
}

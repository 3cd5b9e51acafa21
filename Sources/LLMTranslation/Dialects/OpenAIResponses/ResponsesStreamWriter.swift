import HTTPSemantics

/// Writes an answer in pieces, every event with the next number, and every item with one identifier throughout.
///
/// Responses have one answer only: those of other choices are passed over.
struct ResponsesStreamWriter: AnswerStreamWriter {
    private let face: AnswerFace
    private var frame: ResponsesFrame
    private var hasBegun = false
    private var isOver = false
    private var usage: Usage?
    private var outcome: ResponsesOutcome?
    private var items = ResponsesStreamItems()

    /// A writer at the beginning.
    init(_ face: AnswerFace) {
        self.face = face
        frame = ResponsesFrame(start: AnswerStart(), face: face)
        items.seed = face.seed
    }

    mutating func write(_ event: StreamEvent, into output: inout [UInt8]) {
        guard !isOver else { return }
        switch event {
        case .started(let start):
            if !hasBegun { frame = ResponsesFrame(start: start, face: face) }
            begin(&output)
        case .usage(let told):
            var sum = usage ?? Usage()
            sum.update(with: told)
            usage = sum
        case .text(0, let text): say(text, isRefusal: false, &output)
        case .refusal(0, let text): say(text, isRefusal: true, &output)
        case .reasoning(0, let text): think(text, &output)
        case .reasoningSigned(0, let value): seal(.signature(value), &output)
        case .reasoningRedacted(0, let value): seal(.redacted(value), &output)
        case .callStarted(0, let number, let call): start(call, number, &output)
        case .callArguments(0, let number, let piece): items.append(piece, toCall: number, &output)
        case .stopped(0, let reason): stop(ResponsesOutcome(reason), &output)
        case .failed(let failure):
            outcome = ResponsesOutcome(failure)
            items.cut()
            end(&output)
        case .ended:
            if outcome == nil { stop(ResponsesOutcome(.natural), &output) }
            end(&output)
        case .text, .refusal, .reasoning, .reasoningSigned, .reasoningRedacted, .callStarted, .callArguments, .stopped:
            break
        }
    }

    private mutating func begin(_ output: inout [UInt8]) {
        guard !hasBegun else { return }
        hasBegun = true
        for type in ["response.created", "response.in_progress"] {
            let response = frame.object(.inProgress, items: [], usage: nil)
            items.appendEvent(type, [("response", .object(response))], to: &output)
        }
    }

    private mutating func say(_ text: String, isRefusal: Bool, _ output: inout [UInt8]) {
        guard !text.isEmpty, outcome == nil else { return }
        begin(&output)
        items.say(text, isRefusal: isRefusal, &output)
    }

    private mutating func think(_ text: String, _ output: inout [UInt8]) {
        guard !text.isEmpty, outcome == nil else { return }
        begin(&output)
        items.think(text, &output)
    }

    private mutating func seal(_ envelope: ResponsesEnvelope, _ output: inout [UInt8]) {
        guard outcome == nil else { return }
        begin(&output)
        items.seal(envelope, &output)
    }

    private mutating func start(_ call: ToolCall, _ number: Int, _ output: inout [UInt8]) {
        guard outcome == nil else { return }
        begin(&output)
        items.start(call, number, &output)
    }

    private mutating func stop(_ reason: ResponsesOutcome, _ output: inout [UInt8]) {
        guard outcome == nil else { return }
        begin(&output)
        outcome = reason
        items.closeAll(isCut: reason.status == "incomplete", &output)
    }

    private mutating func end(_ output: inout [UInt8]) {
        guard let outcome else { return }
        begin(&output)
        isOver = true
        let response = frame.object(outcome, items: items.items, usage: usage)
        items.appendEvent("response.\(outcome.status)", [("response", .object(response))], to: &output)
    }
}

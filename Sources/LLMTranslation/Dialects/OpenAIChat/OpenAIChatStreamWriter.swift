import HTTPSemantics

/// Writes answers in pieces as `chat.completion.chunk` events.
package struct OpenAIChatStreamWriter: AnswerStreamWriter {
    private static let text = piece("content")
    private static let refusal = piece("refusal")
    private static let thinking = piece("reasoning_content")

    private let face: AnswerFace
    private var frame: ChatChunkFrame?
    private var choices: [Int: Choice] = [:]
    private var usage: Usage?
    private var isOver = false

    private struct Choice {
        var thinking = ""
        var details = 0
        var calls: [Int: Call] = [:]
        var isStopped = false
    }

    private struct Call {
        /// What stands around a piece of its arguments.
        let piece: ChatChunkFrame.Piece
        var hasArguments: Bool
    }

    /// A writer at the beginning of an answer.
    package init(_ face: AnswerFace) { self.face = face }

    private static func piece(_ name: String) -> ChatChunkFrame.Piece {
        ChatChunkFrame.Piece(",\"delta\":{\"\(name)\":", "},\"logprobs\":null,\"finish_reason\":null")
    }

    /// Writes an event.
    package mutating func write(_ event: StreamEvent, into output: inout [UInt8]) {
        guard !isOver else { return }
        switch event {
        case .started(let start): begin(start, into: &output)
        case .text(let choice, let text):
            // What is signed from here on is the text, not the thinking before it.
            if choices[choice]?.thinking.isEmpty == false { choices[choice]?.thinking = "" }
            write(text, as: Self.text, of: choice, into: &output)
        case .refusal(let choice, let text): write(text, as: Self.refusal, of: choice, into: &output)
        case .reasoning(let choice, let text):
            write(text, as: Self.thinking, of: choice, into: &output)
            choices[choice]?.thinking += text
        case .reasoningSigned(let choice, let seal):
            writeDetail(Reasoning("", signature: seal), of: choice, into: &output)
        case .reasoningRedacted(let choice, let seal):
            writeDetail(Reasoning("", redacted: seal), of: choice, into: &output)
        case .callStarted(let choice, let call, let begun): write(begun, call, of: choice, into: &output)
        case .callArguments(let choice, let call, let text): writeArguments(text, call, of: choice, into: &output)
        case .stopped(let choice, let reason): stop(choice, reason, into: &output)
        case .usage(let counts):
            if usage == nil { usage = Usage() }
            usage?.update(with: counts)
        case .failed(let failure):
            isOver = true
            StreamText.appendEvent(OpenAIErrorEnvelope.body(of: failure), to: &output)
        case .ended: end(into: &output)
        }
    }

    private mutating func begin(_ start: AnswerStart, into output: inout [UInt8]) {
        guard frame == nil else { return }
        frame = ChatChunkFrame(
            id: start.id.isEmpty ? "chatcmpl-\(face.seed)" : start.id,
            kind: "chat.completion.chunk",
            created: start.created > 0 ? start.created : face.created,
            model: face.model,
            showsNoUsage: face.wantsStreamUsage
        )
        open(0, into: &output)
    }

    /// Makes sure that the chunk with the role goes ahead.
    private mutating func open(_ choice: Int, into output: inout [UInt8]) {
        if frame == nil { begin(AnswerStart(), into: &output) }
        guard choices[choice] == nil else { return }
        choices[choice] = Choice()
        append(["role": "assistant", "content": ""], of: choice, into: &output)
    }

    private func append(_ delta: JSONValue, of choice: Int, ending reason: String? = nil, into output: inout [UInt8]) {
        let body = JSONObject([
            ("index", .number(JSONNumber(choice))), ("delta", delta), ("logprobs", .null),
            ("finish_reason", reason.map { .string($0) } ?? .null),
        ])
        frame?.append(body, to: &output)
    }

    private mutating func write(
        _ text: String,
        as piece: ChatChunkFrame.Piece,
        of choice: Int,
        into output: inout [UInt8]
    ) {
        open(choice, into: &output)
        guard !text.isEmpty, choices[choice]?.isStopped == false else { return }
        frame?.append(text, as: piece, of: choice, to: &output)
    }

    /// The text goes along with its signature, since nothing else ties the two together.
    private mutating func writeDetail(_ seal: Reasoning, of choice: Int, into output: inout [UInt8]) {
        open(choice, into: &output)
        guard var state = choices[choice], !state.isStopped else { return }
        var thinking = seal
        if seal.redacted == nil {
            thinking.text = state.thinking
            state.thinking = ""
        }
        var detail = ChatReasoning.body(of: thinking)
        // OpenAI's SDK puts lists of streams together by this number.
        detail.set("index", count: state.details)
        state.details += 1
        choices[choice] = state
        append(["reasoning_details": [.object(detail)]], of: choice, into: &output)
    }

    private mutating func write(_ begun: ToolCall, _ call: Int, of choice: Int, into output: inout [UInt8]) {
        open(choice, into: &output)
        guard choices[choice]?.isStopped == false else { return }
        let opening = ",\"delta\":{\"tool_calls\":[{\"index\":\(call),\"function\":{\"arguments\":"
        let piece = ChatChunkFrame.Piece(opening, "}}]},\"logprobs\":null,\"finish_reason\":null")
        choices[choice]?.calls[call] = Call(piece: piece, hasArguments: !begun.arguments.isEmpty)
        let id = begun.id.isEmpty ? face.callID(choice, call) : begun.id
        var body = JSONObject([
            ("index", .number(JSONNumber(call))), ("id", .string(id)), ("type", "function"),
            ("function", ["name": .string(begun.name), "arguments": .string(begun.arguments)]),
        ])
        ChatReasoning.write(begun.signature, to: &body)
        append(["tool_calls": [.object(body)]], of: choice, into: &output)
    }

    private mutating func writeArguments(_ text: String, _ call: Int, of choice: Int, into output: inout [UInt8]) {
        guard !text.isEmpty, choices[choice]?.isStopped == false else { return }
        guard let state = choices[choice]?.calls[call] else { return }
        if !state.hasArguments { choices[choice]?.calls[call]?.hasArguments = true }
        frame?.append(text, as: state.piece, of: choice, to: &output)
    }

    private mutating func stop(_ choice: Int, _ reason: StopReason, into output: inout [UInt8]) {
        open(choice, into: &output)
        guard let state = choices[choice], !state.isStopped else { return }
        for call in state.calls.keys.sorted() where state.calls[call]?.hasArguments == false {
            writeArguments("{}", call, of: choice, into: &output)
        }
        choices[choice]?.isStopped = true
        append([:], of: choice, ending: ChatStopReason.openAI(reason), into: &output)
    }

    private mutating func end(into output: inout [UInt8]) {
        open(0, into: &output)
        for choice in choices.keys.sorted() {
            let hasCalls = choices[choice]?.calls.isEmpty == false
            stop(choice, hasCalls ? .tool : .natural, into: &output)
        }
        isOver = true
        if face.wantsStreamUsage, let usage {
            frame?.append(usage: ChatUsage.body(of: usage, hasWrites: true), to: &output)
        }
        output += ChatChunkFrame.done
    }
}

import HTTPSemantics

/// What was seen of one choice of a stream of chunks.
package struct ChatStreamChoice {
    /// Whether it said why it ended.
    package private(set) var isStopped = false
    private let number: Int
    private let vendor: Vendor
    private var calls: [Call] = []
    private var positions: [Int: Int] = [:]
    private var hasUnsignedThinking = false

    private struct Call {
        var id: String
        var isStarted = false
        /// What came before the name.
        var early = ""
        var signature: OpaqueValue?
    }

    /// Nothing seen yet.
    package init(number: Int, vendor: Vendor) {
        self.number = number
        self.vendor = vendor
    }

    /// Takes an element of `choices`.
    mutating func take(_ piece: JSONObject, _ lost: inout LossList, into output: inout [StreamEvent]) {
        guard !isStopped else { return }
        if let delta = piece["delta"]?.object ?? piece["message"]?.object {
            ChatAnswer.name(foreignIn: delta, &lost)
            takeThinking(delta, into: &output)
            takeContent(delta["content"], &lost, into: &output)
            takeRefusal(delta["refusal"]?.string, into: &output)
            for call in (delta["tool_calls"]?.array ?? []).compactMap(\.object) { takeCall(call, into: &output) }
            if let function = delta["function_call"]?.object {
                takeCall(JSONObject([("index", 0), ("function", .object(function))]), into: &output)
            }
        } else {
            takeContent(piece["text"], &lost, into: &output)
        }
        if let word = piece["finish_reason"]?.string, !word.isEmpty { stop(word, into: &output) }
    }

    /// The choice has ended, for the reason that `word` says.
    package mutating func stop(_ word: String, into output: inout [StreamEvent]) {
        guard !isStopped else { return }
        isStopped = true
        for position in calls.indices where !calls[position].isStarted { start(position, named: "", into: &output) }
        let reason = ChatStopReason.reason(word, hasCalls: !calls.isEmpty)
        output.append(.stopped(choice: number, reason))
    }

    private mutating func takeContent(
        _ content: JSONValue?,
        _ lost: inout LossList,
        into output: inout [StreamEvent]
    ) {
        for part in ChatAnswer.pieces(of: content, vendor: vendor, &lost) {
            switch part {
            case .text(let text): output.append(.text(choice: number, text.text))
            case .refusal(let words): takeRefusal(words, into: &output)
            case .reasoning(let thinking):
                if !thinking.text.isEmpty { takeThought(thinking.text, into: &output) }
                takeSeal(of: thinking, into: &output)
            default: continue
            }
        }
    }

    private mutating func takeRefusal(_ words: String?, into output: inout [StreamEvent]) {
        guard let words, !words.isEmpty else { return }
        output.append(.refusal(choice: number, words))
    }

    private mutating func takeThinking(_ delta: JSONObject, into output: inout [StreamEvent]) {
        let text = ChatReasoning.plainText(of: delta) ?? ""
        if !text.isEmpty { takeThought(text, into: &output) }
        for thinking in (delta["reasoning_details"]?.array ?? []).compactMap(ChatReasoning.detail) {
            // The text of a detail repeats what came as plain text, unless nothing did.
            let isRepeated = !text.isEmpty || (thinking.signature != nil && hasUnsignedThinking)
            if !isRepeated, !thinking.text.isEmpty { takeThought(thinking.text, into: &output) }
            takeSeal(of: thinking, into: &output)
        }
    }

    private mutating func takeThought(_ text: String, into output: inout [StreamEvent]) {
        hasUnsignedThinking = true
        output.append(.reasoning(choice: number, text))
    }

    private mutating func takeSeal(of thinking: Reasoning, into output: inout [StreamEvent]) {
        if let signature = thinking.signature {
            hasUnsignedThinking = false
            output.append(.reasoningSigned(choice: number, signature))
        }
        if let redacted = thinking.redacted { output.append(.reasoningRedacted(choice: number, redacted)) }
    }

    private mutating func takeCall(_ piece: JSONObject, into output: inout [StreamEvent]) {
        let id = piece["id"]?.string ?? ""
        let name = piece["function"]?["name"]?.string ?? ""
        let arguments: String =
            switch piece["function"]?["arguments"] {
            case nil, .null: ""
            case .string(let text): text
            case let value: ToolArguments.text(of: value)
            }
        let position = position(of: piece, id: id, isNamed: !name.isEmpty)
        if let signature = ChatReasoning.signature(of: piece) { calls[position].signature = signature }
        if calls[position].isStarted {
            guard !arguments.isEmpty else { return }
            output.append(.callArguments(choice: number, call: position, arguments))
        } else {
            if calls[position].id.isEmpty { calls[position].id = id }
            calls[position].early += arguments
            if !name.isEmpty { start(position, named: name, into: &output) }
        }
    }

    private mutating func start(_ position: Int, named name: String, into output: inout [StreamEvent]) {
        let call = calls[position]
        calls[position].isStarted = true
        calls[position].early = ""
        let begun = ToolCall(id: call.id, name: name, arguments: call.early, signature: call.signature)
        output.append(.callStarted(choice: number, call: position, begun))
    }

    /// Which call a piece belongs to.
    ///
    /// Some servers give all calls one index, or none; then a name begins the next.
    private mutating func position(of piece: JSONObject, id: String, isNamed: Bool) -> Int {
        if let index = piece["index"]?.integer {
            if let known = positions[index] {
                let isOther = isNamed && !id.isEmpty && !calls[known].id.isEmpty && calls[known].id != id
                if !isOther { return known }
            }
            positions[index] = calls.count
        } else if !isNamed, !calls.isEmpty {
            return calls.count - 1
        }
        calls.append(Call(id: id))
        return calls.count - 1
    }
}

import HTTPSemantics

/// Puts the parts of an answer together as items.
struct ResponsesOutput {
    /// The items so far.
    private(set) var items: [ResponsesOutputItem] = []
    private let seed: String

    /// No items yet; `seed` makes their identifiers unique.
    init(seed: String) { self.seed = seed }

    /// Adds what `part` says; parts that no model says are passed over.
    mutating func add(_ part: Part) {
        switch part {
        case .text(let part): say(part.text, isRefusal: false)
        case .refusal(let text): say(text, isRefusal: true)
        case .reasoning(let reasoning): add(reasoning)
        case .toolCall(let call): add(call)
        case .image, .document, .audio, .toolResult: break
        }
    }

    /// Marks all items as complete, the last one as cut short if the answer is.
    mutating func close(isCut: Bool) {
        for index in items.indices { items[index].status = "completed" }
        if isCut, let last = items.indices.last { items[last].status = "incomplete" }
    }

    /// An identifier for the next item.
    static func identifier(_ prefix: String, seed: String, _ index: Int) -> String { "\(prefix)_\(seed)_\(index)" }

    private mutating func say(_ text: String, isRefusal: Bool) {
        if items.last?.kind != .message {
            items.append(ResponsesOutputItem(.message, id: Self.identifier("msg", seed: seed, items.count)))
        }
        items[items.count - 1].contents.append(ResponsesOutputItem.Content(isRefusal: isRefusal, text: text))
    }

    private mutating func add(_ reasoning: Reasoning) {
        let envelope = ResponsesEnvelope(reasoning)
        let seal = envelope?.own
        let id = seal?.id ?? reasoning.id ?? Self.identifier("rs", seed: seed, items.count)
        var item = ResponsesOutputItem(.reasoning, id: id)
        item.summary = seal?.parts(of: reasoning.text) ?? (reasoning.text.isEmpty ? [] : [reasoning.text])
        item.encrypted = envelope?.content(in: id) ?? ResponsesReasoningItem.unsealed
        items.append(item)
    }

    private mutating func add(_ call: ToolCall) {
        if let signature = call.signature {
            let id = Self.identifier("rs", seed: seed, items.count)
            var carrier = ResponsesOutputItem(.reasoning, id: id)
            carrier.encrypted = ResponsesEnvelope.call(signature).content(in: id)
            items.append(carrier)
        }
        let index = items.count
        var item = ResponsesOutputItem(.call, id: Self.identifier("fc", seed: seed, index))
        item.call = call
        if call.id.isEmpty { item.call.id = Self.identifier("call", seed: seed, index) }
        item.arguments = ToolArguments.text(of: .string(call.arguments))
        items.append(item)
    }
}

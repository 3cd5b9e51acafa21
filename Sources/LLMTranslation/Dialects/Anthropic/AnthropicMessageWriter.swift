import HTTPSemantics

/// Writes turns as Anthropic's dialect has them: instructions apart, roles in turn, results of calls first.
struct AnthropicMessageWriter {
    /// What cannot be said.
    var losses: [Loss] = []
    /// The cache marks that may be set.
    var marks: AnthropicCacheMarks

    /// A writer that sets `marks`.
    init(marks: AnthropicCacheMarks) {
        self.marks = marks
    }

    /// Names a loss, once.
    mutating func lose(_ field: String, _ reason: String) {
        let loss = Loss(field, reason)
        if !losses.contains(loss) { losses.append(loss) }
    }

    /// Whether the vendor will take the thinking back: only what it signed or encrypted itself.
    static func isOwn(_ reasoning: Reasoning) -> Bool {
        (reasoning.redacted ?? reasoning.signature)?.vendor == .anthropic
    }

    /// The instructions, wherever they stood: a text, or blocks where they are several or marked.
    mutating func system(of turns: [Turn]) -> JSONValue? {
        var blocks: [JSONValue] = []
        for turn in turns where turn.role == .system {
            for part in turn.parts {
                guard case .text(let text) = part else {
                    lose(OpenAIChatFiles.field(of: part), "must be text in instructions")
                    continue
                }
                if let block = block(text) { blocks.append(block) }
            }
        }
        return blocks.isEmpty ? nil : Self.shortened(blocks)
    }

    /// The messages.
    mutating func messages(of turns: [Turn]) throws(MalformedRequest) -> [JSONValue] {
        var messages: [Message] = []
        for turn in turns where turn.role != .system {
            let role = turn.role == .assistant ? "assistant" : "user"
            var added = Message(role: role)
            for part in turn.parts {
                if case .toolResult(let result) = part {
                    added.results.append(.object(self.result(result)))
                } else if let block = try block(part, of: turn.role) {
                    added.rest.append(block)
                }
            }
            guard !added.isEmpty else { continue }
            if let last = messages.indices.last, messages[last].role == role {
                messages[last].results += added.results
                messages[last].rest += added.rest
            } else {
                messages.append(added)
            }
        }
        if let last = messages.indices.last { messages[last].trimBeginning() }
        return messages.map(\.value)
    }

    /// A single plain text stands for itself.
    static func shortened(_ blocks: [JSONValue]) -> JSONValue {
        if blocks.count == 1, let block = blocks[0].object, block.members.count == 2, block["type"]?.string == "text",
            let text = block["text"]
        {
            return text
        }
        return .array(blocks)
    }

    /// One message; results of calls must come before all else.
    private struct Message {
        var role: String
        var results: [JSONValue] = []
        var rest: [JSONValue] = []

        var isEmpty: Bool { results.isEmpty && rest.isEmpty }

        /// An assistant's last message is the beginning of the answer, which must not end with white space.
        mutating func trimBeginning() {
            guard role == "assistant", var block = rest.last?.object, var text = block["text"]?.string else { return }
            while text.unicodeScalars.last?.properties.isWhitespace == true { text.unicodeScalars.removeLast() }
            block.set("text", text: text)
            rest[rest.count - 1] = .object(block)
        }

        var value: JSONValue { ["role": .string(role), "content": AnthropicMessageWriter.shortened(results + rest)] }
    }
}

import HTTPSemantics

/// Parts as blocks.
extension AnthropicMessageWriter {
    /// A part's block; `nil` for what is empty, what must be left out without a word, and what was named as lost.
    mutating func block(_ part: Part, of role: Turn.Role) throws(MalformedRequest) -> JSONValue? {
        switch part {
        case .text(let text): return block(text)
        case .refusal(let words): return block(TextPart(words))
        case .reasoning(let reasoning): return Self.block(reasoning)
        case .toolCall(let call):
            var block = JSONObject([
                ("type", "tool_use"),
                ("id", .string(Self.identifier(call.id))),
                ("name", .string(call.name)),
                ("input", .object(try ToolArguments.object(of: call))),
            ])
            marks.put(call.cacheMark, on: &block)
            return .object(block)
        case .image, .document, .audio:
            guard role != .assistant else {
                lose(OpenAIChatFiles.field(of: part), "cannot be said by the assistant at Anthropic")
                return nil
            }
            return media(part)
        case .toolResult(let result): return .object(self.result(result))
        }
    }

    /// A text's block; the vendor takes none that are empty or white space only.
    mutating func block(_ text: TextPart) -> JSONValue? {
        guard !text.text.unicodeScalars.allSatisfy(\.properties.isWhitespace) else { return nil }
        var block = JSONObject([("type", "text"), ("text", .string(text.text))])
        marks.put(text.cacheMark, on: &block)
        return .object(block)
    }

    private static func block(_ reasoning: Reasoning) -> JSONValue? {
        // Thinking that the vendor did not make itself would be refused: it is dropped as if it had not been.
        guard isOwn(reasoning) else { return nil }
        if let redacted = reasoning.redacted {
            return ["type": "redacted_thinking", "data": .string(redacted.value)]
        }
        let signature = AnthropicSignature.text(of: reasoning.signature)
        return ["type": "thinking", "thinking": .string(reasoning.text), "signature": .string(signature)]
    }

    /// What came of a call, as a block.
    mutating func result(_ result: ToolResult) -> JSONObject {
        var block = JSONObject([
            ("type", "tool_result"), ("tool_use_id", .string(Self.identifier(result.callID))),
        ])
        var content: [JSONValue] = []
        for part in result.content {
            switch part {
            case .text(let text):
                if let block = self.block(text) { content.append(block) }
            case .refusal(let words):
                if let block = self.block(TextPart(words)) { content.append(block) }
            case .image, .document, .audio:
                if let block = media(part) { content.append(block) }
            case .reasoning, .toolCall, .toolResult:
                lose(OpenAIChatFiles.field(of: part), "cannot be part of a call's result")
            }
        }
        block.set("content", to: content.isEmpty ? "" : Self.shortened(content))
        if result.isError { block.set("is_error", to: true) }
        marks.put(result.cacheMark, on: &block)
        return block
    }

    /// A call's identifier in the characters that the vendor takes; others become their code between underscores, the
    /// same for the call and for its result.
    static func identifier(_ text: String) -> String {
        guard !text.isEmpty else { return "call_" }
        guard !text.utf8.allSatisfy(isPlain) else { return text }
        var plain = ""
        for byte in text.utf8 {
            if isPlain(byte) {
                plain.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                plain += "_\(String(byte, radix: 16))_"
            }
        }
        return plain
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
        default: false
        }
    }
}

package import HTTPSemantics

/// Whole answers.
extension AnthropicDialect {
    /// Reads a message; blocks of the vendor's own tools and citations are passed over.
    package static func completion(of body: JSONObject) throws(MalformedAnswer) -> Completion {
        guard let blocks = body["content"]?.array else { throw MalformedAnswer("it has no content") }
        var parts = blocks.compactMap(part)
        let whole = JSONValue.object(body)
        if let explanation = AnthropicStop.explanation(of: whole) { parts.append(.refusal(explanation)) }
        return Completion(
            id: body["id"]?.string ?? "",
            model: body["model"]?.string ?? "",
            choices: [Completion.Choice(parts: parts, stop: AnthropicStop.reason(of: whole) ?? .natural)],
            usage: usage(of: body["usage"])
        )
    }

    /// Reads the object of counts.
    package static func usage(of value: JSONValue?) -> Usage? {
        guard let object = value?.object else { return nil }
        var counts = AnthropicCounts()
        counts.update(with: object)
        return counts.isKnown ? counts.usage : nil
    }

    private static func part(of block: JSONValue) -> Part? {
        switch block["type"]?.string {
        case "text":
            return (block["text"]?.string).map { .text(TextPart($0)) }
        case "thinking":
            let signature = AnthropicSignature.value(of: block["signature"]?.string ?? "")
            return .reasoning(Reasoning(block["thinking"]?.string ?? "", signature: signature))
        case "redacted_thinking":
            guard let data = AnthropicSignature.value(of: block["data"]?.string ?? "") else { return nil }
            return .reasoning(Reasoning("", redacted: data))
        case "tool_use":
            guard let object = block.object, let name = block["name"]?.string else { return nil }
            return .toolCall(
                ToolCall(
                    id: block["id"]?.string ?? "",
                    name: name,
                    arguments: ToolArguments.text(of: block["input"]),
                    signature: AnthropicSignature.ofCall(object)
                )
            )
        default: return nil
        }
    }

    /// Writes a message: the first choice, since the dialect has no others.
    package static func body(of completion: Completion, as face: AnswerFace) -> JSONObject {
        let choice = completion.choices.min { $0.index < $1.index }
        var content: [JSONValue] = []
        var refusal = ""
        var calls = 0
        let stop = choice?.stop ?? .natural
        let isFiltered = if case .filtered = stop { true } else { false }
        for part in choice?.parts ?? [] {
            switch part {
            case .refusal(let words) where isFiltered: refusal += words
            case .toolCall(let call):
                content.append(.object(block(of: call, number: calls, isCut: stop.isCut, face)))
                calls += 1
            default:
                if let block = block(of: part) { content.append(block) }
            }
        }
        var body = JSONObject([
            ("id", .string(completion.id.isEmpty ? "msg_\(face.seed)" : completion.id)),
            ("type", "message"), ("role", "assistant"), ("model", .string(face.model)), ("content", .array(content)),
        ])
        AnthropicStop(stop, refusal: refusal, hasCalls: calls > 0).set(on: &body)
        body.set("usage", to: .object(AnthropicCounts.object(of: completion.usage)))
        return body
    }

    private static func block(of part: Part) -> JSONValue? {
        switch part {
        case .text(let text): return text.text.isEmpty ? nil : ["type": "text", "text": .string(text.text)]
        case .refusal(let words): return words.isEmpty ? nil : ["type": "text", "text": .string(words)]
        case .reasoning(let reasoning):
            if let redacted = reasoning.redacted {
                return ["type": "redacted_thinking", "data": .string(AnthropicSignature.text(of: redacted))]
            }
            let signature = AnthropicSignature.text(of: reasoning.signature)
            guard !reasoning.text.isEmpty || !signature.isEmpty else { return nil }
            return ["type": "thinking", "thinking": .string(reasoning.text), "signature": .string(signature)]
        case .image, .document, .audio, .toolCall, .toolResult: return nil
        }
    }

    private static func block(of call: ToolCall, number: Int, isCut: Bool, _ face: AnswerFace) -> JSONObject {
        // Arguments of a weak model that are no object cannot be input; as a member they are at least not lost. Of a call
        // that was cut the beginning would be taken for the whole.
        let rest = isCut ? JSONObject() : JSONObject([("arguments", .string(call.arguments))])
        let input = (try? ToolArguments.object(of: call)) ?? rest
        var block = JSONObject([
            ("type", "tool_use"),
            ("id", .string(callIdentifier(call, number: number, face))),
            ("name", .string(call.name)),
            ("input", .object(input)),
        ])
        AnthropicSignature.put(call.signature, onCall: &block)
        return block
    }

    /// A call's identifier, made up where the provider gave none, and in characters that Anthropic takes back.
    static func callIdentifier(_ call: ToolCall, number: Int, _ face: AnswerFace) -> String {
        call.id.isEmpty ? "toolu_\(face.seed)_\(number)" : AnthropicMessageWriter.identifier(call.id)
    }
}

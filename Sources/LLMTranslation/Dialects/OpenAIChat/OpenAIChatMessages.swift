package import HTTPSemantics

/// Writes turns as `messages` of OpenAI's chat.
package struct OpenAIChatMessages {
    private let profile: ProviderProfile
    private var messages: [JSONValue] = []
    private var losses: [Loss] = []
    private var lostOnce: Set<String> = []

    /// Writes turns; what OpenAI's chat has no place for is lost.
    package static func write(_ turns: [Turn], for profile: ProviderProfile, losses: inout [Loss]) -> [JSONValue] {
        var writer = Self(profile: profile)
        for turn in turns { writer.write(turn) }
        if profile.isVendorItself, turns.last?.role == .assistant {
            writer.lose("prefill", "OpenAI does not continue an answer that was begun")
        }
        losses += writer.losses
        return writer.messages
    }

    private init(profile: ProviderProfile) { self.profile = profile }

    private mutating func write(_ turn: Turn) {
        switch turn.role {
        case .system: append("system", content(of: turn.parts, takesFiles: false))
        case .user: append("user", content(of: turn.parts, takesFiles: true))
        case .assistant: writeAnswer(turn.parts)
        case .tool: writeResults(turn.parts)
        }
    }

    private mutating func append(_ role: String, _ content: JSONValue) {
        messages.append(["role": .string(role), "content": content])
    }

    /// Text alone is a text, which every server takes; OpenAI itself is told of its parts.
    private mutating func content(of parts: [Part], takesFiles: Bool) -> JSONValue {
        var pieces: [JSONValue] = []
        var texts: [String] = []
        for part in parts {
            if case .text(let text) = part {
                noteMark(text.cacheMark)
                texts.append(text.text)
                pieces.append(["type": "text", "text": .string(text.text)])
            } else if let piece = file(part, isTaken: takesFiles) {
                pieces.append(piece)
            }
        }
        guard pieces.count == texts.count else { return .array(pieces) }
        if texts.count > 1, profile.isVendorItself { return .array(pieces) }
        return .string(texts.joined(separator: "\n"))
    }

    private mutating func file(_ part: Part, isTaken: Bool) -> JSONValue? {
        let body: JSONValue?
        switch part {
        case .image(let media):
            noteMark(media.cacheMark)
            body = OpenAIChatFiles.image(media)
        case .document(let media):
            noteMark(media.cacheMark)
            body = OpenAIChatFiles.document(media)
        case .audio(let media):
            noteMark(media.cacheMark)
            body = OpenAIChatFiles.audio(media)
        default: body = nil
        }
        if isTaken, let body { return body }
        loseOnce(OpenAIChatFiles.field(of: part), "OpenAI's chat has no place for it here")
        return nil
    }

    private mutating func writeAnswer(_ parts: [Part]) {
        var (spoken, refusal, calls, thinking): ([Part], String, [JSONValue], String) = ([], "", [], "")
        for part in parts {
            switch part {
            case .text: spoken.append(part)
            case .refusal(let text) where profile.isVendorItself: refusal += text
            case .refusal(let text): spoken.append(.text(TextPart(text)))
            case .toolCall(let call): calls.append(body(of: call))
            case .reasoning(let reasoning): note(reasoning, thinking: &thinking)
            default: loseOnce(OpenAIChatFiles.field(of: part), "an answer in OpenAI's chat is text and calls")
            }
        }
        var message = JSONObject([("role", "assistant")])
        let isSilent = spoken.isEmpty && !(calls.isEmpty && refusal.isEmpty)
        message.set("content", to: isSilent ? .null : content(of: spoken, takesFiles: false))
        if !thinking.isEmpty { message.set("reasoning_content", to: .string(thinking)) }
        if !refusal.isEmpty { message.set("refusal", to: .string(refusal)) }
        if !calls.isEmpty { message.set("tool_calls", to: .array(calls)) }
        messages.append(.object(message))
    }

    /// Thinking that its maker must get back goes nowhere else; plain thinking goes to servers that show theirs.
    private mutating func note(_ reasoning: Reasoning, thinking: inout String) {
        let owner = reasoning.signature?.vendor ?? reasoning.redacted?.vendor
        if let owner, owner != .openai { return }
        if owner == nil, !profile.isVendorItself {
            thinking += reasoning.text
        } else {
            loseOnce("reasoning", "OpenAI's chat does not take thinking back")
        }
    }

    private mutating func body(of call: ToolCall) -> JSONValue {
        noteMark(call.cacheMark)
        let arguments: JSONValue = .string(call.arguments.isEmpty ? "{}" : call.arguments)
        let function: JSONValue = ["name": .string(call.name), "arguments": arguments]
        return ["id": .string(call.id), "type": "function", "function": function]
    }

    /// Results hold text only; their pictures and documents follow in a turn of the user's.
    private mutating func writeResults(_ parts: [Part]) {
        var files: [JSONValue] = []
        for case .toolResult(let result) in parts {
            noteMark(result.cacheMark)
            if result.isError { loseOnce("is_error", "OpenAI's chat does not mark results that are errors") }
            var spoken: [Part] = []
            var attached: [JSONValue] = []
            for part in result.content {
                if case .text = part {
                    spoken.append(part)
                } else if let piece = file(part, isTaken: true) {
                    attached.append(piece)
                }
            }
            let content = content(of: spoken, takesFiles: false)
            messages.append(["role": "tool", "tool_call_id": .string(result.callID), "content": content])
            guard !attached.isEmpty else { continue }
            files.append(["type": "text", "text": .string("Files of the result of call \(result.callID):")])
            files += attached
        }
        if !files.isEmpty { append("user", .array(files)) }
    }

    private mutating func noteMark(_ mark: String?) {
        if mark != nil { loseOnce("cache_control", ChatOptions.noMark) }
    }

    private mutating func loseOnce(_ field: String, _ reason: String) {
        if lostOnce.insert(field).inserted { lose(field, reason) }
    }

    private mutating func lose(_ field: String, _ reason: String) { losses.append(Loss(field, reason)) }
}

package import HTTPSemantics

/// Writes turns as `messages` of Mistral, in the order of roles that it accepts.
package struct MistralMessages {
    private var messages: [JSONValue] = []
    /// Answers and results since the last instructions or turn of the user's; instructions that come later go before.
    private var tail: [(role: Turn.Role, body: JSONObject)] = []
    private var names: [String: String] = [:]
    private var losses: [Loss] = []
    private var lostOnce: Set<String> = []

    /// Writes turns; what Mistral has no place for is lost.
    package static func write(_ turns: [Turn], losses: inout [Loss]) -> [JSONValue] {
        var writer = Self()
        for turn in turns { writer.write(turn) }
        writer.markPrefix()
        writer.flushTail()
        losses += writer.losses
        return writer.messages
    }

    private init() {}

    private mutating func write(_ turn: Turn) {
        switch turn.role {
        case .system: writeSystem(turn.parts)
        case .user:
            // After results Mistral wants to hear the model first.
            if tail.last?.role == .tool { append(.assistant, [("content", "OK.")]) }
            flushTail()
            messages.append(.object(Self.body(.user, [("content", content(of: turn.parts))])))
        case .assistant: writeAnswer(turn.parts)
        case .tool: for case .toolResult(let result) in turn.parts { write(result) }
        }
    }

    private mutating func append(_ role: Turn.Role, _ members: [(String, JSONValue)]) {
        tail.append((role, Self.body(role, members)))
    }

    private static func body(_ role: Turn.Role, _ members: [(String, JSONValue)]) -> JSONObject {
        JSONObject([("role", .string(role.rawValue))] + members)
    }

    /// Instructions cannot follow an answer or results, so they move up to the last place where they can stand.
    private mutating func writeSystem(_ parts: [Part]) {
        messages.append(.object(Self.body(.system, [("content", content(of: parts))])))
    }

    private mutating func flushTail() {
        messages += tail.map { .object($0.body) }
        tail.removeAll()
    }

    /// Where the last turn is the model's, it is to be continued.
    private mutating func markPrefix() {
        guard let last = tail.last, last.role == .assistant, last.body["tool_calls"] == nil else { return }
        tail[tail.count - 1].body.set("prefix", to: true)
    }

    /// Text alone is a text, else a list of chunks.
    private mutating func content(of parts: [Part]) -> JSONValue {
        var chunks: [JSONValue] = []
        for part in parts {
            if let chunk = chunk(of: part) { chunks.append(chunk) }
        }
        if chunks.isEmpty { return "" }
        if chunks.count == 1, chunks[0]["type"] == "text", let text = chunks[0]["text"] { return text }
        return .array(chunks)
    }

    private mutating func chunk(of part: Part) -> JSONValue? {
        switch part {
        case .text(let text):
            noteMark(text.cacheMark)
            return ["type": "text", "text": .string(text.text)]
        case .refusal(let text): return ["type": "text", "text": .string(text)]
        case .reasoning(let thinking): return isOwn(thinking) ? MistralThinking.chunk(of: thinking) : nil
        case .image(let media), .document(let media), .audio(let media):
            noteMark(media.cacheMark)
            if let chunk = MistralFiles.chunk(of: part) { return chunk }
        case .toolCall, .toolResult: break
        }
        loseOnce(OpenAIChatFiles.field(of: part), "Mistral has no place for it here")
        return nil
    }

    /// Another vendor's signed thinking goes nowhere.
    private func isOwn(_ thinking: Reasoning) -> Bool {
        let owner = thinking.signature?.vendor ?? thinking.redacted?.vendor
        return owner == nil || owner == .mistral
    }

    private mutating func writeAnswer(_ parts: [Part]) {
        var spoken: [Part] = []
        var calls: [JSONValue] = []
        for part in parts {
            guard case .toolCall(let call) = part else {
                spoken.append(part)
                continue
            }
            noteMark(call.cacheMark)
            names[call.id] = call.name
            let id: JSONValue = .string(MistralCallID.made(from: call.id))
            calls.append(["id": id, "type": "function", "function": body(of: call)])
        }
        let content = content(of: spoken)
        // Mistral refuses an answer that says nothing.
        guard content != "" || !calls.isEmpty else { return }
        var members: [(String, JSONValue)] = [("content", content)]
        if !calls.isEmpty { members.append(("tool_calls", .array(calls))) }
        append(.assistant, members)
    }

    private func body(of call: ToolCall) -> JSONValue {
        ["name": .string(call.name), "arguments": .string(call.arguments.isEmpty ? "{}" : call.arguments)]
    }

    private mutating func write(_ result: ToolResult) {
        noteMark(result.cacheMark)
        if result.isError { loseOnce("is_error", "Mistral does not mark results that are errors") }
        var members: [(String, JSONValue)] = [("tool_call_id", .string(MistralCallID.made(from: result.callID)))]
        if let name = result.name ?? names[result.callID] { members.append(("name", .string(name))) }
        members.append(("content", content(of: result.content)))
        append(.tool, members)
    }

    private mutating func noteMark(_ mark: String?) {
        if mark != nil { loseOnce("cache_control", ChatOptions.noMark) }
    }

    private mutating func loseOnce(_ field: String, _ reason: String) {
        if lostOnce.insert(field).inserted { losses.append(Loss(field, reason)) }
    }
}

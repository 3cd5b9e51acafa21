import HTTPSemantics

/// Reads what was said so far from a request of Anthropic's dialect: `system` and `messages`.
struct AnthropicTurnReader {
    /// What a conversation cannot hold.
    var losses: [Loss] = []
    /// The names of the tools called so far, by the calls' identifiers; results come without them.
    private var callNames: [String: String] = [:]

    /// Nothing read yet.
    init() {}

    /// The turns: instructions first, results of calls in turns of their own.
    mutating func turns(of body: RequestReader) throws(MalformedRequest) -> [Turn] {
        var turns: [Turn] = []
        if body.value("system") != nil {
            let instructions = Turn(.system, try parts(of: body, "system"))
            if !instructions.parts.isEmpty { turns.append(instructions) }
        }
        guard let messages = try body.sections("messages") else { throw body.missing("messages") }
        guard !messages.isEmpty else { throw body.fault("messages", "must hold at least one message") }
        for message in messages { try read(message, into: &turns) }
        return turns
    }

    private mutating func read(_ message: RequestReader, into turns: inout [Turn]) throws(MalformedRequest) {
        message.noteUnknown(besides: ["role", "content"], "is known to Anthropic only", losses: &losses)
        let role = try message.requiredString("role")
        guard let side = Turn.Role(rawValue: role), side != .tool else {
            throw message.fault("role", "must be user or assistant")
        }
        guard message.value("content") != nil else { throw message.missing("content") }
        let parts = try parts(of: message, "content")
        // What held nothing but blocks of the vendor's own tools is gone, and was named so.
        if parts.isEmpty, message.value("content")?.array?.isEmpty == false { return }
        for case .toolCall(let call) in parts {
            guard side == .assistant else {
                throw message.fault("content", "may hold tool_use blocks of the assistant only")
            }
            callNames[call.id] = call.name
        }
        let results = parts.filter { $0.isToolResult }
        guard !results.isEmpty else { return Self.append(parts, as: side, to: &turns) }
        guard side == .user else { throw message.fault("content", "may hold tool_result blocks in user messages only") }
        turns.append(Turn(.tool, results))
        if results.count < parts.count { turns.append(Turn(.user, parts.filter { !$0.isToolResult })) }
    }

    /// What the model said goes on in its last turn, as Anthropic reads it: others refuse calls whose results come later.
    private static func append(_ parts: [Part], as side: Turn.Role, to turns: inout [Turn]) {
        guard side == .assistant, let last = turns.indices.last, turns[last].role == .assistant else {
            return turns.append(Turn(side, parts))
        }
        turns[last].parts += parts
    }

    /// The parts of `name`, a text or blocks; the empty text has one part, so that its turn is not lost.
    private mutating func parts(of reader: RequestReader, _ name: String) throws(MalformedRequest) -> [Part] {
        if let text = reader.value(name)?.string {
            return name == "system" && text.isEmpty ? [] : [.text(TextPart(text))]
        }
        guard reader.value(name)?.array != nil else { throw reader.fault(name, "must be a text or a list of blocks") }
        var blocks = AnthropicBlockReader(callNames: callNames)
        var parts: [Part] = []
        for block in try reader.sections(name) ?? [] { parts += try blocks.parts(of: block) }
        losses += blocks.losses
        return parts
    }
}

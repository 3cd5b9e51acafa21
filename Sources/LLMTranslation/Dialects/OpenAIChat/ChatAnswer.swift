package import HTTPSemantics

/// Reads whole answers of OpenAI's chat, its legacy completions and Mistral, and of servers that speak like them.
package enum ChatAnswer {
    /// Reads an answer of `vendor`'s dialect.
    package static func read(_ body: JSONObject, of vendor: Vendor) throws(MalformedAnswer) -> Completion {
        if let failure = ChatFailure.inBand(body) { throw MalformedAnswer("it is an error: \(failure.message)") }
        guard let choices = body["choices"]?.array, !choices.isEmpty else { throw MalformedAnswer("it has no choices") }
        var completion = Completion(
            id: body["id"]?.string ?? "",
            model: body["model"]?.string ?? "",
            created: max(0, body["created"]?.integer ?? 0),
            choices: []
        )
        var lost = LossList()
        for (index, value) in choices.enumerated() {
            guard let choice = value.object else { throw MalformedAnswer("its choice \(index) is no object") }
            completion.choices.append(try self.choice(choice, at: index, of: vendor, &lost))
        }
        completion.losses = lost.losses
        completion.usage = ChatUsage.read(body["usage"]) ?? ChatUsage.read(body["x_groq"]?["usage"])
        return completion
    }

    private static func choice(
        _ choice: JSONObject,
        at index: Int,
        of vendor: Vendor,
        _ lost: inout LossList
    ) throws(MalformedAnswer) -> Completion.Choice {
        var parts: [Part]
        if let message = choice["message"]?.object {
            parts = self.parts(of: message, vendor: vendor, &lost)
        } else if let text = choice["text"]?.string {
            parts = text.isEmpty ? [] : [.text(TextPart(text))]
        } else {
            throw MalformedAnswer("its choice \(index) has no message")
        }
        let stop = ChatStopReason.reason(
            choice["finish_reason"]?.string ?? "",
            hasCalls: parts.contains { if case .toolCall = $0 { true } else { false } }
        )
        return Completion.Choice(index: max(0, choice["index"]?.integer ?? index), parts: parts, stop: stop)
    }

    private static func parts(of message: JSONObject, vendor: Vendor, _ lost: inout LossList) -> [Part] {
        name(foreignIn: message, &lost)
        var parts = ChatReasoning.parts(of: message)
        for part in pieces(of: message["content"], vendor: vendor, &lost) { ChatContent.append(part, to: &parts) }
        if let refusal = message["refusal"]?.string, !refusal.isEmpty { parts.append(.refusal(refusal)) }
        var calls = message["tool_calls"]?.array ?? []
        if calls.isEmpty, let function = message["function_call"]?.object { calls = [["function": .object(function)]] }
        for call in calls.compactMap(\.object) where call["function"]?.object != nil {
            parts.append(.toolCall(self.call(call)))
        }
        return parts
    }

    private static func call(_ call: JSONObject) -> ToolCall {
        ToolCall(
            id: call["id"]?.string ?? "",
            name: call["function"]?["name"]?.string ?? "",
            arguments: ToolArguments.text(of: call["function"]?["arguments"]),
            signature: ChatReasoning.signature(of: call)
        )
    }

    /// Names what a message, or a piece of one, says beside its content that the canonical form cannot hold.
    static func name(foreignIn message: JSONObject, _ lost: inout LossList) {
        for name in ["annotations", "images"] where message[name]?.array?.isEmpty == false { lose(name, &lost) }
        if message["audio"]?.object != nil { lose("audio", &lost) }
    }

    /// Names a chunk by its type, if that is a name as all known ones are.
    private static func loseChunk(_ type: String?, _ lost: inout LossList) {
        guard let type, (1...32).contains(type.utf8.count),
            type.utf8.allSatisfy({ 0x61...0x7A ~= $0 || $0 == 0x5F })
        else { return }
        lose(type, &lost)
    }

    private static func lose(_ name: String, _ lost: inout LossList) {
        lost.add(Loss("answer.\(name)", "other dialects have no place for it"))
    }

    /// The content of an answer or of a piece of one: a text, or a list of chunks; empty texts say nothing.
    static func pieces(of content: JSONValue?, vendor: Vendor, _ lost: inout LossList) -> [Part] {
        if let text = content?.string { return text.isEmpty ? [] : [.text(TextPart(text))] }
        var parts: [Part] = []
        for chunk in (content?.array ?? []).compactMap(\.object) {
            switch chunk["type"]?.string {
            case "thinking": MistralThinking.part(chunk, from: vendor).map { parts.append(.reasoning($0)) }
            case "refusal": chunk["refusal"]?.string.map { parts.append(.refusal($0)) }
            case let type:
                guard let text = chunk["text"]?.string else {
                    loseChunk(type, &lost)
                    continue
                }
                if !text.isEmpty { parts.append(.text(TextPart(text))) }
            }
        }
        return parts
    }
}

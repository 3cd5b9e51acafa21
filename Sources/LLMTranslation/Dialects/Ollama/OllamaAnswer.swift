import HTTPSemantics

/// Reads and writes answers, which differ only in where their text stands.
enum OllamaAnswer {
    /// Reads an answer of either shape.
    static func completion(of body: JSONObject) throws(MalformedAnswer) -> Completion {
        guard body["message"]?.object != nil || body["response"]?.string != nil else {
            throw MalformedAnswer("it has neither message nor response")
        }
        let piece = OllamaPiece(body)
        var parts: [Part] = []
        if !piece.thinking.isEmpty { parts.append(.reasoning(Reasoning(piece.thinking))) }
        if !piece.text.isEmpty { parts.append(.text(TextPart(piece.text))) }
        for (number, call) in piece.calls.enumerated() {
            parts.append(.toolCall(call.toolCall(number: number, answer: piece.mark)))
        }
        return Completion(
            id: "",
            model: body["model"]?.string ?? "",
            created: piece.created,
            choices: [Completion.Choice(parts: parts, stop: stop(piece.doneReason, hasCalls: !piece.calls.isEmpty))],
            usage: OllamaDialect.usage(of: .object(body))
        )
    }

    /// What a `done_reason` means; calls end with `stop` too.
    static func stop(_ word: String?, hasCalls: Bool) -> StopReason {
        word == "length" ? .length : hasCalls ? .tool : .natural
    }

    /// The `done_reason` for a reason.
    static func word(for reason: StopReason) -> String {
        switch reason {
        case .length, .contextFull: "length"
        case .natural, .stopText, .tool, .filtered, .paused, .modelError: "stop"
        }
    }

    /// When an answer was made, as Ollama writes it.
    static func time(_ seconds: Int) -> String {
        let bounded = min(max(0, seconds), 253_402_300_799)
        return RFC3339.text(milliseconds: Int64(bounded) * 1_000)
    }

    // MARK: Writing

    /// Writes an answer: the first of those that were asked for.
    static func body(of completion: Completion, as face: AnswerFace, shape: OllamaShape) -> JSONObject {
        let choice = completion.choices.first
        let message = message(choice?.parts ?? [], face)
        var body = JSONObject([
            ("model", .string(face.model)),
            ("created_at", .string(time(completion.created > 0 ? completion.created : face.created))),
        ])
        switch shape {
        case .chat: body.set("message", to: .object(message.object))
        case .generate:
            body.set("response", to: .string(message.text))
            body.set("thinking", text: message.thinking.isEmpty ? nil : message.thinking)
        }
        finish(&body, choice?.stop ?? .natural, completion.usage)
        return body
    }

    /// Sets what only the last line of an answer has.
    ///
    /// Times are left out, since nobody measured them; so are zeros, as
    /// Ollama does it.
    static func finish(_ body: inout JSONObject, _ stop: StopReason, _ usage: Usage?) {
        body.set("done_reason", to: .string(word(for: stop)))
        body.set("done", to: true)
        guard let usage else { return }
        if usage.input > 0 { body.set("prompt_eval_count", count: usage.input) }
        if usage.output > 0 { body.set("eval_count", count: usage.output) }
    }

    /// The text that stands in for a call whose arguments are no object, which Ollama cannot write as a call.
    static func text(of call: ToolCall) -> String {
        let body: JSONValue = ["name": .string(call.name), "arguments": .string(call.arguments)]
        return String(decoding: JSONWriter.bytes(body), as: UTF8.self)
    }

    private static func message(_ parts: [Part], _ face: AnswerFace) -> OllamaMessage {
        var message = OllamaMessage(role: "assistant")
        for part in parts {
            switch part {
            case .text(let text): message.texts.append(text.text)
            case .refusal(let text): message.texts.append(text)
            case .reasoning(let reasoning): message.thinking += reasoning.text
            case .toolCall(let call):
                if let arguments = WholeCalls.object(call) {
                    let number = message.calls.count
                    let call = MadeUpCallID.named(call, number, face)
                    message.calls.append(OllamaMessage.call(call, arguments: arguments, number: number, toClient: true))
                } else {
                    message.texts.append(text(of: call))
                }
            case .image(let media):
                if case .base64(_, let data) = media.source { message.images.append(data) }
            case .document, .audio, .toolResult: break
            }
        }
        return message
    }
}

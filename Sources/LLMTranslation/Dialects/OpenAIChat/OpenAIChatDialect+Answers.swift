package import HTTPSemantics

extension OpenAIChatDialect {
    /// Reads a `chat.completion`.
    package static func completion(of body: JSONObject) throws(MalformedAnswer) -> Completion {
        try ChatAnswer.read(body, of: vendor)
    }

    /// Writes a `chat.completion`.
    package static func body(of completion: Completion, as face: AnswerFace) -> JSONObject {
        let id = completion.id.isEmpty ? "chatcmpl-\(face.seed)" : completion.id
        var body = JSONObject([("id", .string(id)), ("object", "chat.completion")])
        body.set("created", count: completion.created > 0 ? completion.created : face.created)
        body.set("model", text: face.model)
        let choices = completion.choices.map { choice in
            JSONValue.object(
                JSONObject([
                    ("index", .number(JSONNumber(choice.index))), ("message", .object(message(of: choice, as: face))),
                    ("logprobs", .null), ("finish_reason", .string(ChatStopReason.openAI(choice.stop))),
                ])
            )
        }
        body.set("choices", to: .array(choices))
        if let usage = completion.usage { body.set("usage", to: ChatUsage.body(of: usage, hasWrites: true)) }
        return body
    }

    private static func message(of choice: Completion.Choice, as face: AnswerFace) -> JSONObject {
        var (text, refusal, calls, thinking): (String?, String?, [JSONValue], [Reasoning]) = (nil, nil, [], [])
        for part in choice.parts {
            switch part {
            case .text(let part): text = (text ?? "") + part.text
            case .refusal(let words): refusal = (refusal ?? "") + words
            case .reasoning(let part): thinking.append(part)
            case .toolCall(let call):
                let spare = face.callID(choice.index, calls.count)
                calls.append(.object(body(of: call, spare: spare)))
            case .image, .document, .audio, .toolResult: continue
            }
        }
        if text == nil, refusal == nil, calls.isEmpty { text = "" }
        var message = JSONObject([("role", "assistant"), ("content", text.map { .string($0) } ?? .null)])
        message.set("refusal", to: refusal.map { .string($0) } ?? .null)
        message.set("annotations", to: [])
        ChatReasoning.write(thinking, to: &message)
        if !calls.isEmpty { message.set("tool_calls", to: .array(calls)) }
        return message
    }

    /// Writes a call; `spare` is its identifier where the provider gave none.
    static func body(of call: ToolCall, spare: String) -> JSONObject {
        let arguments: JSONValue = .string(call.arguments.isEmpty ? "{}" : call.arguments)
        var body = JSONObject([
            ("id", .string(call.id.isEmpty ? spare : call.id)), ("type", "function"),
            ("function", ["name": .string(call.name), "arguments": arguments]),
        ])
        ChatReasoning.write(call.signature, to: &body)
        return body
    }
}

package import HTTPSemantics

extension OpenAIResponsesDialect {
    /// Reads a whole answer.
    package static func completion(of body: JSONObject) throws(MalformedAnswer) -> Completion {
        guard let output = body["output"]?.array else { throw MalformedAnswer("the answer has no output") }
        let status = body["status"]?.string ?? "completed"
        guard status == "completed" || status == "incomplete" else {
            throw MalformedAnswer("the answer is \(status): \(ChatFailure.inBand(body["error"]).message)")
        }
        let parts = parts(of: output)
        let start = start(of: body)
        return Completion(
            id: start.id,
            model: start.model,
            created: start.created,
            choices: [Completion.Choice(parts: parts, stop: stop(of: body, calls: parts.contains(where: isCall)))],
            usage: usage(of: body["usage"])
        )
    }

    /// Reads what an answer says of itself.
    static func start(of response: JSONObject) -> AnswerStart {
        var created = 0
        if case .number(let number)? = response["created_at"] {
            created = number.integer ?? whole(number.double)
        }
        return AnswerStart(
            id: response["id"]?.string ?? "",
            model: response["model"]?.string ?? "",
            created: created
        )
    }

    /// The whole seconds of a time that some servers give to the microsecond; 0 for nonsense.
    private static func whole(_ seconds: Double) -> Int {
        (0..<1e15).contains(seconds) ? Int(seconds) : 0
    }

    /// Reads why an answer ended.
    static func stop(of response: JSONObject, calls: Bool) -> StopReason {
        guard response["status"]?.string == "incomplete" else { return calls ? .tool : .natural }
        return response["incomplete_details"]?["reason"] == "content_filter" ? .filtered(nil) : .length
    }

    /// Reads items of an answer; those of OpenAI's own tools are passed over.
    static func parts(of output: [JSONValue]) -> [Part] {
        var parts: [Part] = []
        var callSignature: OpaqueValue?
        for (index, element) in output.enumerated() {
            guard let item = element.object else { continue }
            switch item["type"]?.string {
            case "message": parts += contents(of: item)
            case "reasoning":
                let (reasoning, signature) = ResponsesReasoningItem(item).content
                if let reasoning { parts.append(.reasoning(reasoning)) }
                callSignature = signature ?? callSignature
            case "function_call":
                var call = call(of: item, at: index)
                call.arguments = ToolArguments.text(of: item["arguments"])
                call.signature = callSignature
                callSignature = nil
                parts.append(.toolCall(call))
            default: break
            }
        }
        return parts
    }

    /// Reads a call without its arguments.
    static func call(of item: JSONObject, at index: Int) -> ToolCall {
        let id = [item["call_id"], item["id"]].lazy.compactMap { $0?.string }.first { !$0.isEmpty }
        return ToolCall(id: id ?? "call_\(index)", name: item["name"]?.string ?? "", arguments: "")
    }

    /// Reads what a message says.
    static func contents(of item: JSONObject) -> [Part] {
        (item["content"]?.array ?? []).compactMap { content in
            if let text = content["text"]?.string { return .text(TextPart(text)) }
            return content["refusal"]?.string.map { .refusal($0) }
        }
    }

    private static func isCall(_ part: Part) -> Bool {
        if case .toolCall = part { true } else { false }
    }
}

extension OpenAIResponsesDialect {
    /// Writes a whole answer; of several choices the first.
    package static func body(of completion: Completion, as face: AnswerFace) -> JSONObject {
        var output = ResponsesOutput(seed: face.seed)
        let choice = completion.choices.min { $0.index < $1.index }
        for part in choice?.parts ?? [] { output.add(part) }
        let outcome = ResponsesOutcome(choice?.stop ?? .natural)
        output.close(isCut: outcome.status == "incomplete")
        let frame = ResponsesFrame(
            start: AnswerStart(id: completion.id, model: completion.model, created: completion.created),
            face: face
        )
        return frame.object(outcome, items: output.items, usage: completion.usage)
    }
}

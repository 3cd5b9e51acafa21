import HTTPSemantics

/// Reads a request of Anthropic's dialect: all but `max_tokens`, which a request to count does without.
struct AnthropicRequestReader {
    /// The request.
    let body: RequestReader
    /// What it says that a conversation cannot hold.
    var losses: [Loss] = []

    /// Members that are read, or that say nothing beyond their defaults.
    private static let known: Set<String> = [
        "model", "max_tokens", "messages", "system", "temperature", "top_p", "top_k", "stop_sequences", "stream",
        "tools",
        "tool_choice", "thinking", "output_config", "output_format", "metadata", "service_tier", "speed",
        "cache_control",
    ]
    /// Values of members that ask for nothing unusual.
    private static let defaults = ["service_tier": "auto", "speed": "standard"]

    /// A reader of `body`.
    init(_ body: JSONObject) {
        self.body = RequestReader(body)
    }

    /// The conversation that the request asks to continue; a model told from outside counts before the request's.
    mutating func conversation(model: String?) throws(MalformedRequest) -> Conversation {
        let told = try body.string("model")
        guard let name = model ?? told else { throw body.missing("model") }
        var conversation = Conversation(model: name)
        var turns = AnthropicTurnReader()
        conversation.turns = try turns.turns(of: body)
        var tools = AnthropicToolReader()
        conversation.tools = try tools.tools(of: body)
        (conversation.toolChoice, conversation.allowsParallelCalls) = try tools.choice(of: body)
        losses += turns.losses + tools.losses
        if let mark = try AnthropicCacheMarks.mark(of: body) { Self.markEnd(of: &conversation.turns, mark) }
        conversation.sampling = try sampling()
        conversation.streams = try body.bool("stream") ?? false
        conversation.reasoning = try reasoning()
        conversation.output = try output()
        conversation.endUser = try endUser()
        noteRest()
        return conversation
    }

    private func sampling() throws(MalformedRequest) -> Sampling {
        var sampling = Sampling()
        sampling.temperature = try body.number("temperature")
        sampling.topP = try body.number("top_p")
        sampling.topK = try body.number("top_k")
        guard try body.list("stop_sequences") != nil else { return sampling }
        sampling.stop = try body.strings("stop_sequences") ?? []
        return sampling
    }

    /// The top-level `cache_control` stands for a mark on the last block that can bear one.
    private static func markEnd(of turns: inout [Turn], _ mark: String) {
        for turn in turns.indices.reversed() {
            for part in turns[turn].parts.indices.reversed() where turns[turn].parts[part].bearsAnthropicCacheMark {
                turns[turn].parts[part].anthropicCacheMark = turns[turn].parts[part].anthropicCacheMark ?? mark
                return
            }
        }
    }

    private mutating func endUser() throws(MalformedRequest) -> String? {
        guard let metadata = try body.section("metadata") else { return nil }
        metadata.noteUnknown(besides: ["user_id"], "is known to Anthropic only", losses: &losses)
        return try metadata.string("user_id")
    }

    private mutating func noteRest() {
        for (name, usual) in Self.defaults.sorted(by: { $0.key < $1.key }) {
            if let value = body.value(name), value.string != usual {
                losses.append(Loss(name, "is a way of serving that Anthropic only offers"))
            }
        }
        body.noteUnknown(besides: Self.known, "has no counterpart elsewhere", losses: &losses)
    }
}

extension AnthropicRequestReader {
    /// How much the model should think, by `thinking` and `output_config.effort`.
    private mutating func reasoning() throws(MalformedRequest) -> ReasoningRequest? {
        let effort = try effort()
        guard let thinking = try body.section("thinking") else { return effort.map { ReasoningRequest(effort: $0) } }
        let isShown = try isShown(thinking)
        switch try thinking.requiredString("type") {
        case "enabled":
            guard let budget = try thinking.count("budget_tokens") else { throw thinking.missing("budget_tokens") }
            return ReasoningRequest(effort: effort, budget: budget, isShown: isShown)
        case "adaptive":
            return ReasoningRequest(effort: effort, isShown: isShown, isAdaptive: true)
        case "disabled":
            if effort != nil { losses.append(Loss("output_config.effort", "goes with thinking elsewhere")) }
            return ReasoningRequest(effort: ReasoningRequest.Effort.none)
        case "between_tools":
            losses.append(Loss("thinking.type", "cannot be limited to the time between calls elsewhere"))
            return effort.map { ReasoningRequest(effort: $0) }
        default:
            throw thinking.fault("type", "must be enabled, adaptive or disabled")
        }
    }

    private func effort() throws(MalformedRequest) -> ReasoningRequest.Effort? {
        guard let config = try body.section("output_config"), let text = try config.string("effort") else { return nil }
        guard let effort = ReasoningRequest.Effort(rawValue: text), effort != .none, effort != .minimal else {
            throw config.fault("effort", "must be low, medium, high, xhigh or max")
        }
        return effort
    }

    private func isShown(_ thinking: RequestReader) throws(MalformedRequest) -> Bool? {
        // Without `display` it depends on the model, so the request does not say.
        guard let display = try thinking.string("display") else { return nil }
        guard display == "summarized" || display == "omitted" else {
            throw thinking.fault("display", "must be summarized or omitted")
        }
        return display == "summarized"
    }

    /// The form of the answer, by `output_config.format` or `output_format`, its name during the beta.
    private mutating func output() throws(MalformedRequest) -> OutputFormat? {
        let config = try body.section("output_config")
        config?.noteUnknown(besides: ["effort", "format"], "is known to Anthropic only", losses: &losses)
        var section = try config?.section("format")
        if section == nil { section = try body.section("output_format") }
        guard let format = section else { return nil }
        guard try format.requiredString("type") == "json_schema" else {
            throw format.fault("type", "must be json_schema")
        }
        guard let schema = try format.section("schema") else { throw format.missing("schema") }
        format.noteUnknown(besides: ["type", "schema"], "is known to Anthropic only", losses: &losses)
        return .schema(OpenAIStrictSchema.guaranteed(.object(schema.object)))
    }
}

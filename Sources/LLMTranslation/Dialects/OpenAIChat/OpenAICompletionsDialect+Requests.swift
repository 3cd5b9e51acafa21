package import HTTPSemantics

extension OpenAICompletionsDialect {
    /// What a request may say without being at a loss.
    private static let meaningless: [String: [JSONValue]] = [
        "best_of": [1], "echo": [false], "logit_bias": [[:]], "suffix": [""],
    ]
    private static let read: Set = [
        "model", "prompt", "temperature", "top_p", "top_k", "min_p", "presence_penalty", "frequency_penalty", "stop",
        "seed", "n", "max_tokens", "stream", "stream_options", "user",
    ]

    /// Reads a request of `/completions`.
    package static func conversation(
        of body: JSONObject,
        model: String?,
        streams: Bool?,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> Conversation {
        let request = RequestReader(body)
        let name = try request.string("model")
        guard let name = model ?? name else { throw request.missing("model") }
        var conversation = Conversation(model: name)
        conversation.turns = [try turn(request)]
        try ChatOptions.readSampling(request, into: &conversation)
        conversation.sampling.minP = try request.number("min_p")
        conversation.sampling.seed = try request.number("seed")
        conversation.endUser = try request.string("user")
        let isStreamed = try request.bool("stream")
        conversation.streams = streams ?? isStreamed ?? false
        let streamUsage = try request.section("stream_options")?.bool("include_usage")
        conversation.wantsStreamUsage = streamUsage ?? false
        ChatOptions.noteUncarried(request, read: read, meaningless: meaningless, losses: &losses)
        return conversation
    }

    /// The prompt as the user's turn.
    ///
    /// Several prompts want an answer each, which one call of another dialect cannot give.
    private static func turn(_ request: RequestReader) throws(MalformedRequest) -> Turn {
        guard let value = request.value("prompt") else { throw request.missing("prompt") }
        if let text = value.string { return Turn(.user, text: text) }
        guard let prompts = value.array, !prompts.isEmpty else {
            throw request.fault("prompt", "must be a text or a list of texts")
        }
        guard prompts.allSatisfy({ $0.string != nil }) else {
            throw request.fault("prompt", "must hold texts, since tokens mean something to one model only")
        }
        guard prompts.count == 1, let text = prompts[0].string else {
            throw request.fault("prompt", "must hold one text for this model; send each prompt in a call of its own")
        }
        return Turn(.user, text: text)
    }

    /// Writes a request of `/completions`: all that was said as one prompt.
    package static func body(
        of conversation: Conversation,
        for profile: ProviderProfile,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> JSONObject {
        var body = JSONObject([("model", .string(conversation.model))])
        body.set("prompt", text: prompt(of: conversation.turns, losses: &losses))
        let sampling = conversation.sampling
        body.set("max_tokens", count: sampling.maximumOutput)
        body.set("temperature", number: ChatOptions.temperature(sampling, most: 2, losses: &losses))
        body.set("top_p", number: sampling.topP)
        if conversation.choices > 1 { body.set("n", count: conversation.choices) }
        body.set("stop", texts: sampling.stop)
        body.set("presence_penalty", number: sampling.presencePenalty)
        body.set("frequency_penalty", number: sampling.frequencyPenalty)
        body.set("seed", number: sampling.seed)
        body.set("user", text: conversation.endUser)
        noteUnsayable(conversation, losses: &losses)
        if conversation.streams {
            body.set("stream", to: true)
            body.set("stream_options", to: ["include_usage": true])
        }
        return body
    }

    private static func prompt(of turns: [Turn], losses: inout [Loss]) -> String {
        if turns.count > 1 || turns.first.map({ $0.role != .user }) == true {
            losses.append(Loss("messages", "legacy completions have no turns; all texts are put together"))
        }
        var lost = LossList()
        for part in turns.flatMap(\.parts) {
            if case .text = part { continue }
            lost.add(Loss(OpenAIChatFiles.field(of: part), "legacy completions take text only"))
        }
        losses += lost.losses
        return turns.map(\.text).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func noteUnsayable(_ conversation: Conversation, losses: inout [Loss]) {
        let wantsForm = conversation.output.map { $0 != .text } ?? false
        let fields: [(String, Bool)] = [
            ("tools", !conversation.tools.isEmpty), ("response_format", wantsForm),
            ("reasoning_effort", conversation.reasoning != nil), ("top_k", conversation.sampling.topK != nil),
            ("min_p", conversation.sampling.minP != nil), ("metadata", !conversation.metadata.isEmpty),
            ("prompt_cache_key", conversation.promptCacheKey != nil),
        ]
        for (field, isSaid) in fields where isSaid { losses.append(Loss(field, "legacy completions do not have it")) }
        ChatOptions.noteLogprobs(conversation.sampling, losses: &losses)
    }
}

package import HTTPSemantics

extension MistralDialect {
    /// The highest temperature that Mistral allows.
    private static let hottest = 1.5

    /// Writes a request of `/chat/completions`, in fields that Mistral knows only, since it refuses others.
    package static func body(
        of conversation: Conversation,
        for profile: ProviderProfile,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> JSONObject {
        try FunctionNames.check(conversation.tools, longest: profile.isVendorItself ? 64 : nil)
        var body = JSONObject([("model", .string(conversation.model))])
        body.set("messages", to: .array(MistralMessages.write(conversation.turns, losses: &losses)))
        writeTools(of: conversation, to: &body, losses: &losses)
        if let output = conversation.output { body.set("response_format", to: ChatOptions.body(of: output)) }
        writeSampling(conversation.sampling, to: &body, losses: &losses)
        if conversation.choices > 1 { body.set("n", count: conversation.choices) }
        if let effort = conversation.reasoning.flatMap(ChatOptions.effort) {
            // Mistral's scale ends at xhigh.
            body.set("reasoning_effort", text: effort == .max ? "xhigh" : effort.rawValue)
        }
        writeLabels(of: conversation, to: &body)
        body.set("prompt_cache_key", text: conversation.promptCacheKey)
        if conversation.streams { body.set("stream", to: true) }
        return body
    }

    private static func writeSampling(_ sampling: Sampling, to body: inout JSONObject, losses: inout [Loss]) {
        body.set("temperature", number: ChatOptions.temperature(sampling, most: hottest, losses: &losses))
        body.set("top_p", number: sampling.topP)
        body.set("max_tokens", count: sampling.maximumOutput)
        body.set("stop", texts: sampling.stop)
        body.set("random_seed", number: sampling.seed)
        body.set("presence_penalty", number: sampling.presencePenalty)
        body.set("frequency_penalty", number: sampling.frequencyPenalty)
        if sampling.topK != nil { losses.append(Loss("top_k", "Mistral does not have it")) }
        if sampling.minP != nil { losses.append(Loss("min_p", "Mistral does not have it")) }
        ChatOptions.noteLogprobs(sampling, losses: &losses)
    }

    private static func writeTools(
        of conversation: Conversation,
        to body: inout JSONObject,
        losses: inout [Loss]
    ) {
        let tools = ChatOptions.body(of: conversation.tools, for: vendor, needsParameters: true, losses: &losses)
        guard !tools.isEmpty else { return ChatOptions.noteIdleChoice(conversation.toolChoice, losses: &losses) }
        body.set("tools", to: .array(tools))
        if let choice = conversation.choice(at: vendor, losses: &losses) {
            body.set("tool_choice", to: ChatOptions.body(of: choice, any: "any"))
        }
        body.set("parallel_tool_calls", flag: conversation.allowsParallelCalls)
    }

    /// The caller's user is one of the labels.
    private static func writeLabels(of conversation: Conversation, to body: inout JSONObject) {
        var labels = JSONObject(conversation.metadata.map { ($0.name, .string($0.value)) })
        if labels["user_id"] == nil { labels.set("user_id", text: conversation.endUser) }
        if !labels.members.isEmpty { body.set("metadata", to: .object(labels)) }
    }
}

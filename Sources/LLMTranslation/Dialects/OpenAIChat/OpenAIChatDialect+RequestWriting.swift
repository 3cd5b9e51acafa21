package import HTTPSemantics

extension OpenAIChatDialect {
    /// Most stop texts that OpenAI itself takes.
    private static let mostStops = 4

    /// Writes a request of `/chat/completions`; for other servers than OpenAI in its older, widely understood fields.
    package static func body(
        of conversation: Conversation,
        for profile: ProviderProfile,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> JSONObject {
        try FunctionNames.check(conversation.tools, longest: profile.isVendorItself ? 64 : nil)
        var body = JSONObject([("model", .string(conversation.model))])
        body.set("messages", to: .array(OpenAIChatMessages.write(conversation.turns, for: profile, losses: &losses)))
        writeTools(of: conversation, for: profile, to: &body, losses: &losses)
        if let output = conversation.output { body.set("response_format", to: ChatOptions.body(of: output)) }
        writeSampling(conversation.sampling, for: profile, to: &body, losses: &losses)
        if conversation.choices > 1 { body.set("n", count: conversation.choices) }
        if let reasoning = conversation.reasoning {
            body.set("reasoning_effort", text: ChatOptions.effort(of: reasoning)?.rawValue)
            if reasoning.isShown == true, profile.isVendorItself {
                losses.append(Loss("reasoning.summary", "OpenAI's chat does not show its thinking"))
            }
        }
        body.set("user", text: conversation.endUser)
        writeLabels(of: conversation, for: profile, to: &body, losses: &losses)
        if conversation.streams {
            body.set("stream", to: true)
            body.set("stream_options", to: ["include_usage": true])
        }
        return body
    }

    private static func writeSampling(
        _ sampling: Sampling,
        for profile: ProviderProfile,
        to body: inout JSONObject,
        losses: inout [Loss]
    ) {
        body.set("temperature", number: ChatOptions.temperature(sampling, most: 2, losses: &losses))
        body.set("top_p", number: sampling.topP)
        body.set("presence_penalty", number: sampling.presencePenalty)
        body.set("frequency_penalty", number: sampling.frequencyPenalty)
        body.set("seed", number: sampling.seed)
        body.set(profile.isVendorItself ? "max_completion_tokens" : "max_tokens", count: sampling.maximumOutput)
        if profile.isVendorItself {
            if sampling.topK != nil { losses.append(Loss("top_k", "OpenAI does not have it")) }
            if sampling.minP != nil { losses.append(Loss("min_p", "OpenAI does not have it")) }
            if sampling.stop.count > mostStops {
                losses.append(Loss("stop", "OpenAI takes \(mostStops) texts; the others are left out"))
            }
            body.set("stop", texts: Array(sampling.stop.prefix(mostStops)))
        } else {
            body.set("top_k", number: sampling.topK)
            body.set("min_p", number: sampling.minP)
            body.set("stop", texts: sampling.stop)
        }
        ChatOptions.noteLogprobs(sampling, losses: &losses)
    }

    private static func writeTools(
        of conversation: Conversation,
        for profile: ProviderProfile,
        to body: inout JSONObject,
        losses: inout [Loss]
    ) {
        let isOther = !profile.isVendorItself
        let tools = ChatOptions.body(of: conversation.tools, for: vendor, needsParameters: isOther, losses: &losses)
        guard !tools.isEmpty else { return ChatOptions.noteIdleChoice(conversation.toolChoice, losses: &losses) }
        body.set("tools", to: .array(tools))
        if let choice = conversation.choice(at: vendor, losses: &losses) {
            body.set("tool_choice", to: ChatOptions.body(of: choice, any: "required"))
        }
        body.set("parallel_tool_calls", flag: conversation.allowsParallelCalls)
    }

    private static func writeLabels(
        of conversation: Conversation,
        for profile: ProviderProfile,
        to body: inout JSONObject,
        losses: inout [Loss]
    ) {
        if profile.isVendorItself {
            body.set("prompt_cache_key", text: conversation.promptCacheKey)
            guard !conversation.metadata.isEmpty else { return }
            let labels = conversation.metadata.map { ($0.name, JSONValue.string($0.value)) }
            body.set("metadata", to: .object(JSONObject(labels)))
        } else {
            let reason = "servers that only speak OpenAI's dialect may refuse it"
            if conversation.promptCacheKey != nil { losses.append(Loss("prompt_cache_key", reason)) }
            if !conversation.metadata.isEmpty { losses.append(Loss("metadata", reason)) }
        }
    }
}

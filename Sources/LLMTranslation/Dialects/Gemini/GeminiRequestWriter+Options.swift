import HTTPSemantics

extension GeminiRequestWriter {
    /// The largest budget that every model with budgets takes (tokens).
    private static let largestBudget = 24_576
    /// The smallest that models take which always think (tokens).
    private static let smallestProBudget = 128
    private static let mostStops = 5

    /// How tokens are chosen, the form of the answer, and thinking.
    mutating func generationConfig() -> JSONObject {
        var config = JSONObject()
        let sampling = conversation.sampling
        config.set("temperature", number: sampling.temperature.map { $0.double > 2 ? JSONNumber(2) : $0 })
        if let temperature = sampling.temperature, temperature.double > 2 {
            lose("temperature", "it is lowered to 2, the most that Gemini takes")
        }
        config.set("topP", number: sampling.topP)
        config.set("topK", number: sampling.topK)
        config.set("candidateCount", count: conversation.choices > 1 ? conversation.choices : nil)
        config.set("maxOutputTokens", count: sampling.maximumOutput)
        config.set("stopSequences", texts: Array(sampling.stop.prefix(Self.mostStops)))
        config.set("presencePenalty", number: sampling.presencePenalty)
        config.set("frequencyPenalty", number: sampling.frequencyPenalty)
        config.set("seed", number: sampling.seed)
        if sampling.stop.count > Self.mostStops { lose("stop", "Gemini takes five stop sequences at most") }
        if sampling.minP != nil { lose("min_p", "Gemini does not know it") }
        if sampling.logprobs == true { lose("logprobs", "probabilities of tokens are not translated") }
        if (sampling.topLogprobs ?? 0) > 0 { lose("top_logprobs", "probabilities of tokens are not translated") }
        writeOutput(to: &config)
        if let thinking = thinkingConfig() { config.set("thinkingConfig", to: .object(thinking)) }
        return config
    }

    /// Names what Gemini cannot be told, wherever it stands.
    mutating func noteRest() {
        if conversation.allowsParallelCalls == false {
            lose("parallel_tool_calls", "Gemini makes as many calls at once as it likes")
        }
        if conversation.endUser != nil { lose("user", "Gemini is not told who the user is") }
        if conversation.promptCacheKey != nil { lose("prompt_cache_key", "Gemini caches by itself") }
        if !conversation.metadata.isEmpty { lose("metadata", "Gemini takes labels on Vertex AI only") }
    }

    private func writeOutput(to config: inout JSONObject) {
        switch conversation.output {
        case nil, .text: break
        case .json: config.set("responseMimeType", to: "application/json")
        case .schema(let output):
            config.set("responseMimeType", to: "application/json")
            var schema = output.schema
            if var object = schema.object, object["description"] == nil, let description = output.description {
                object.set("description", to: .string(description))
                schema = .object(object)
            }
            config.set("responseJsonSchema", to: schema)
        }
    }

    // MARK: Thinking

    private mutating func thinkingConfig() -> JSONObject? {
        guard let reasoning = conversation.reasoning else { return nil }
        var config = JSONObject()
        // Clients whose dialect cannot say so want to see what they ask for.
        let thinks = reasoning.effort != ReasoningRequest.Effort.none && reasoning.budget != 0
        if thinks { config.set("includeThoughts", flag: reasoning.isShown ?? true) }
        if traits.isThirdGeneration {
            config.set("thinkingLevel", text: level(reasoning))
        } else {
            config.set("thinkingBudget", count: budget(reasoning))
        }
        return config.members.isEmpty ? nil : config
    }

    private mutating func level(_ reasoning: ReasoningRequest) -> String? {
        let budget = reasoning.budget.flatMap { $0 < 0 ? nil : $0 }
        guard let effort = reasoning.effort ?? budget.map(ReasoningRequest.effort(for:)) else { return nil }
        switch effort {
        case .none:
            lose("reasoning_effort", "this model always thinks")
            return traits.isPro ? "LOW" : "MINIMAL"
        case .minimal: return traits.isPro ? "LOW" : "MINIMAL"
        case .low: return "LOW"
        case .medium: return traits.isThreePro ? "HIGH" : "MEDIUM"
        case .high, .xhigh, .max: return "HIGH"
        }
    }

    private mutating func budget(_ reasoning: ReasoningRequest) -> Int? {
        guard let budget = reasoning.budget ?? reasoning.effort.map(ReasoningRequest.budget(for:)) else {
            return reasoning.isAdaptive ? -1 : nil
        }
        guard budget >= 0 else { return -1 }
        guard traits.isPro, budget < Self.smallestProBudget else { return min(budget, Self.largestBudget) }
        if budget == 0 { lose("reasoning_effort", "this model always thinks") }
        return Self.smallestProBudget
    }
}

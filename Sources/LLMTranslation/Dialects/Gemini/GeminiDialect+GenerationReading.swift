import HTTPSemantics

extension GeminiDialect {
    private static let noCounterpart = "other vendors have nothing like it"
    private static let known: Set = [
        "temperature", "topP", "topK", "candidateCount", "maxOutputTokens", "stopSequences", "presencePenalty",
        "frequencyPenalty", "seed", "responseMimeType", "responseSchema", "responseJsonSchema", "responseLogprobs",
        "logprobs", "responseModalities", "thinkingConfig",
    ]

    /// Reads `generationConfig`.
    static func read(
        generation config: GeminiReader,
        into conversation: inout Conversation,
        losses: inout [Loss]
    ) throws(MalformedRequest) {
        let fields = config.fields
        conversation.sampling = try sampling(fields)
        conversation.choices = try fields.count("candidateCount") ?? 1
        guard conversation.choices >= 1 else { throw fields.fault("candidateCount", "must be 1 or more") }
        conversation.output = try output(config, losses: &losses)
        if let thinking = try config.section("thinkingConfig") {
            conversation.reasoning = try reasoning(thinking, losses: &losses)
        }
        let modalities = try fields.strings("responseModalities") ?? []
        if modalities.contains(where: { $0.uppercased() != "TEXT" }) {
            losses.append(Loss("\(fields.path)responseModalities", "answers are translated as text only"))
        }
        config.noteUnknown(besides: known, noCounterpart, losses: &losses)
    }

    private static func sampling(_ fields: RequestReader) throws(MalformedRequest) -> Sampling {
        var sampling = Sampling()
        sampling.temperature = try fields.number("temperature")
        sampling.topP = try fields.number("topP")
        sampling.topK = try fields.number("topK")
        sampling.presencePenalty = try fields.number("presencePenalty")
        sampling.frequencyPenalty = try fields.number("frequencyPenalty")
        sampling.seed = try fields.number("seed")
        sampling.maximumOutput = try fields.count("maxOutputTokens")
        sampling.stop = try fields.strings("stopSequences") ?? []
        sampling.logprobs = try fields.bool("responseLogprobs")
        sampling.topLogprobs = try fields.count("logprobs")
        return sampling
    }

    private static func output(
        _ config: GeminiReader,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> OutputFormat? {
        let fields = config.fields
        switch try fields.string("responseMimeType")?.lowercased() {
        case nil, "": return nil
        case "text/plain": return .text
        case "application/json": break
        default:
            losses.append(Loss("\(fields.path)responseMimeType", "other vendors answer with text or JSON only"))
            return nil
        }
        if let schema = fields.value("responseJsonSchema") { return .schema(OpenAIStrictSchema.guaranteed(schema)) }
        guard let schema = try fields.section("responseSchema") else { return .json }
        return .schema(OpenAIStrictSchema.guaranteed(.object(GeminiSchema.jsonSchema(of: schema.object))))
    }

    private static func reasoning(
        _ config: GeminiReader,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> ReasoningRequest {
        var reasoning = ReasoningRequest()
        reasoning.isShown = try config.fields.bool("includeThoughts")
        reasoning.budget = try config.fields.integer("thinkingBudget").map { max(-1, $0) }
        reasoning.isAdaptive = (reasoning.budget ?? 0) < 0
        switch try config.word("thinkingLevel") {
        case nil, "THINKING_LEVEL_UNSPECIFIED": break
        case .some(let level):
            guard let effort = ReasoningRequest.Effort(rawValue: level.lowercased()) else {
                throw config.fields.fault("thinkingLevel", "must be MINIMAL, LOW, MEDIUM or HIGH")
            }
            reasoning.effort = effort
        }
        config.noteUnknown(
            besides: ["includeThoughts", "thinkingBudget", "thinkingLevel"],
            noCounterpart,
            losses: &losses
        )
        return reasoning
    }
}

import HTTPSemantics

/// Reads what requests of `/api/chat` and `/api/generate` have in common.
enum OllamaOptionsReader {
    private static let known: Set = [
        "num_predict", "temperature", "top_p", "top_k", "min_p", "seed", "stop", "presence_penalty",
        "frequency_penalty",
    ]
    /// The members that ``read(_:into:losses:)`` takes care of.
    static let members: Set = [
        "model", "stream", "format", "think", "options", "truncate", "shift", "logprobs", "top_logprobs", "keep_alive",
    ]

    /// Reads the common members into `conversation`.
    static func read(
        _ fields: RequestReader,
        into conversation: inout Conversation,
        losses: inout [Loss]
    ) throws(MalformedRequest) {
        conversation.streams = try fields.bool("stream") ?? true
        conversation.output = try output(fields)
        conversation.reasoning = try reasoning(fields)
        if let options = try fields.section("options") {
            conversation.sampling = try sampling(options)
            options.noteUnknown(besides: known, "only Ollama has this option", losses: &losses)
        }
        conversation.sampling.logprobs = try fields.bool("logprobs")
        conversation.sampling.topLogprobs = try fields.count("top_logprobs")
        if fields.value("keep_alive") != nil {
            losses.append(Loss("keep_alive", "other vendors do not load models on demand"))
        }
        for name in ["truncate", "shift"] where try isFalse(name, fields) {
            losses.append(Loss(name, "other vendors decide by themselves what to do with a full context"))
        }
    }

    private static func isFalse(_ name: String, _ fields: RequestReader) throws(MalformedRequest) -> Bool {
        try fields.bool(name) == false
    }

    private static func sampling(_ options: RequestReader) throws(MalformedRequest) -> Sampling {
        var sampling = Sampling()
        sampling.temperature = try options.number("temperature")
        sampling.topP = try options.number("top_p")
        sampling.topK = try options.number("top_k")
        sampling.minP = try options.number("min_p")
        sampling.presencePenalty = try options.number("presence_penalty")
        sampling.frequencyPenalty = try options.number("frequency_penalty")
        sampling.seed = try options.number("seed")
        sampling.stop = try options.strings("stop") ?? []
        // Below one there is no limit.
        sampling.maximumOutput = try options.integer("num_predict").flatMap { $0 < 1 ? nil : $0 }
        return sampling
    }

    private static func output(_ fields: RequestReader) throws(MalformedRequest) -> OutputFormat? {
        switch fields.value("format") {
        case nil, "": return nil
        case "json": return .json
        case .object(let schema): return .schema(OutputSchema(schema: .object(schema)))
        default: throw fields.fault("format", "must be \"json\" or a JSON schema")
        }
    }

    private static func reasoning(_ fields: RequestReader) throws(MalformedRequest) -> ReasoningRequest? {
        switch fields.value("think") {
        case nil: return nil
        case .bool(true): return ReasoningRequest(isShown: true, isAdaptive: true)
        case .bool(false): return ReasoningRequest(effort: ReasoningRequest.Effort.none)
        case .string(let level):
            guard let effort = ReasoningRequest.Effort(rawValue: level) else { break }
            return ReasoningRequest(effort: effort, isShown: effort == .none ? nil : true)
        default: break
        }
        throw fields.fault("think", "must be true, false, \"low\", \"medium\", \"high\" or \"max\"")
    }
}

import HTTPSemantics

/// Writes a conversation as a request for an answer or for a count.
struct ResponsesRequestWriter {
    /// What is to be written.
    private let conversation: Conversation
    private let profile: ProviderProfile
    /// The request so far.
    private(set) var body: JSONObject
    /// What could not be said.
    private(set) var losses: [Loss] = []

    /// A writer of `conversation`.
    init(_ conversation: Conversation, _ profile: ProviderProfile) {
        self.conversation = conversation
        self.profile = profile
        body = JSONObject([("model", .string(conversation.model))])
    }

    /// All that bears on the input.
    mutating func writePrompt() {
        var input = ResponsesInputWriter(keepsForeignText: !profile.isVendorItself)
        input.write(conversation.turns)
        losses += input.losses
        body.set("instructions", text: input.instructions)
        body.set("input", to: .array(input.items))
        writeTools()
        if let format = conversation.output.map(Self.object) {
            body.set("text", to: .object(JSONObject([("format", .object(format))])))
        }
        writeReasoning()
    }

    /// How tokens are chosen.
    ///
    /// Probabilities of tokens are not asked for, since no answer here can carry them.
    mutating func writeSampling() {
        let sampling = conversation.sampling
        body.set("max_output_tokens", count: sampling.maximumOutput)
        if let temperature = sampling.temperature, temperature.double > 2 {
            losses.append(Loss("temperature", "it is lowered to 2, the most that OpenAI allows"))
            body.set("temperature", to: 2)
        } else {
            body.set("temperature", number: sampling.temperature)
        }
        body.set("top_p", number: sampling.topP)
        let unsaid: [(String, Bool)] = [
            ("top_k", sampling.topK != nil), ("min_p", sampling.minP != nil),
            ("presence_penalty", sampling.presencePenalty != nil),
            ("frequency_penalty", sampling.frequencyPenalty != nil), ("seed", sampling.seed != nil),
            ("stop", !sampling.stop.isEmpty), ("logprobs", sampling.logprobs == true),
            ("top_logprobs", (sampling.topLogprobs ?? 0) > 0), ("n", conversation.choices > 1),
        ]
        for (field, isAsked) in unsaid where isAsked {
            losses.append(Loss(field, "OpenAI's Responses cannot say it"))
        }
    }

    /// Who calls, how the answer should come, and that nothing is to be kept.
    mutating func writeCaller() {
        body.set("user", text: conversation.endUser)
        body.set("prompt_cache_key", text: conversation.promptCacheKey)
        if !conversation.metadata.isEmpty {
            body.set("metadata", to: .object(JSONObject(conversation.metadata.map { ($0.name, .string($0.value)) })))
        }
        if profile.isVendorItself { body.set("store", to: false) }
        if conversation.streams { body.set("stream", to: true) }
        if profile.isVendorItself, thinks { body.set("include", texts: ["reasoning.encrypted_content"]) }
    }

    private var thinks: Bool { conversation.reasoning.map { $0.effort != ReasoningRequest.Effort.none } ?? false }

    private mutating func writeTools() {
        var tools: [JSONValue] = []
        for (index, tool) in conversation.tools.enumerated() {
            switch tool {
            case .function(let function):
                tools.append(.object(Self.object(function)))
                if function.cacheMark != nil {
                    losses.append(Loss("tools[\(index)].cache_control", ResponsesInputWriter.noMark))
                }
            case .native(.openai, let object): tools.append(.object(object))
            case .native(let vendor, _):
                losses.append(Loss("tools[\(index)]", "only \(vendor.rawValue) runs this tool"))
            }
        }
        guard !tools.isEmpty else { return noteIdleChoice() }
        body.set("tools", to: .array(tools))
        switch conversation.choice(at: .openai, losses: &losses) {
        case nil: break
        case .automatic: body.set("tool_choice", to: "auto")
        case ToolChoice.none?: body.set("tool_choice", to: "none")
        case .any: body.set("tool_choice", to: "required")
        case .function(let name): body.set("tool_choice", to: ["type": "function", "name": .string(name)])
        }
        body.set("parallel_tool_calls", flag: conversation.allowsParallelCalls)
    }

    private mutating func noteIdleChoice() {
        switch conversation.toolChoice {
        case nil, .automatic, ToolChoice.none?: return
        case .any, .function: losses.append(Loss("tool_choice", "there is no tool that the provider knows"))
        }
    }

    /// A function; without `strict` OpenAI would hold the schema to rules that other dialects' schemas do not keep.
    private static func object(_ function: FunctionTool) -> JSONObject {
        var object = JSONObject([("type", "function"), ("name", .string(function.name))])
        object.set("description", text: function.description)
        object.set("parameters", to: function.parameters.map { .object($0) } ?? ["type": "object", "properties": [:]])
        object.set("strict", to: .bool(function.isStrict ?? false))
        return object
    }

    private static func object(_ format: OutputFormat) -> JSONObject {
        switch format {
        case .text: return JSONObject([("type", "text")])
        case .json: return JSONObject([("type", "json_object")])
        case .schema(let schema):
            var object = JSONObject([("type", "json_schema"), ("name", .string(schema.name ?? "answer"))])
            object.set("description", text: schema.description)
            object.set("schema", to: schema.schema)
            object.set("strict", flag: schema.isStrict)
            return object
        }
    }

    private mutating func writeReasoning() {
        guard let request = conversation.reasoning else { return }
        var section = JSONObject()
        if let effort = request.effort {
            section.set("effort", text: effort.rawValue)
        } else if let budget = request.budget, budget >= 0 {
            section.set("effort", text: ReasoningRequest.effort(for: budget).rawValue)
        }
        if request.isShown == true, thinks { section.set("summary", to: "auto") }
        if !section.members.isEmpty { body.set("reasoning", to: .object(section)) }
    }
}

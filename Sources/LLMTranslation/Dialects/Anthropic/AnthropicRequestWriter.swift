import HTTPSemantics

/// Writes a request of Anthropic's dialect.
struct AnthropicRequestWriter {
    /// What to say.
    let conversation: Conversation
    /// For whom.
    let profile: ProviderProfile
    /// What cannot be said.
    var losses: [Loss] = []
    private let traits: AnthropicModelTraits

    /// A writer of `conversation`.
    init(_ conversation: Conversation, for profile: ProviderProfile) {
        self.conversation = conversation
        self.profile = profile
        traits = AnthropicModelTraits(of: conversation.model, isVendorItself: profile.isVendorItself)
    }

    /// The request.
    mutating func body() throws(MalformedRequest) -> JSONObject {
        try FunctionNames.check(conversation.tools, longest: profile.isVendorItself ? 128 : nil)
        var marks = AnthropicCacheMarks(of: conversation)
        if marks.isOverfull {
            losses.append(Loss("cache_control", "can be set four times at most; the first are left out"))
        }
        let tools = tools(&marks)
        var messages = AnthropicMessageWriter(marks: marks)
        let system = messages.system(of: conversation.turns)
        let list = try messages.messages(of: conversation.turns)
        guard !list.isEmpty else {
            throw MalformedRequest("messages", "There is no message to answer; add one of the user's.")
        }
        losses += messages.losses
        let plan = AnthropicThinkingPlan(for: conversation, profile: profile, traits: traits)
        losses += plan.losses

        var body = JSONObject()
        body.set("model", text: conversation.model)
        body.set("max_tokens", count: plan.maximumOutput)
        if let system { body.set("system", to: system) }
        body.set("messages", to: .array(list))
        if !tools.isEmpty { body.set("tools", to: .array(tools)) }
        setChoice(on: &body, hasTools: !tools.isEmpty)
        if let thinking = plan.thinking { body.set("thinking", to: .object(thinking)) }
        setOutput(on: &body, plan)
        setSampling(on: &body, isThinking: plan.isOn)
        setMetadata(on: &body)
        if conversation.streams { body.set("stream", to: true) }
        noteRest()
        return body
    }

    private mutating func tools(_ marks: inout AnthropicCacheMarks) -> [JSONValue] {
        var written: [JSONValue] = []
        for (index, tool) in conversation.tools.enumerated() {
            switch tool {
            case .function(let function):
                var object = JSONObject([("name", .string(function.name))])
                object.set("description", text: function.description)
                object.set("input_schema", to: .object(schema(of: function, at: index)))
                if function.isStrict == true { setStrict(on: &object, at: index) }
                marks.put(function.cacheMark, on: &object)
                written.append(.object(object))
            case .native(.anthropic, var object):
                marks.check(&object)
                written.append(.object(object))
            case .native(let vendor, _):
                losses.append(Loss("tools[\(index)]", "is a tool that only \(vendor.rawValue) runs"))
            }
        }
        return written
    }

    private mutating func setStrict(on tool: inout JSONObject, at index: Int) {
        if traits.formsOutput {
            tool.set("strict", to: true)
        } else {
            losses.append(Loss("tools[\(index)]", "this model cannot be held to a schema to the letter"))
        }
    }

    private mutating func schema(of function: FunctionTool, at index: Int) -> JSONObject {
        guard function.isStrict == true, traits.formsOutput else { return AnthropicSchema.input(function.parameters) }
        return AnthropicSchema.strictInput(function.parameters, at: "tools[\(index)]", losses: &losses)
    }

    private mutating func setChoice(on body: inout JSONObject, hasTools: Bool) {
        let told = hasTools ? conversation.choice(at: .anthropic, losses: &losses) : conversation.toolChoice
        let wanted = told ?? (conversation.allowsParallelCalls == false ? .automatic : nil)
        guard let wanted else { return }
        guard hasTools else {
            // The vendor takes no choice without tools; then nothing can be called anyway.
            if wanted != .automatic, wanted != .none {
                losses.append(Loss("tool_choice", "needs tools to choose from"))
            }
            return
        }
        var choice = JSONObject()
        switch wanted {
        case .automatic: choice.set("type", to: "auto")
        case .any: choice.set("type", to: "any")
        case .none: choice.set("type", to: "none")
        case .function(let name):
            choice.set("type", to: "tool")
            choice.set("name", to: .string(name))
        }
        if conversation.allowsParallelCalls == false, wanted != .none {
            choice.set("disable_parallel_tool_use", to: true)
        }
        body.set("tool_choice", to: .object(choice))
    }

    private mutating func setOutput(on body: inout JSONObject, _ plan: AnthropicThinkingPlan) {
        var config = JSONObject()
        config.set("effort", text: plan.effort)
        switch conversation.output {
        case nil, .text: break
        case .json: losses.append(Loss("response_format", "needs a schema at Anthropic"))
        case .schema(let schema):
            let narrowed = AnthropicSchema.output(schema, losses: &losses)
            let format = JSONObject([("type", "json_schema"), ("schema", narrowed)])
            config.set("format", to: .object(format))
        }
        if !config.members.isEmpty { body.set("output_config", to: .object(config)) }
    }
}

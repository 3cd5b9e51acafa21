import HTTPSemantics

/// A tool that stands for the form of an answer, for models that can be held to a schema in no other way: to call it is to
/// answer, and the call's arguments are the answer.
package struct AnswerTool: Sendable, Equatable {
    /// Its name, which no tool of the caller's has.
    package let name: String

    /// Puts the tool in the place of a form that models of `vendor` cannot be asked for; `nil` where none is needed.
    package init?(
        in conversation: inout Conversation,
        for vendor: Vendor,
        _ profile: ProviderProfile,
        losses: inout [Loss]
    ) {
        guard vendor == .anthropic, case .schema(let output)? = conversation.output else { return nil }
        let traits = AnthropicModelTraits(of: conversation.model, isVendorItself: profile.isVendorItself)
        guard !traits.formsOutput else { return nil }
        conversation.output = nil
        switch conversation.toolChoice {
        // The answer is a call in any case, and none of this tool's.
        case .any, .function: return nil
        case nil, .automatic, ToolChoice.none?: break
        }
        guard let schema = output.schema.object, schema["type"]?.string == "object" else {
            losses.append(Loss("response_format", "must be a schema of an object for this model"))
            return nil
        }
        if output.isStrict == true {
            losses.append(Loss("response_format.json_schema.strict", "is not kept to the letter by this model"))
        }
        name = Self.freeName(among: conversation.tools)
        put(output.description, schema, in: &conversation)
    }

    private func put(_ description: String?, _ schema: JSONObject, in conversation: inout Conversation) {
        let isAlone = conversation.tools.isEmpty || conversation.toolChoice == ToolChoice.none
        let purpose = description.map { "\($0)\n\n" } ?? ""
        let tool = FunctionTool(
            name: name,
            description: purpose
                + "Gives the answer in the form that is asked for. Call it once, with the whole answer.",
            parameters: schema
        )
        conversation.tools.append(.function(tool))
        conversation.toolChoice = isAlone ? .function(name) : .any
        if isAlone { conversation.allowsParallelCalls = false }
    }

    private static func freeName(among tools: [Tool]) -> String {
        let taken = Set(
            tools.compactMap { tool in
                switch tool {
                case .function(let function): function.name
                case .native(_, let object): object["name"]?.string
                }
            }
        )
        var name = "json_answer"
        while taken.contains(name) { name += "_" }
        return name
    }

    /// A whole answer in which the call of the tool is the text that it stands for.
    package func answer(in completion: Completion) -> Completion {
        var completion = completion
        for index in completion.choices.indices {
            let choice = completion.choices[index]
            let answers = choice.parts.compactMap(self.answer)
            guard let answer = answers.first else { continue }
            var parts = choice.parts.filter { self.answer(of: $0) == nil && !$0.isText }
            if answers.count + parts.count < choice.parts.count || answers.count > 1 {
                completion.losses.append(Self.besides)
            }
            let place = parts.firstIndex(where: \.isCall) ?? parts.endIndex
            parts.insert(.text(TextPart(answer)), at: place)
            completion.choices[index].parts = parts
            if choice.stop == .tool, place == parts.endIndex - 1 { completion.choices[index].stop = .natural }
        }
        return completion
    }

    private func answer(of part: Part) -> String? {
        guard case .toolCall(let call) = part, call.name == name else { return nil }
        return call.arguments
    }

    /// What is lost where a model says more than the answer.
    static let besides = Loss("answer.text", "stands beside the answer in the form that was asked for")
}

extension Part {
    fileprivate var isText: Bool {
        guard case .text = self else { return false }
        return true
    }

    fileprivate var isCall: Bool {
        guard case .toolCall = self else { return false }
        return true
    }
}

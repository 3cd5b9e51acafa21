import HTTPSemantics

/// A tool that stands for the form of an answer, for models that can be held to a schema in no other way: to call it is to
/// answer, and the call's arguments are the answer.
package struct AnswerTool: Sendable, Equatable {
    /// Its name, which no tool of the caller's has.
    package let name: String
    /// Whether the answer stands in a member of the arguments, since the vendor takes no such schema outermost.
    package let isWrapped: Bool

    /// The member of the arguments in which a wrapped answer stands.
    private static let member = "answer"

    /// Puts the tool in the place of a form that the conversation's model cannot be asked for; `nil` where none is needed.
    package init?(
        in conversation: inout Conversation,
        for vendor: Vendor,
        _ profile: ProviderProfile,
        losses: inout [Loss]
    ) {
        guard let output = Self.wish(conversation, vendor, profile) else { return nil }
        conversation.output = nil
        // What the vendor does not get cannot be called.
        let hasTools = conversation.tools.contains { $0.reaches(vendor) }
        var dropped: [Loss] = []
        let choice = conversation.choice(at: vendor, losses: &dropped)
        switch choice {
        // The answer is a call in any case, and none of this tool's.
        case .any where hasTools, .function where hasTools: return nil
        case .any, .function: dropped.append(Loss("tool_choice", "needs tools to choose from"))
        case nil, .automatic, ToolChoice.none?: break
        }
        guard let (schema, isWrapped) = Self.input(output.schema) else {
            losses.append(Loss("response_format", "refers to itself as a whole, which this model cannot be told"))
            return nil
        }
        losses += dropped
        if output.isStrict == true {
            losses.append(Loss("response_format.json_schema.strict", "is not kept to the letter by this model"))
        }
        name = Self.freeName(among: conversation.tools)
        self.isWrapped = isWrapped
        let isAlone = !hasTools || choice == ToolChoice.none
        put(output.description, schema, isAlone: isAlone, isAtVendor: profile.isVendorItself, in: &conversation)
    }

    /// The form that the conversation's model cannot be asked for.
    ///
    /// Anthropic's models before version 4.1 know no schema, and none of them knows JSON of any form; that is lost where a call that must be made would take more away.
    private static func wish(
        _ conversation: Conversation,
        _ vendor: Vendor,
        _ profile: ProviderProfile
    ) -> OutputSchema? {
        guard vendor == .anthropic else { return nil }
        let traits = AnthropicModelTraits(of: conversation.model, isVendorItself: profile.isVendorItself)
        return switch conversation.output {
        case .schema(let output)?: traits.formsOutput ? nil : output
        case .json? where leavesRoom(conversation, profile, traits):
            OutputSchema(
                description: "Takes the members of the JSON object that is the answer, whatever they are.",
                schema: ["type": "object", "additionalProperties": true]
            )
        case nil, .text?, .json?: nil
        }
    }

    /// Whether a call that must be made takes nothing away: thinking, calls of the caller's tools, a beginning.
    private static func leavesRoom(
        _ conversation: Conversation,
        _ profile: ProviderProfile,
        _ traits: AnthropicModelTraits
    ) -> Bool {
        guard conversation.tools.isEmpty, conversation.turns.last?.role != .assistant else { return false }
        return !AnthropicThinkingPlan(for: conversation, profile: profile, traits: traits).isOn
    }

    private func put(
        _ purpose: String?,
        _ schema: JSONObject,
        isAlone: Bool,
        isAtVendor: Bool,
        in conversation: inout Conversation
    ) {
        let use = "Gives the answer in the form that is asked for. Call it once, with the whole answer."
        let description = purpose.map { "\($0)\n\n\(use)" } ?? use
        conversation.tools.append(.function(FunctionTool(name: name, description: description, parameters: schema)))
        conversation.toolChoice = isAlone ? .function(name) : .any
        // The vendor's models that think unless told otherwise could not be made to call anything.
        if conversation.reasoning == nil, isAtVendor {
            conversation.reasoning = ReasoningRequest(effort: ReasoningRequest.Effort.none)
        }
        if isAlone { conversation.allowsParallelCalls = false }
    }

    /// The schema of the arguments: Anthropic takes an object, and neither choices nor references outermost.
    private static func input(_ schema: JSONValue) -> (JSONObject, isWrapped: Bool)? {
        if let object = schema.object, ["anyOf", "oneOf", "allOf", "$ref"].allSatisfy({ object[$0] == nil }),
            object["type"]?.string == "object" || object["type"] == nil && object["properties"] != nil
        {
            return (object, false)
        }
        guard let nested = NestedSchema(schema) else { return nil }
        var wrapper = JSONObject([("type", "object")])
        for member in nested.definitions.members { wrapper.set(member.name, to: member.value) }
        wrapper.set("properties", to: .object(JSONObject([(member, nested.inner)])))
        wrapper.set("required", texts: [member])
        return (wrapper, true)
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

    /// The answer that the arguments of a call hold; arguments that are cut or not as asked for stand for themselves.
    func answer(of arguments: String) -> String {
        guard isWrapped, let answer = (try? JSONParser.parse(Array(arguments.utf8)))?[Self.member] else {
            return arguments
        }
        return String(decoding: JSONWriter.bytes(answer), as: UTF8.self)
    }

    /// What is lost where a model says more than the answer.
    static let besides = Loss("answer.text", "stands beside the answer in the form that was asked for")
}

extension Tool {
    /// Whether a vendor gets the tool.
    fileprivate func reaches(_ vendor: Vendor) -> Bool {
        guard case .native(let owner, _) = self else { return true }
        return owner == vendor
    }
}

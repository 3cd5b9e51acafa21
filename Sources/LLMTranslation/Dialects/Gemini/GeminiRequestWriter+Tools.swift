import HTTPSemantics

extension GeminiRequestWriter {
    /// Writes the tools, and which of them the model must call.
    mutating func writeTools(to body: inout JSONObject) {
        var declarations: [JSONValue] = []
        var tools: [JSONValue] = []
        for tool in conversation.tools {
            switch tool {
            case .function(let function): declarations.append(.object(declaration(function)))
            case .native(.gemini, let object): tools.append(.object(object))
            case .native(let vendor, let object):
                let sort = object["type"]?.string ?? object.members.first?.name ?? "tool"
                lose("tools.\(sort)", "only \(vendor.rawValue) has this tool")
            }
        }
        if !declarations.isEmpty { tools.insert(["functionDeclarations": .array(declarations)], at: 0) }
        if !tools.isEmpty { body.set("tools", to: .array(tools)) }
        guard let choice = conversation.toolChoice else { return }
        guard !declarations.isEmpty else {
            if choice != .none, choice != .automatic { lose("tool_choice", "there are no functions to choose from") }
            return
        }
        var losses: [Loss] = []
        let left = conversation.choice(at: .gemini, losses: &losses)
        for loss in losses { lose(loss.field, loss.reason) }
        if let left { body.set("toolConfig", to: ["functionCallingConfig": .object(calling(left))]) }
    }

    private func calling(_ choice: ToolChoice) -> JSONObject {
        switch choice {
        case .automatic: JSONObject([("mode", "AUTO")])
        case .none: JSONObject([("mode", "NONE")])
        case .any: JSONObject([("mode", "ANY")])
        case .function(let name): JSONObject([("mode", "ANY"), ("allowedFunctionNames", [.string(name)])])
        }
    }

    private mutating func declaration(_ function: FunctionTool) -> JSONObject {
        var declaration = JSONObject([("name", .string(function.name))])
        declaration.set("description", text: function.description)
        if let parameters = function.parameters { declaration.set("parametersJsonSchema", to: .object(parameters)) }
        if function.isStrict == true { lose("strict", "Gemini does not check calls that are not forced") }
        if function.cacheMark != nil { lose("cache_control", "Gemini caches by itself") }
        return declaration
    }
}

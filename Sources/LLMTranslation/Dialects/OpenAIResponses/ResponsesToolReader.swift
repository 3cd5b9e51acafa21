import HTTPSemantics

/// Reads what the model may and must call.
struct ResponsesToolReader {
    /// The tools.
    private(set) var tools: [Tool] = []
    /// What must be called.
    private(set) var choice: ToolChoice?
    /// What could not be carried.
    private(set) var losses: [Loss] = []

    /// Takes `tools` and `tool_choice` out of a request.
    mutating func read(_ fields: RequestReader) throws(MalformedRequest) {
        for tool in try fields.sections("tools") ?? [] { tools.append(try self.tool(tool)) }
        guard let value = fields.value("tool_choice") else { return }
        if let word = value.string {
            choice = try Self.choice(word, fields, "tool_choice")
        } else if let section = try fields.section("tool_choice") {
            try readChoice(section)
        }
    }

    private mutating func tool(_ fields: RequestReader) throws(MalformedRequest) -> Tool {
        guard try fields.requiredString("type") == "function" else { return .native(.openai, fields.object) }
        var rest = fields.object
        for usual in ["defer_loading", "async"] where rest[usual]?.bool == false { rest.remove(usual) }
        RequestReader(rest, at: fields.path).noteUnknown(
            besides: ["type", "name", "description", "parameters", "strict"],
            ResponsesRequestReader.unknown,
            losses: &losses
        )
        return .function(
            FunctionTool(
                name: try fields.requiredString("name"),
                description: try fields.string("description"),
                parameters: try fields.section("parameters")?.object,
                isStrict: try fields.bool("strict")
            )
        )
    }

    private mutating func readChoice(_ section: RequestReader) throws(MalformedRequest) {
        switch try section.requiredString("type") {
        case "function": choice = .function(try section.requiredString("name"))
        case "allowed_tools":
            let mode = try section.requiredString("mode")
            guard mode == "auto" || mode == "required" else {
                throw section.fault("mode", "must be «auto» or «required»")
            }
            choice = mode == "auto" ? .automatic : .any
            try keepOnly(section.sections("tools") ?? [])
        case let type:
            losses.append(Loss("tool_choice", "tools of the type «\(type)» are OpenAI's own"))
        }
    }

    /// Leaves only the tools that may be called: to the model that means the same.
    private mutating func keepOnly(_ allowed: [RequestReader]) {
        let entries = Set(allowed.compactMap { Entry($0.object) })
        let functions = Set(entries.filter { $0.type == "function" }.compactMap(\.name))
        tools = tools.filter { tool in
            switch tool {
            case .function(let function): functions.contains(function.name)
            case .native(_, let object): Entry(object)?.wider.contains(where: entries.contains) ?? false
            }
        }
    }

    /// What an entry of `allowed_tools` says of the tools that it means.
    private struct Entry: Hashable {
        let type: String
        var name, server: String?

        /// `nil` where `object` names no type.
        init?(_ object: JSONObject) {
            guard let type = object["type"]?.string else { return nil }
            self.type = type
            name = object["name"]?.string
            server = object["server_label"]?.string
        }

        /// All entries that mean a tool which is this one: what an entry leaves out holds for any.
        var wider: [Self] {
            var (unnamed, anyServer, any) = (self, self, self)
            unnamed.name = nil
            anyServer.server = nil
            (any.name, any.server) = (nil, nil)
            return [self, unnamed, anyServer, any]
        }
    }

    private static func choice(
        _ word: String,
        _ fields: RequestReader,
        _ name: String
    ) throws(MalformedRequest) -> ToolChoice {
        switch word {
        case "auto": .automatic
        case "none": ToolChoice.none
        case "required": .any
        default: throw fields.fault(name, "must be «none», «auto», «required» or an object")
        }
    }
}

package import HTTPSemantics

extension GeminiDialect {
    private static let noCounterpart = "other vendors have nothing like it"
    private static let known: Set = [
        "model", "contents", "systemInstruction", "tools", "toolConfig", "generationConfig", "labels",
    ]

    /// Reads a request of `generateContent` or `streamGenerateContent`; the path tells which, and the model.
    package static func conversation(
        of body: JSONObject,
        model: String?,
        streams: Bool?,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> Conversation {
        let reader = GeminiReader(body)
        var conversation = try Conversation(model: self.model(model, in: reader.fields))
        conversation.streams = streams ?? false
        try readContents(reader, into: &conversation, losses: &losses)
        for tool in try reader.sections("tools") ?? [] { try read(tool: tool, into: &conversation, losses: &losses) }
        if let config = try reader.section("toolConfig") {
            try read(choice: config, into: &conversation, losses: &losses)
        }
        if let config = try reader.section("generationConfig") {
            try read(generation: config, into: &conversation, losses: &losses)
        }
        for label in try reader.fields.section("labels")?.object.members ?? [] {
            guard let value = label.value.string else {
                throw reader.fields.fault("labels.\(label.name)", "must be a text")
            }
            conversation.metadata.append(Conversation.Label(name: label.name, value: value))
        }
        reader.noteUnknown(besides: known, noCounterpart, losses: &losses)
        return conversation
    }

    private static func readContents(
        _ reader: GeminiReader,
        into conversation: inout Conversation,
        losses: inout [Loss]
    ) throws(MalformedRequest) {
        var contents = GeminiContentReader()
        if let instruction = try reader.section("systemInstruction"), let turn = try contents.system(instruction) {
            conversation.turns.append(turn)
        }
        guard let list = try reader.sections("contents"), !list.isEmpty else {
            throw MalformedRequest("contents", "contents is missing or empty; give at least one content with parts.")
        }
        for content in list { try contents.read(content, into: &conversation.turns) }
        losses += contents.losses
    }

    // MARK: Tools

    private static func read(
        tool: GeminiReader,
        into conversation: inout Conversation,
        losses: inout [Loss]
    ) throws(MalformedRequest) {
        for declaration in try tool.sections("functionDeclarations") ?? [] {
            let fields = declaration.fields
            var function = try FunctionTool(
                name: fields.requiredString("name"),
                description: fields.string("description")
            )
            if let schema = try fields.section("parametersJsonSchema") {
                function.parameters = schema.object
            } else if let schema = try fields.section("parameters") {
                function.parameters = GeminiSchema.jsonSchema(of: schema.object)
            }
            declaration.noteUnknown(
                besides: ["name", "description", "parameters", "parametersJsonSchema"],
                noCounterpart,
                losses: &losses
            )
            conversation.tools.append(.function(function))
        }
        for member in tool.fields.object.members where member.name != "functionDeclarations" {
            if case .null = member.value { continue }
            conversation.tools.append(.native(.gemini, JSONObject([(member.name, member.value)])))
        }
    }

    private static func read(
        choice config: GeminiReader,
        into conversation: inout Conversation,
        losses: inout [Loss]
    ) throws(MalformedRequest) {
        config.noteUnknown(besides: ["functionCallingConfig"], noCounterpart, losses: &losses)
        guard let calling = try config.section("functionCallingConfig") else { return }
        calling.noteUnknown(besides: ["mode", "allowedFunctionNames"], noCounterpart, losses: &losses)
        let allowed = try calling.fields.strings("allowedFunctionNames") ?? []
        switch try calling.word("mode") {
        case nil, "MODE_UNSPECIFIED": break
        case "AUTO": conversation.toolChoice = .automatic
        case "NONE": conversation.toolChoice = ToolChoice.none
        case "VALIDATED":
            conversation.toolChoice = .automatic
            losses.append(Loss("\(calling.fields.path)mode", "other vendors do not check calls that are not forced"))
        case "ANY":
            conversation.toolChoice = allowed.count == 1 ? allowed.first.map(ToolChoice.function) : .any
        default: throw calling.fields.fault("mode", "must be AUTO, ANY, NONE or VALIDATED")
        }
        if allowed.count > 1 {
            losses.append(Loss("\(calling.fields.path)allowedFunctionNames", "other vendors allow one function or all"))
        }
    }
}

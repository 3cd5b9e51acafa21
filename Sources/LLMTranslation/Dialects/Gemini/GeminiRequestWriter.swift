import HTTPSemantics

/// Writes a conversation as a request of `generateContent`.
struct GeminiRequestWriter {
    /// One content that is being put together.
    private struct Content {
        let role: String
        let holdsResults: Bool
        var parts: [JSONObject]
        /// Where the call of each result stands among all calls.
        var order: [Int] = []
    }

    /// In place of a signature that a call never had [Google's documentation of thought signatures].
    private static let noSignature = "skip_thought_signature_validator"

    /// What Gemini cannot be told.
    var losses: [Loss] { named.losses }
    /// What is written.
    let conversation: Conversation
    /// What is known of the model.
    let traits: GeminiModelTraits
    private var named = LossList()
    private var system: [JSONValue] = []
    private var contents: [Content] = []
    private var calls: [String: (name: String, order: Int)] = [:]

    /// A writer of `conversation`.
    init(_ conversation: Conversation) {
        self.conversation = conversation
        traits = GeminiModelTraits(conversation.model)
    }

    /// Names a loss, once.
    mutating func lose(_ field: String, _ reason: String) { named.add(Loss(field, reason)) }

    /// The request.
    mutating func body() throws(MalformedRequest) -> JSONObject {
        for turn in conversation.turns { try add(turn) }
        if contents.isEmpty, !system.isEmpty {
            // Gemini wants something to answer.
            contents = [Content(role: "user", holdsResults: false, parts: system.compactMap(\.object))]
            system = []
        }
        guard !contents.isEmpty else {
            throw MalformedRequest(
                "messages",
                "There is nothing to answer; send at least one message that says something."
            )
        }
        var body = JSONObject([("contents", .array(contents.map(written)))])
        if !system.isEmpty { body.set("systemInstruction", to: ["parts": .array(system)]) }
        writeTools(to: &body)
        let generation = generationConfig()
        if !generation.members.isEmpty { body.set("generationConfig", to: .object(generation)) }
        noteRest()
        return body
    }

    // MARK: Turns

    private mutating func add(_ turn: Turn) throws(MalformedRequest) {
        var content = Content(role: turn.role == .assistant ? "model" : "user", holdsResults: false, parts: [])
        for part in turn.parts {
            if case .toolResult(let result) = part {
                try add(result)
            } else if turn.role == .system {
                addInstruction(part)
            } else {
                try add(part, to: &content.parts)
            }
        }
        if content.parts.isEmpty {
            guard turn.role == .user, !turn.parts.contains(where: \.isToolResult) else { return }
            content.parts = [JSONObject([("text", "")])]
        }
        if let last = contents.indices.last, contents[last].role == content.role, !contents[last].holdsResults {
            contents[last].parts += content.parts
        } else {
            contents.append(content)
        }
    }

    private mutating func addInstruction(_ part: Part) {
        guard case .text(let text) = part else { return lose("system", "Gemini takes instructions as text only") }
        noteCacheMark(text.cacheMark)
        if !text.text.isEmpty { system.append(["text": .string(text.text)]) }
    }

    private mutating func add(_ part: Part, to parts: inout [JSONObject]) throws(MalformedRequest) {
        switch part {
        case .text(let text):
            noteCacheMark(text.cacheMark)
            if !text.text.isEmpty { parts.append(JSONObject([("text", .string(text.text))])) }
        case .refusal(let text): parts.append(JSONObject([("text", .string(text))]))
        case .image(let media), .document(let media), .audio(let media): add(media, to: &parts)
        case .reasoning(let reasoning): GeminiPartWriter.append(reasoning, toClient: false, to: &parts)
        case .toolCall(let call):
            noteCacheMark(call.cacheMark)
            calls[call.id] = (call.name, calls.count)
            let arguments = try ToolArguments.object(of: call)
            parts.append(GeminiPartWriter.call(call, arguments: arguments, toClient: false))
        case .toolResult: break
        }
    }

    private mutating func add(_ media: MediaPart, to parts: inout [JSONObject]) {
        noteCacheMark(media.cacheMark)
        if let detail = media.detail, detail != "auto" {
            lose("detail", "Gemini looks at pictures as closely as it likes")
        }
        if media.name != nil { lose("filename", "Gemini takes no names of files") }
        if let part = GeminiPartWriter.media(media) {
            parts.append(part)
        } else {
            lose("file_id", "the file is stored with another vendor; send its content")
        }
    }

    private mutating func noteCacheMark(_ mark: String?) {
        if mark != nil { lose("cache_control", "Gemini caches by itself") }
    }

    // MARK: Results of calls

    private mutating func add(_ result: ToolResult) throws(MalformedRequest) {
        guard let name = calls[result.callID]?.name ?? result.name else {
            throw MalformedRequest(
                "tool_call_id",
                "The result «\(result.callID)» answers no call, and Gemini needs the tool's name; "
                    + "leave the assistant's call in the history before it."
            )
        }
        noteCacheMark(result.cacheMark)
        var response = JSONObject()
        if !MadeUpCallID.matches(result.callID, name: name) { response.set("id", to: .string(result.callID)) }
        response.set("name", to: .string(name))
        response.set("response", to: .object(GeminiToolOutcome.object(of: result)))
        var media: [JSONObject] = []
        for part in result.content {
            switch part {
            case .image(let part), .document(let part), .audio(let part): add(part, to: &media)
            default: break
            }
        }
        if !media.isEmpty { response.set("parts", to: .array(media.map(JSONValue.object))) }
        if contents.last?.holdsResults != true {
            contents.append(Content(role: "user", holdsResults: true, parts: []))
        }
        contents[contents.count - 1].parts.append(JSONObject([("functionResponse", .object(response))]))
        contents[contents.count - 1].order.append(calls[result.callID]?.order ?? calls.count)
    }

    private func written(_ content: Content) -> JSONValue {
        var parts = content.parts
        if content.holdsResults {
            // Results without identifier are told apart by their order.
            parts = zip(content.order, parts).enumerated()
                .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element.1)
        }
        if traits.isThirdGeneration, let first = parts.firstIndex(where: { $0["functionCall"] != nil }),
            parts[first]["thoughtSignature"] == nil
        {
            parts[first].set("thoughtSignature", to: .string(Self.noSignature))
        }
        return ["role": .string(content.role), "parts": .array(parts.map(JSONValue.object))]
    }
}

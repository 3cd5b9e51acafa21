import HTTPSemantics

/// Writes a conversation as a request of `/api/chat`.
struct OllamaRequestWriter {
    /// What Ollama cannot be told.
    var losses: [Loss] { named.losses }
    /// What is written.
    let conversation: Conversation
    private var names: [String: String] = [:]
    private var named = LossList()

    /// A writer of `conversation`.
    init(_ conversation: Conversation) { self.conversation = conversation }

    /// Names a loss, once.
    mutating func lose(_ field: String, _ reason: String) { named.add(Loss(field, reason)) }

    /// The request.
    mutating func body() throws(MalformedRequest) -> JSONObject {
        let messages = try messages()
        guard !messages.isEmpty else {
            throw MalformedRequest(
                "messages",
                "There is nothing to answer; send at least one message that says something."
            )
        }
        var body = JSONObject([
            ("model", .string(conversation.model)), ("messages", .array(messages.map(JSONValue.object))),
        ])
        writeTools(to: &body)
        writeOptions(to: &body)
        return body
    }

    /// The messages, each result of a call one of its own.
    mutating func messages() throws(MalformedRequest) -> [JSONObject] {
        var messages: [JSONObject] = []
        for turn in conversation.turns {
            var message = OllamaMessage(role: turn.role == .tool ? "user" : turn.role.rawValue)
            for part in turn.parts {
                if case .toolResult(let result) = part {
                    messages.append(self.message(result))
                } else {
                    try add(part, to: &message)
                }
            }
            if message.saysSomething || turn.role == .user && turn.parts.isEmpty { messages.append(message.object) }
        }
        return messages
    }

    // MARK: Parts

    private mutating func add(_ part: Part, to message: inout OllamaMessage) throws(MalformedRequest) {
        switch part {
        case .text(let text):
            noteCacheMark(text.cacheMark)
            message.texts.append(text.text)
        case .refusal(let text): message.texts.append(text)
        case .image(let media), .document(let media), .audio(let media): add(media, of: part, to: &message)
        case .reasoning(let reasoning):
            // Signed thinking belongs to another vendor, and goes to no one else.
            if reasoning.signature == nil, reasoning.redacted == nil { message.thinking += reasoning.text }
        case .toolCall(let call):
            noteCacheMark(call.cacheMark)
            names[call.id] = call.name
            let arguments = try ToolArguments.object(of: call)
            let number = message.calls.count
            message.calls.append(OllamaMessage.call(call, arguments: arguments, number: number, toClient: false))
        case .toolResult: break
        }
    }

    private mutating func add(_ media: MediaPart, of part: Part, to message: inout OllamaMessage) {
        noteCacheMark(media.cacheMark)
        switch part {
        case .document: return lose("file", "Ollama takes pictures only; send the document's text")
        case .audio: return lose("input_audio", "Ollama takes pictures only")
        default: break
        }
        switch media.source {
        case .base64(_, let data): message.images.append(data)
        case .url: lose("image_url", "Ollama fetches no pictures; send the picture itself in base64")
        case .file: lose("file_id", "the file is stored with another vendor; send its content")
        }
        if let detail = media.detail, detail != "auto" { lose("detail", "Ollama looks at pictures as the model does") }
    }

    private mutating func message(_ result: ToolResult) -> JSONObject {
        noteCacheMark(result.cacheMark)
        var message = OllamaMessage(role: "tool")
        for part in result.content {
            switch part {
            case .text(let text): message.texts.append(text.text)
            case .image(let media), .document(let media), .audio(let media): add(media, of: part, to: &message)
            default: break
            }
        }
        let name = names[result.callID] ?? result.name
        var object = message.object
        object.set("tool_name", text: name)
        if !MadeUpCallID.matches(result.callID, name: name ?? "") {
            object.set("tool_call_id", to: .string(result.callID))
        }
        return object
    }

    private mutating func noteCacheMark(_ mark: String?) {
        if mark != nil { lose("cache_control", "Ollama caches by itself") }
    }
}

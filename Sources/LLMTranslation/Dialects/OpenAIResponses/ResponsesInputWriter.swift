import HTTPSemantics

/// Writes turns as `instructions` and `input`.
struct ResponsesInputWriter {
    /// What the first turns instruct; `nil` where they do not.
    private(set) var instructions: String?
    /// The items.
    private(set) var items: [JSONValue] = []
    /// What could not be said.
    private(set) var losses: [Loss] = []
    /// Whether thinking that OpenAI did not seal is sent too; OpenAI itself refuses it.
    private let keepsForeignText: Bool
    private var lostOnce: Set<String> = []

    /// A writer without items.
    init(keepsForeignText: Bool) { self.keepsForeignText = keepsForeignText }

    /// Marks for caches are not sent: the newest models alone take them, and all cache by themselves.
    private mutating func noteMark(_ mark: String?) {
        if mark != nil { loseOnce("cache_control", Self.noMark) }
    }

    /// Why marks for caches are not sent.
    static let noMark = "the provider chooses by itself what it caches"

    private mutating func loseOnce(_ field: String, _ reason: String) {
        if lostOnce.insert(field).inserted { losses.append(Loss(field, reason)) }
    }

    /// Writes all turns.
    mutating func write(_ turns: [Turn]) {
        let leading = turns.prefix { $0.role == .system && Self.isText($0.parts) }
        if !leading.isEmpty { instructions = leading.map(Self.text).joined(separator: "\n\n") }
        for case .text(let part) in leading.flatMap(\.parts) { noteMark(part.cacheMark) }
        for turn in turns.dropFirst(leading.count) {
            switch turn.role {
            case .assistant: writeAnswer(turn)
            case .system, .user, .tool: writeQuestion(turn)
            }
        }
    }

    private static func isText(_ parts: [Part]) -> Bool {
        parts.allSatisfy { if case .text = $0 { true } else { false } }
    }

    private static func text(_ turn: Turn) -> String {
        turn.parts.compactMap { if case .text(let part) = $0 { part.text } else { nil } }.joined(separator: "\n\n")
    }

    /// Writes what the caller says, its tools' results each as an item of its own.
    private mutating func writeQuestion(_ turn: Turn) {
        var content: [Part] = []
        for part in turn.parts {
            guard case .toolResult(let result) = part else {
                content.append(part)
                continue
            }
            writeMessage(content, of: turn.role)
            content = []
            write(result)
        }
        writeMessage(content, of: turn.role)
    }

    private mutating func writeMessage(_ parts: [Part], of role: Turn.Role) {
        guard !parts.isEmpty else { return }
        let content = value(of: parts)
        if case .array(let written) = content, written.isEmpty { return }
        let name = role == .system ? "system" : "user"
        items.append(["type": "message", "role": .string(name), "content": content])
    }

    private mutating func write(_ result: ToolResult) {
        noteMark(result.cacheMark)
        if result.isError { loseOnce("is_error", "OpenAI does not mark results that are errors") }
        for part in result.content { noteMark(Self.mark(behind: part)) }
        let output = Self.isText(result.content) ? .string(result.text) : value(of: result.content)
        items.append(["type": "function_call_output", "call_id": .string(result.callID), "output": output])
    }

    /// A single text as such, else a list of parts.
    private mutating func value(of parts: [Part]) -> JSONValue {
        for part in parts { noteMark(Self.mark(behind: part)) }
        if parts.count == 1, case .text(let only) = parts[0] { return .string(only.text) }
        var content: [JSONValue] = []
        for part in parts {
            switch part {
            case .text(let part): content.append(["type": "input_text", "text": .string(part.text)])
            case .refusal(let text): content.append(["type": "input_text", "text": .string(text)])
            case .image(let media): content.append(.object(Self.image(media)))
            case .document(let media): content.append(.object(Self.file(media)))
            case .audio: loseOnce(OpenAIChatFiles.field(of: part), "OpenAI's Responses take no sound")
            case .reasoning: break
            case .toolCall, .toolResult:
                loseOnce(OpenAIChatFiles.field(of: part), "OpenAI's Responses take no calls here")
            }
        }
        return .array(content)
    }

    private static func mark(behind part: Part) -> String? {
        switch part {
        case .text(let text): text.cacheMark
        case .image(let media), .document(let media), .audio(let media): media.cacheMark
        case .toolCall(let call): call.cacheMark
        case .toolResult(let result): result.cacheMark
        case .reasoning, .refusal: nil
        }
    }

    private static func image(_ media: MediaPart) -> JSONObject {
        var object = JSONObject([("type", "input_image")])
        switch media.source {
        case .base64(let type, let data): object.set("image_url", text: DataURL.text(mediaType: type, data: data))
        case .url(let url): object.set("image_url", text: url)
        case .file(let id): object.set("file_id", text: id)
        }
        object.set("detail", text: media.detail ?? "auto")
        return object
    }

    private static func file(_ media: MediaPart) -> JSONObject {
        var object = JSONObject([("type", "input_file")])
        switch media.source {
        case .base64(let type, let data):
            object.set("filename", text: media.name ?? (type == "text/plain" ? "document.txt" : "document.pdf"))
            object.set("file_data", text: DataURL.text(mediaType: type, data: data))
        case .url(let url): object.set("file_url", text: url)
        case .file(let id): object.set("file_id", text: id)
        }
        object.set("detail", text: media.detail)
        return object
    }

    /// Writes what the model said: runs of text as messages, thinking and calls as items of their own, in order.
    private mutating func writeAnswer(_ turn: Turn) {
        var content: [Part] = []
        // OpenAI refuses thinking that nothing follows.
        let end = turn.parts.lastIndex { if case .reasoning = $0 { false } else { true } }
        for (index, part) in turn.parts.enumerated() where index <= (end ?? -1) {
            noteMark(Self.mark(behind: part))
            switch part {
            case .text, .refusal: content.append(part)
            case .reasoning(let reasoning):
                writeSaid(&content)
                write(reasoning)
            case .toolCall(let call):
                writeSaid(&content)
                let arguments = ToolArguments.text(of: .string(call.arguments))
                items.append([
                    "type": "function_call", "call_id": .string(call.id), "name": .string(call.name),
                    "arguments": .string(arguments),
                ])
            case .image, .document, .audio, .toolResult:
                loseOnce(OpenAIChatFiles.field(of: part), "OpenAI's Responses take no such part of an answer")
            }
        }
        writeSaid(&content)
    }

    private mutating func writeSaid(_ content: inout [Part]) {
        defer { content = [] }
        guard !content.isEmpty else { return }
        var said: JSONValue = .array(
            content.compactMap { part in
                switch part {
                case .text(let part): ["type": "output_text", "text": .string(part.text), "annotations": []]
                case .refusal(let text): ["type": "refusal", "refusal": .string(text)]
                default: nil
                }
            }
        )
        if content.count == 1, case .text(let only) = content[0] { said = .string(only.text) }
        items.append(["type": "message", "role": "assistant", "content": said])
    }

    /// Writes thinking: OpenAI's own as it came; any other only for servers that read its text.
    private mutating func write(_ reasoning: Reasoning) {
        var object = JSONObject([("type", "reasoning")])
        if let seal = ResponsesEnvelope(reasoning)?.own {
            object.set("id", text: seal.id ?? reasoning.id)
            object.set("summary", to: .array(seal.parts(of: reasoning.text).map(ResponsesOutputItem.summary)))
            object.set("encrypted_content", text: seal.content)
        } else if keepsForeignText, !reasoning.text.isEmpty {
            object.set("id", text: reasoning.id ?? "rs_\(items.count)")
            object.set("summary", to: [])
            object.set("content", to: [["type": "reasoning_text", "text": .string(reasoning.text)]])
        } else {
            return
        }
        items.append(.object(object))
    }
}

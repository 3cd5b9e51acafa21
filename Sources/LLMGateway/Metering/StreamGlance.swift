import HTTPSemantics
import LLMTranslation

/// What one event of a stream tells; of its JSON only what matters is read, by where it stands and not by how it looks.
struct StreamGlance {
    /// Bytes of text of the model's in it.
    private(set) var textBytes = 0
    /// Whether it marks the proper end of an answer.
    private(set) var isEnd = false
    /// Whether it holds counts.
    private(set) var hasUsage = false
    /// Whether it says anything at all: a comment does not.
    private(set) var hasData = true
    /// The event's object, read where it holds counts, an error or perhaps an end, or where that was asked for.
    private(set) var object: JSONObject?
    /// Whether it may be an error.
    private(set) var mayFail = false
    private let format: WireFormat

    /// Looks at an event of a format's stream; `reads` its object whatever it holds, if need be.
    init(_ event: ArraySlice<UInt8>, _ format: WireFormat, reads: Bool = false) {
        self.format = format
        guard let data = StreamData.bytes(of: event, inLines: format.streamsLines) else {
            hasData = false
            return
        }
        guard let outline = try? JSONOutline(data) else {
            isEnd = format.endsWithMark && StreamData.isDone(data)
            return
        }
        let members = StreamMembers(data, outline)
        let kind = format == .openAIResponses || format == .anthropicMessages ? members.text("type") : nil
        textBytes = Self.text(of: members, kind, format)
        hasUsage = Self.counts(members, kind, format)
        mayFail = members.isThere("error") || kind == "error" || kind == "response.failed"
        if reads || mayFail || hasUsage || Self.mayStop(members, format) {
            object = (try? JSONParser.parse(answer: data))?.object
        }
        isEnd = ends(kind)
    }

    private static func text(of members: StreamMembers, _ kind: String?, _ format: WireFormat) -> Int {
        switch format {
        case .openAIChat, .openAICompletions, .mistralChat: members.textBytes("choices")
        case .openAIResponses: kind?.contains("audio.delta") == true ? 0 : members.textBytes("delta")
        case .anthropicMessages: members.textBytes("delta")
        case .gemini: members.textBytes("candidates")
        case .ollamaChat: members.textBytes("message")
        case .ollamaGenerate: members.textBytes("response") + members.textBytes("thinking")
        }
    }

    private static func counts(_ members: StreamMembers, _ kind: String?, _ format: WireFormat) -> Bool {
        switch format {
        case .gemini: members.isThere("usageMetadata")
        case .ollamaChat, .ollamaGenerate: members.isThere("eval_count") || members.isThere("prompt_eval_count")
        case .openAIResponses:
            members.isThere("usage") || (kind.map { Self.lastKinds.contains($0) } ?? false)
        case .anthropicMessages: members.isThere("usage") || kind == "message_start"
        case .openAIChat, .openAICompletions, .mistralChat: members.isThere("usage") || members.isThere("x_groq")
        }
    }

    /// The last events of OpenAI's Responses.
    private static let lastKinds: Set<String> = ["response.completed", "response.incomplete", "response.failed"]

    /// Whether it may end an answer, which only its object can tell.
    private static func mayStop(_ members: StreamMembers, _ format: WireFormat) -> Bool {
        switch format {
        case .gemini:
            members.holds("finishReason", in: "candidates") || members.isThere("promptFeedback")
        case .ollamaChat, .ollamaGenerate: members.isTrue("done")
        case .openAIChat, .openAICompletions, .mistralChat, .openAIResponses, .anthropicMessages: false
        }
    }

    private func ends(_ kind: String?) -> Bool {
        switch format {
        case .openAIChat, .openAICompletions, .mistralChat: return false
        case .openAIResponses: return kind == "response.completed" || kind == "response.incomplete"
        case .anthropicMessages: return kind == "message_stop"
        case .gemini:
            let stopped = object?["candidates"]?.array?.contains { $0["finishReason"]?.string != nil } ?? false
            return stopped || object?["promptFeedback"]?["blockReason"]?.string != nil
        case .ollamaChat, .ollamaGenerate: return object?["done"]?.bool == true
        }
    }

    /// The failure that an event reports.
    var failure: ModelFailure? {
        guard mayFail, let object else { return nil }
        return format.dialect.failure(within: object)
    }
}

extension WireFormat {
    /// Whether a word of its own, which is no JSON, ends its streams.
    fileprivate var endsWithMark: Bool {
        self == .openAIChat || self == .openAICompletions || self == .mistralChat
    }
}

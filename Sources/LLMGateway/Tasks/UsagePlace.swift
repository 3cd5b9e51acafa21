import HTTPSemantics
import LLMTranslation

/// Where each form keeps its counts.
enum UsagePlace {
    /// The value that holds the counts of a whole answer; the rest of it is checked, but not read.
    static func usage(inAnswer body: [UInt8], of format: WireFormat) throws(MalformedAnswer) -> JSONValue? {
        guard let outline = (try? JSONOutline(body)) ?? nil else { throw MalformedAnswer("it is not a JSON object") }
        // Some servers tell of failures under 200, or answer in another vendor's form.
        let members = StreamMembers(body, outline)
        guard marks(of: format).contains(where: members.isThere) else {
            throw MalformedAnswer("it lacks what an answer of \(format.rawValue) has")
        }
        if format == .openAIResponses, let status = members.text("status"), failedStatuses.contains(status) {
            throw MalformedAnswer("the answer is \(status)")
        }
        switch format {
        case .ollamaChat, .ollamaGenerate: return try? JSONParser.parse(answer: body)
        case .gemini: return outline.value("usageMetadata", in: body)
        default: return outline.value("usage", in: body)
        }
    }

    /// Bytes of text that a model has written in a whole answer; 0 where it is no conversation.
    static func textBytes(inAnswer body: [UInt8], of format: WireFormat?) -> Int {
        guard let format, let outline = (try? JSONOutline(body)) ?? nil else { return 0 }
        let members = StreamMembers(body, outline)
        return switch format {
        case .openAIChat, .openAICompletions, .mistralChat: members.textBytes("choices")
        case .openAIResponses: members.textBytes("output")
        case .anthropicMessages: members.textBytes("content")
        case .gemini: members.textBytes("candidates")
        case .ollamaChat: members.textBytes("message")
        case .ollamaGenerate: members.textBytes("response") + members.textBytes("thinking")
        }
    }

    /// How OpenAI's Responses call answers that came to nothing.
    private static let failedStatuses = ["failed", "cancelled"]

    /// One of these is in every answer.
    private static func marks(of format: WireFormat) -> [StaticString] {
        switch format {
        case .openAIChat, .openAICompletions, .mistralChat: ["choices"]
        case .openAIResponses: ["output"]
        case .anthropicMessages: ["content"]
        case .gemini: ["candidates", "promptFeedback", "usageMetadata"]
        case .ollamaChat: ["message"]
        case .ollamaGenerate: ["response"]
        }
    }

    /// The value that holds the counts of an answer or of one event of a stream, as the form's dialect reads it.
    static func usage(in object: JSONObject, of format: WireFormat) -> JSONValue? {
        switch format {
        case .gemini: object["usageMetadata"]
        case .ollamaChat, .ollamaGenerate: .object(object)
        case .openAIResponses: object["usage"] ?? object["response"]?["usage"]
        case .anthropicMessages: object["usage"] ?? object["message"]?["usage"]
        case .openAIChat, .openAICompletions, .mistralChat: object["usage"] ?? object["x_groq"]?["usage"]
        }
    }
}

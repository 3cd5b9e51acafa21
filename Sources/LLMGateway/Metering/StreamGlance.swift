import HTTPSemantics
import LLMTranslation

/// What a quick look at the bytes of one event tells, without reading its JSON.
struct StreamGlance {
    /// Bytes of text of the model's in it.
    private(set) var textBytes = 0
    /// Whether it marks the proper end of an answer.
    private(set) var isEnd = false
    /// Whether it may be an error.
    private(set) var mayFail = false
    /// Whether it holds counts.
    private(set) var hasUsage = false
    /// The event's object, read where one of these cannot be told without.
    private(set) var object: JSONObject?
    private let format: WireFormat

    /// Looks at an event of a format's stream.
    init(_ event: ArraySlice<UInt8>, _ format: WireFormat) {
        self.format = format
        for marker in Self.texts(of: format) { textBytes &+= Self.length(ofStringBehind: marker, in: event) }
        hasUsage = Self.counts(event, format)
        mayFail = Self.valueStart(behind: "\"error\"", in: event).map { $0 != UInt8(ascii: "n") } ?? false
        let mayStop = Self.mayStop(event, format)
        if mayFail || hasUsage || mayStop { object = StreamData.object(of: event) }
        isEnd = Self.ends(event, format, object)
    }

    /// Whether it may end an answer, which only its object can tell.
    private static func mayStop(_ event: ArraySlice<UInt8>, _ format: WireFormat) -> Bool {
        switch format {
        case .gemini: ByteSearch.find("Reason\"", in: event) != nil
        // The arguments of a call may hold a member of that name.
        case .ollamaChat, .ollamaGenerate:
            ByteSearch.anyValue(of: "\"done\"", in: event) { $0.first == UInt8(ascii: "t") }
        case .openAIChat, .openAICompletions, .mistralChat, .openAIResponses, .anthropicMessages: false
        }
    }

    private static func texts(of format: WireFormat) -> [StaticString] {
        switch format {
        case .openAIChat, .mistralChat: ["\"content\":", "\"arguments\":", "\"reasoning_content\":"]
        case .openAICompletions: ["\"text\":"]
        case .openAIResponses: ["\"delta\":"]
        case .anthropicMessages: ["\"text\":", "\"thinking\":", "\"partial_json\":"]
        case .gemini: ["\"text\":"]
        case .ollamaChat: ["\"content\":", "\"thinking\":"]
        case .ollamaGenerate: ["\"response\":"]
        }
    }

    private static func counts(_ event: ArraySlice<UInt8>, _ format: WireFormat) -> Bool {
        switch format {
        case .gemini: return ByteSearch.find("\"usageMetadata\"", in: event) != nil
        case .ollamaChat, .ollamaGenerate: return ByteSearch.find("_count\"", in: event) != nil
        default: return valueStart(behind: "\"usage\"", in: event) == UInt8(ascii: "{")
        }
    }

    private static func ends(_ event: ArraySlice<UInt8>, _ format: WireFormat, _ object: JSONObject?) -> Bool {
        switch format {
        case .openAIChat, .openAICompletions, .mistralChat:
            return ByteSearch.find("[DONE]", in: event.prefix(16)) != nil
        case .openAIResponses:
            let head = event.prefix(64)
            return ByteSearch.find("response.completed", in: head) != nil
                || ByteSearch.find("response.incomplete", in: head) != nil
        case .anthropicMessages: return ByteSearch.find("message_stop", in: event.prefix(48)) != nil
        case .gemini:
            let stopped = object?["candidates"]?.array?.contains { $0["finishReason"]?.string != nil } ?? false
            return stopped || object?["promptFeedback"]?["blockReason"]?.string != nil
        case .ollamaChat, .ollamaGenerate: return object?["done"]?.bool == true
        }
    }

    /// The failure that an event reports.
    var failure: ModelFailure? {
        guard mayFail, let failed = object?["error"] ?? object?["response"]?["error"] else { return nil }
        if case .null = failed { return nil }
        let message = failed["message"]?.string ?? failed.string ?? "The provider failed within its answer."
        let code = failed["code"]?.string ?? failed["type"]?.string ?? failed["status"]?.string
        return ModelFailure(.server, KeyMask.masked(message), code: code)
    }

    // MARK: Bytes

    /// The first byte of the value of a member, found by its quoted name.
    private static func valueStart(behind name: StaticString, in bytes: ArraySlice<UInt8>) -> UInt8? {
        guard let start = ByteSearch.find(name, in: bytes) else { return nil }
        let rest = bytes[(start + name.utf8CodeUnitCount)...]
        return rest.first { $0 != 0x20 && $0 != 0x3A }
    }

    /// Bytes of the string that stands behind a marker; 0 if none does.
    private static func length(ofStringBehind marker: StaticString, in bytes: ArraySlice<UInt8>) -> Int {
        guard let start = ByteSearch.find(marker, in: bytes) else { return 0 }
        let rest = bytes[(start + marker.utf8CodeUnitCount)...].drop { $0 == 0x20 }
        guard rest.first == 0x22 else { return 0 }
        var count = 0
        var isEscaped = false
        for byte in rest.dropFirst() {
            if isEscaped {
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
                continue
            } else if byte == 0x22 {
                break
            }
            count &+= 1
        }
        return count
    }
}

import HTTPSemantics
import LLMTranslation

/// Takes what another vendor's model has signed out of a client's request, and leaves every other member as it is.
///
/// The request could be translated into its own form instead, but would lose there what no other form has and its own
/// vendor takes. Contract §6: reasoning signed by another vendor is dropped without failing the call.
struct HistoryCut {
    private let format: WireFormat
    private let isVendorItself: Bool
    private let areCallsForeign: Bool
    private var isChanged = false
    /// What the client asked for and does not get because of the cut.
    private(set) var losses: [Loss] = []

    /// A cut for a target that speaks `format`.
    init(_ format: WireFormat, for target: ModelTargetPlan) {
        self.format = format
        let provider = target.provider
        isVendorItself = provider.isVendorItself
        areCallsForeign = ForeignHistory.hasForeignCalls(isVendorItself, isGoogles: provider.isGoogles, target.model)
    }

    /// Whether requests of this form can be cut: those where the rest of a message stands without what was signed.
    static func suits(_ format: WireFormat) -> Bool { format == .anthropicMessages || format == .openAIChat }

    /// Cuts the request of `client` within `splice`.
    ///
    /// - Throws: ``MalformedRequest`` if the body cannot be read.
    mutating func make(in splice: inout RequestSplice, of client: ClientRequest) throws(MalformedRequest) {
        let body = try client.object()
        guard let messages = body["messages"]?.array else { return }
        let kept = messages.compactMap { format == .openAIChat ? chat($0) : anthropic($0) }
        guard isChanged else { return }
        guard !kept.isEmpty else {
            throw MalformedRequest("messages", "There is no message to answer; add one of the user's.")
        }
        splice.set("messages", to: .array(kept))
        if format == .anthropicMessages { endThinking(of: body, kept, in: &splice) }
    }

    // MARK: Anthropic

    /// A message without foreign blocks; `nil` if nothing else was in it.
    private mutating func anthropic(_ message: JSONValue) -> JSONValue? {
        guard var object = message.object, object["role"]?.string == "assistant", let blocks = object["content"]?.array,
            blocks.contains(where: { isForeign($0) || $0["extra_content"] != nil && $0["type"]?.string == "tool_use" })
        else {
            return message
        }
        isChanged = true
        let kept = blocks.filter { !isForeign($0) && !Self.isUnsigned($0) && !Self.isBlank($0) }.map(Self.unmarked)
        guard !kept.isEmpty else { return nil }
        object.set("content", to: .array(kept))
        return .object(object)
    }

    private func isForeign(_ block: JSONValue) -> Bool {
        let value =
            switch block["type"]?.string {
            case "thinking": block["signature"]
            case "redacted_thinking": block["data"]
            default: JSONValue?.none
            }
        guard let text = value?.string else { return false }
        return ForeignHistory.isForeign(text, to: .anthropic, isVendorItself: isVendorItself)
    }

    /// Thinking that nobody has signed: beside what is foreign, the foreign model's own.
    private static func isUnsigned(_ block: JSONValue) -> Bool {
        block["type"]?.string == "thinking" && block["signature"]?.string?.isEmpty != false
    }

    /// White space alone, which other vendors' models say and Anthropic takes back from none.
    private static func isBlank(_ block: JSONValue) -> Bool {
        block["type"]?.string == "text"
            && block["text"]?.string?.unicodeScalars.allSatisfy(\.properties.isWhitespace) == true
    }

    /// A call without what must go back to another vendor with it.
    private static func unmarked(_ block: JSONValue) -> JSONValue {
        guard var object = block.object, object["type"]?.string == "tool_use" else { return block }
        object.remove("extra_content")
        return .object(object)
    }

    /// Takes back the wish for thinking where the vendor would refuse it: with a budget, it wants the thinking that went
    /// before the last calls.
    private mutating func endThinking(of body: JSONObject, _ messages: [JSONValue], in splice: inout RequestSplice) {
        guard body["thinking"]?["type"]?.string == "enabled", lacksThinking(messages) else { return }
        splice.set("thinking", to: ["type": "disabled"])
        losses.append(
            Loss("thinking", "needs the thinking that went before the last calls, which another vendor signed")
        )
        guard var management = body["context_management"]?.object, let edits = management["edits"]?.array else {
            return
        }
        let others = edits.filter { $0["type"]?.string?.hasPrefix("clear_thinking") != true }
        guard others.count < edits.count else { return }
        management.set("edits", to: .array(others))
        splice.set("context_management", to: .object(management))
    }

    /// Whether the assistant's last turn, which the answer goes on from, begins with something else.
    private func lacksThinking(_ messages: [JSONValue]) -> Bool {
        let isAssistant = { (message: JSONValue) in message["role"]?.string == "assistant" }
        guard var first = messages.lastIndex(where: isAssistant) else { return false }
        if first + 1 < messages.count {
            let next = messages[first + 1]["content"]?.array ?? []
            guard next.contains(where: { $0["type"]?.string == "tool_result" }) else { return false }
        }
        // The vendor takes neighbours of one role as one turn.
        while first > 0, isAssistant(messages[first - 1]) { first -= 1 }
        guard let block = messages[first]["content"]?.array?.first else { return true }
        // Elsewhere than at the vendor itself there may be a server's own thinking, which nobody signs.
        let isThinking = block["type"]?.string == "thinking" && !(isVendorItself && Self.isUnsigned(block))
        return !isThinking && block["type"]?.string != "redacted_thinking"
    }

    // MARK: OpenAI's chat

    private mutating func chat(_ message: JSONValue) -> JSONValue {
        guard var object = message.object, object["role"]?.string == "assistant" else { return message }
        let wasChanged = isChanged
        isChanged = false
        defer { isChanged = isChanged || wasChanged }
        if isVendorItself { cutThinking(of: &object) } else { cutDetails(of: &object) }
        if areCallsForeign, let calls = object["tool_calls"]?.array {
            object.set("tool_calls", to: .array(calls.map { call($0) }))
        }
        guard isChanged else { return message }
        Self.fill(&object)
        return .object(object)
    }

    /// Gives a message in which nothing is left an empty text, since vendors refuse one with neither text nor calls.
    private static func fill(_ message: inout JSONObject) {
        let isEmpty = { (value: JSONValue?) in value == nil || value == .null || value?.array?.isEmpty == true }
        guard isEmpty(message["tool_calls"]), isEmpty(message["function_call"]), isEmpty(message["content"]) else {
            return
        }
        message.remove("tool_calls")
        message.set("content", to: "")
    }

    /// OpenAI itself, and the other vendors in its dialect, have no thinking in messages, whoever thought.
    private mutating func cutThinking(of message: inout JSONObject) {
        for name in ["reasoning_details", "reasoning_content", "reasoning"] where message.remove(name) != nil {
            isChanged = true
        }
    }

    /// Takes out what vendors have signed, and the text of it; what nobody has stays, as servers write it.
    private mutating func cutDetails(of message: inout JSONObject) {
        guard let details = message["reasoning_details"]?.array else { return }
        let unsigned = details.filter { $0["format"] == nil }
        let own = details.filter { $0["format"] != nil && !ForeignHistory.isVendorName($0["format"]?.string ?? "") }
        guard unsigned.count + own.count < details.count else { return }
        isChanged = true
        for name in ["reasoning_details", "reasoning_content", "reasoning"] { message.remove(name) }
        if !own.isEmpty { message.set("reasoning_details", to: .array(own)) }
        let text = unsigned.compactMap { $0["text"]?.string }.joined()
        if !text.isEmpty { message.set("reasoning_content", to: .string(text)) }
    }

    private mutating func call(_ call: JSONValue) -> JSONValue {
        guard var object = call.object, object.remove("extra_content") != nil else { return call }
        isChanged = true
        return .object(object)
    }
}

import HTTPSemantics
import LLMTranslation

/// Takes what another vendor's model has signed out of a client's request, and leaves every other member as it is.
///
/// The request could be translated into its own form instead, but would lose there what no other form has and its own
/// vendor takes. Contract §6: reasoning signed by another vendor is dropped without failing the call.
struct HistoryCut {
    private let format: WireFormat
    private let isVendorItself: Bool
    private let model: String
    private var isChanged = false
    /// What the client asked for and does not get because of the cut.
    private(set) var losses: [Loss] = []

    /// A cut for `model` of a server that is or is not the `format`'s own vendor.
    init(_ format: WireFormat, isVendorItself: Bool, model: String) {
        self.format = format
        self.isVendorItself = isVendorItself
        self.model = model
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
        splice.set("messages", to: .array(kept))
        if format == .anthropicMessages { endThinking(of: body, kept, in: &splice) }
    }

    // MARK: Anthropic

    /// A message without foreign blocks; `nil` if nothing else was in it.
    private mutating func anthropic(_ message: JSONValue) -> JSONValue? {
        guard var object = message.object, object["role"]?.string == "assistant", let blocks = object["content"]?.array
        else {
            return message
        }
        let kept = blocks.compactMap { block($0) }
        guard !kept.isEmpty || blocks.isEmpty else { return nil }
        object.set("content", to: .array(kept))
        return .object(object)
    }

    private mutating func block(_ block: JSONValue) -> JSONValue? {
        guard var object = block.object else { return block }
        switch object["type"]?.string {
        case "thinking" where isForeign(object["signature"]), "redacted_thinking" where isForeign(object["data"]):
            isChanged = true
            return nil
        case "tool_use":
            if object.remove("extra_content") != nil { isChanged = true }
            return .object(object)
        default:
            return block
        }
    }

    private func isForeign(_ value: JSONValue?) -> Bool {
        ForeignHistory.isForeign(value?.string ?? "", to: .anthropic, isVendorItself: isVendorItself)
    }

    /// Takes back the wish for thinking where the vendor would refuse it: with a budget, it wants the thinking that went
    /// before the last calls.
    private mutating func endThinking(of body: JSONObject, _ messages: [JSONValue], in splice: inout RequestSplice) {
        guard body["thinking"]?["type"]?.string == "enabled", Self.lacksThinking(messages) else { return }
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
    private static func lacksThinking(_ messages: [JSONValue]) -> Bool {
        let isAssistant = { (message: JSONValue) in message["role"]?.string == "assistant" }
        guard var first = messages.lastIndex(where: isAssistant) else { return false }
        if first + 1 < messages.count {
            let next = messages[first + 1]["content"]?.array ?? []
            guard next.contains(where: { $0["type"]?.string == "tool_result" }) else { return false }
        }
        // The vendor takes neighbours of one role as one turn.
        while first > 0, isAssistant(messages[first - 1]) { first -= 1 }
        let kind = messages[first]["content"]?.array?.first?["type"]?.string
        return kind != "thinking" && kind != "redacted_thinking"
    }

    // MARK: OpenAI's chat

    private mutating func chat(_ message: JSONValue) -> JSONValue {
        guard var object = message.object, object["role"]?.string == "assistant" else { return message }
        cutDetails(of: &object)
        if ForeignHistory.hasForeignCalls(isVendorItself: isVendorItself, model: model),
            let calls = object["tool_calls"]?.array
        {
            object.set("tool_calls", to: .array(calls.map { call($0) }))
        }
        return .object(object)
    }

    private mutating func cutDetails(of message: inout JSONObject) {
        guard let details = message["reasoning_details"]?.array else { return }
        // The vendor itself has no such member, nor the thinking that stands beside it.
        let kept = isVendorItself ? [] : details.filter { !ForeignHistory.isVendorName($0["format"]?.string ?? "") }
        guard kept.count < details.count || isVendorItself else { return }
        isChanged = true
        if kept.isEmpty {
            message.remove("reasoning_details")
        } else {
            message.set("reasoning_details", to: .array(kept))
        }
        if isVendorItself {
            message.remove("reasoning_content")
            message.remove("reasoning")
        }
    }

    private mutating func call(_ call: JSONValue) -> JSONValue {
        guard var object = call.object, object.remove("extra_content") != nil else { return call }
        isChanged = true
        return .object(object)
    }
}

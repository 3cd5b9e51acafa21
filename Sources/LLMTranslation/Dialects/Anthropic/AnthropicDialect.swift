package import HTTPSemantics

/// Anthropic's Messages API, as version `2023-06-01` of it and the SDKs document it.
package enum AnthropicDialect: Dialect, CountingDialect, ListingDialect {
    /// Whose it is.
    package static let vendor = Vendor.anthropic

    /// The event that keeps a quiet stream open.
    package static let ping = Array("event: ping\ndata: {\"type\":\"ping\"}\n\n".utf8)

    /// Reads a request.
    package static func conversation(
        of body: JSONObject,
        model: String?,
        streams: Bool?,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> Conversation {
        try AnthropicThread.check(body)
        var reader = AnthropicRequestReader(body)
        var conversation = try reader.conversation(model: model)
        guard let most = try reader.body.count("max_tokens") else { throw reader.body.missing("max_tokens") }
        conversation.sampling.maximumOutput = most
        if let streams { conversation.streams = streams }
        losses += reader.losses
        return conversation
    }

    /// Writes a request.
    package static func body(
        of conversation: Conversation,
        for profile: ProviderProfile,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> JSONObject {
        var writer = AnthropicRequestWriter(conversation, for: profile)
        let body = try writer.body()
        losses += writer.losses
        return body
    }

    /// Reads an answer in pieces.
    package static func makeReader() -> any AnswerStreamReader { AnthropicStreamReader() }

    /// Writes an answer in pieces.
    package static func makeWriter(as face: AnswerFace) -> any AnswerStreamWriter { AnthropicStreamWriter(as: face) }
}

package import HTTPSemantics

extension OpenAIResponsesDialect {
    /// Reads a request for an answer.
    package static func conversation(
        of body: JSONObject,
        model: String?,
        streams: Bool?,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> Conversation {
        var reader = ResponsesRequestReader(body)
        var conversation = try reader.conversation(model: model)
        guard reader.fields.value("input") != nil else { throw reader.fields.missing("input") }
        if let streams {
            conversation.streams = streams
        } else {
            conversation.streams = try reader.fields.bool("stream") ?? false
        }
        try reader.readSampling(into: &conversation)
        try reader.readCaller(into: &conversation)
        reader.noteRest()
        losses += reader.losses
        return conversation
    }

    /// Writes a request for an answer.
    ///
    /// Nothing is to be kept at OpenAI, so thinking is asked for in sealed form.
    package static func body(
        of conversation: Conversation,
        for profile: ProviderProfile,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> JSONObject {
        try FunctionNames.check(conversation.tools, longest: profile.isVendorItself ? 64 : nil)
        var writer = ResponsesRequestWriter(conversation, profile)
        writer.writePrompt()
        writer.writeSampling()
        writer.writeCaller()
        losses += writer.losses
        return writer.body
    }
}

extension OpenAIResponsesDialect: CountingDialect {
    /// Reads a request for a count; its fields are those of a request for an answer that bear on the input.
    package static func conversation(
        ofCount body: JSONObject,
        model: String?,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> Conversation {
        var reader = ResponsesRequestReader(body)
        let conversation = try reader.conversation(model: model)
        reader.noteRestOfCount()
        losses += reader.losses
        return conversation
    }

    /// Writes a request for a count.
    package static func countBody(
        of conversation: Conversation,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> JSONObject {
        var writer = ResponsesRequestWriter(conversation, ProviderProfile())
        writer.writePrompt()
        losses += writer.losses
        return writer.body
    }

    /// Reads a count.
    package static func count(of body: JSONObject) throws(MalformedAnswer) -> Int {
        guard let count = Usage.count(body["input_tokens"]?.integer) else {
            throw MalformedAnswer("the count has no input_tokens")
        }
        return count
    }

    /// Writes a count.
    package static func body(ofCount tokens: Int) -> JSONObject {
        JSONObject([("object", "response.input_tokens"), ("input_tokens", .number(JSONNumber(tokens)))])
    }
}

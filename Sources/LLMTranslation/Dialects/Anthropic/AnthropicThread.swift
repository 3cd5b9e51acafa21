import HTTPSemantics

/// What Anthropic keeps of a conversation, so that a request holds only what is new.
enum AnthropicThread {
    /// Anthropic's code for requests that no thread can be made of; its SDKs answer it with the whole conversation.
    private static let code = "thread_unsupported_request"

    /// Refuses a request of a thread, which only Anthropic itself can go on with.
    static func check(_ body: JSONObject) throws(MalformedRequest) {
        guard RequestReader(body).value("thread") != nil else { return }
        throw MalformedRequest(
            "thread",
            "Threads are kept by Anthropic, which does not get this request as it is; "
                + "send the whole conversation without thread.",
            code: code
        )
    }

    /// What Anthropic's envelope says more of a failure; `nil` for others than these.
    static func details(of failure: ModelFailure) -> JSONValue? {
        guard failure.code == code else { return nil }
        return ["error_code": .string(code), "unsupported": ["model"]]
    }
}

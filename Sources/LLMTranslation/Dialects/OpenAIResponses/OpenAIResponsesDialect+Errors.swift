import HTTPSemantics

extension OpenAIResponsesDialect {
    /// Reads an answer that is an error.
    package static func failure(status: Int, body: [UInt8], headers: (String) -> String?) -> ModelFailure {
        ChatFailure.read(status: status, body: body, headers: headers)
    }

    /// Writes an error; the key's lack of money is told as 429 because OpenAI's SDKs know it so.
    package static func answer(to failure: ModelFailure, requestID: String) -> ErrorAnswer {
        OpenAIErrorEnvelope.answer(to: failure)
    }

    /// Writes what the `error` of an answer that failed holds; its codes are a closed list.
    static func object(inAnswer failure: ModelFailure) -> JSONObject {
        let code =
            switch failure.kind {
            case .rateLimited: "rate_limit_exceeded"
            case .invalidRequest, .tooLarge: "invalid_prompt"
            default: "server_error"
            }
        return JSONObject([("code", .string(code)), ("message", .string(failure.message))])
    }
}

import HTTPSemantics

extension OllamaDialect {
    /// Reads an error: `{"error": "…"}`, or the error object of a proxy in front.
    package static func failure(status: Int, body: [UInt8], headers: (String) -> String?) -> ModelFailure {
        var failure = failure(status: status, error: (try? JSONParser.parse(answer: body))?["error"])
        failure.retryAfter = RetryAdvice.milliseconds(headers)
        return failure
    }

    /// Reads the `error` of an answer or of a line; `status` is 0 in a line.
    static func failure(status: Int, error: JSONValue?) -> ModelFailure {
        let message = (error?.string ?? error?["message"]?.string).flatMap { $0.isEmpty ? nil : $0 }
        return ModelFailure(
            ModelFailure.kind(of: status == 0 ? error?["code"]?.integer ?? 0 : status),
            message.map(KeyMask.masked) ?? "The provider answered with an error and no explanation.",
            code: error?["code"]?.string ?? error?["type"]?.string,
            status: status
        )
    }

    /// Writes an error as a whole answer; the dialect has no place for the request's identifier.
    package static func answer(to failure: ModelFailure, requestID: String) -> ErrorAnswer {
        ErrorAnswer(status: status(of: failure.kind), body: JSONWriter.bytes(["error": .string(failure.message)]))
    }

    private static func status(of kind: ModelFailure.Kind) -> Int {
        switch kind {
        case .invalidRequest: 400
        case .authentication: 401
        case .billing: 402
        case .permission: 403
        case .notFound: 404
        case .tooLarge: 413
        case .rateLimited: 429
        case .timeout: 504
        case .server: 500
        case .overloaded: 503
        }
    }
}

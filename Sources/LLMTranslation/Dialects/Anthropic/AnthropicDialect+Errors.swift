import HTTPSemantics

/// Errors.
extension AnthropicDialect {
    /// Reads an error.
    package static func failure(status: Int, body: [UInt8], headers: (String) -> String?) -> ModelFailure {
        let value = try? JSONParser.parse(answer: body)
        var failure = failure(of: value, status: status)
        let isRateLimit = failure.kind == .rateLimited
        failure.retryAfter = isRateLimit ? RetryAdvice.millisecondsOrLimits(headers) : RetryAdvice.milliseconds(headers)
        return failure
    }

    /// Writes an error as a whole answer.
    package static func answer(to failure: ModelFailure, requestID: String) -> ErrorAnswer {
        var body = envelope(of: failure)
        body.set("request_id", to: .string(requestID))
        return ErrorAnswer(status: status(of: failure.kind), body: JSONWriter.bytes(.object(body)))
    }

    /// The failure that an envelope tells of; servers that only speak the dialect have others.
    static func failure(of value: JSONValue?, status: Int) -> ModelFailure {
        let error = value?["error"]
        let type = error?["type"]?.string
        let message =
            error?["message"]?.string ?? error?.string ?? value?["message"]?.string ?? value?["detail"]?.string
        let code = error?["details"]?["error_code"]?.string ?? type
        var kind = type.flatMap(kind) ?? (status == 0 ? .server : ModelFailure.kind(of: status))
        if code == "enforced_spend_limit_reached" { kind = .billing }
        if kind == .invalidRequest, let message, Self.isAboutMoney(message) { kind = .billing }
        let usual = status == 0 ? "The provider failed." : "The provider answered with status \(status)."
        return ModelFailure(kind, message.map(KeyMask.masked) ?? usual, code: code, status: status)
    }

    /// Spent limits and credit come as 400 with words only; other messages may quote the request, but not begin with it.
    private static func isAboutMoney(_ message: String) -> Bool {
        let words = message.lowercased()
        return words.hasPrefix("your credit balance")
            || words.hasPrefix("you have reached your") && words.contains("usage limits")
    }

    /// The envelope without `request_id`, as it also stands within streams.
    static func envelope(of failure: ModelFailure) -> JSONObject {
        var error = JSONObject([
            ("type", .string(type(of: failure.kind))), ("message", .string(failure.message)),
        ])
        if let details = AnthropicThread.details(of: failure) { error.set("details", to: details) }
        return JSONObject([("type", "error"), ("error", .object(error))])
    }

    private static func kind(_ type: String) -> ModelFailure.Kind? {
        switch type {
        case "invalid_request_error", "conflict_error": .invalidRequest
        case "authentication_error": .authentication
        case "billing_error": .billing
        case "permission_error": .permission
        case "not_found_error": .notFound
        case "request_too_large": .tooLarge
        case "rate_limit_error": .rateLimited
        case "timeout_error": .timeout
        case "api_error": .server
        case "overloaded_error": .overloaded
        default: nil
        }
    }

    private static func type(of kind: ModelFailure.Kind) -> String {
        switch kind {
        case .invalidRequest: "invalid_request_error"
        case .authentication: "authentication_error"
        case .billing: "billing_error"
        case .permission: "permission_error"
        case .notFound: "not_found_error"
        case .tooLarge: "request_too_large"
        case .rateLimited: "rate_limit_error"
        case .timeout: "timeout_error"
        case .server: "api_error"
        case .overloaded: "overloaded_error"
        }
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
        case .overloaded: 529
        }
    }
}

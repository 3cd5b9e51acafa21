import HTTPSemantics

extension GeminiDialect {
    /// Reads an error: `{"error": …}`, in a list of one where a stream had been asked for.
    package static func failure(status: Int, body: [UInt8], headers: (String) -> String?) -> ModelFailure {
        let value = try? JSONParser.parse(answer: body)
        var failure = failure(status: status, error: (value?[0] ?? value)?["error"])
        failure.retryAfter = [failure.retryAfter, RetryAdvice.milliseconds(headers)].compactMap(\.self).max()
        return failure
    }

    /// Reads the `error` of an answer or of a stream; `status` is 0 in a stream.
    static func failure(status: Int, error: JSONValue?) -> ModelFailure {
        let code = status == 0 ? error?["code"]?.integer ?? 500 : status
        let word = error?["status"]?.string ?? ""
        let details = error?["details"]?.array ?? []
        let reason = details.lazy.compactMap { $0["reason"]?.string }.first
        let message = error?["message"]?.string ?? error?.string
        var failure = ModelFailure(
            kind(status: code, word: word, reason: reason),
            message.flatMap { $0.isEmpty ? nil : KeyMask.masked($0) }
                ?? "The provider answered with an error and no explanation.",
            field: details.lazy.compactMap { $0["fieldViolations"]?[0]?["field"]?.string }.first,
            code: reason ?? (word.isEmpty ? error?["code"]?.string : word),
            status: status
        )
        if failure.kind == .rateLimited, isDailyQuota(details) { failure.kind = .billing }
        failure.retryAfter = details.lazy.compactMap { $0["retryDelay"]?.string }.first.flatMap(
            RetryAdvice.milliseconds(ofDuration:)
        )
        return failure
    }

    private static func kind(status: Int, word: String, reason: String?) -> ModelFailure.Kind {
        // A key that does not hold is answered with 400.
        if reason == "API_KEY_INVALID" { return .authentication }
        switch word {
        case "INVALID_ARGUMENT": return status == 413 ? .tooLarge : .invalidRequest
        case "FAILED_PRECONDITION", "OUT_OF_RANGE": return .invalidRequest
        case "UNAUTHENTICATED": return .authentication
        case "PERMISSION_DENIED": return .permission
        case "NOT_FOUND": return .notFound
        case "RESOURCE_EXHAUSTED": return .rateLimited
        case "DEADLINE_EXCEEDED": return .timeout
        case "UNAVAILABLE": return .overloaded
        case "INTERNAL", "UNKNOWN", "CANCELLED": return .server
        default: return ModelFailure.kind(of: status)
        }
    }

    /// Whether a quota is used up for the day, which waiting some seconds does not mend.
    private static func isDailyQuota(_ details: [JSONValue]) -> Bool {
        let violations = details.flatMap { $0["violations"]?.array ?? [] }
        return violations.contains { violation in
            ["quotaId", "quotaMetric"].contains { violation[$0]?.string?.lowercased().contains("perday") == true }
        }
    }

    // MARK: Writing

    /// Writes an error as a whole answer; the dialect has no place for the request's identifier.
    package static func answer(to failure: ModelFailure, requestID: String) -> ErrorAnswer {
        let error = JSONObject([("error", .object(self.error(failure)))])
        return ErrorAnswer(status: code(of: failure.kind).status, body: JSONWriter.bytes(.object(error)))
    }

    /// The `error` for a failure.
    static func error(_ failure: ModelFailure) -> JSONObject {
        let (status, word) = code(of: failure.kind)
        var error = JSONObject([
            ("code", .number(JSONNumber(status))), ("message", .string(failure.message)), ("status", .string(word)),
        ])
        if let wait = failure.retryAfter {
            let delay = JSONValue.string(duration(milliseconds: wait))
            error.set("details", to: [["@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay]])
        }
        return error
    }

    /// Milliseconds as a text of seconds, such as `34s` or `0.500s`.
    private static func duration(milliseconds: Int) -> String {
        let (seconds, rest) = max(0, milliseconds).quotientAndRemainder(dividingBy: 1000)
        guard rest > 0 else { return "\(seconds)s" }
        let digits = String(rest)
        return "\(seconds).\(String(repeating: "0", count: 3 - digits.count))\(digits)s"
    }

    private static func code(of kind: ModelFailure.Kind) -> (status: Int, word: String) {
        switch kind {
        case .invalidRequest: (400, "INVALID_ARGUMENT")
        case .authentication: (401, "UNAUTHENTICATED")
        case .billing: (400, "FAILED_PRECONDITION")
        case .permission: (403, "PERMISSION_DENIED")
        case .notFound: (404, "NOT_FOUND")
        case .tooLarge: (413, "INVALID_ARGUMENT")
        case .rateLimited: (429, "RESOURCE_EXHAUSTED")
        case .timeout: (504, "DEADLINE_EXCEEDED")
        case .server: (500, "INTERNAL")
        case .overloaded: (503, "UNAVAILABLE")
        }
    }
}

package import HTTPSemantics

/// Writes errors as OpenAI does: `{"error":{"message","type","param","code"}}`.
package enum OpenAIErrorEnvelope {
    /// Codes that say more than the sort of a failure does: those that OpenAI's callers know, and the gateway's own.
    private static let codes: Set = [
        "context_length_exceeded", "invalid_value", "unsupported_parameter", "content_policy_violation",
        "content_refused", "idempotency_key_reused", "outcome_unknown", "duplicate_in_flight", "ledger_unavailable",
        "model_not_allowed",
    ]

    /// Status and body of an error.
    package static func answer(to failure: ModelFailure) -> ErrorAnswer {
        ErrorAnswer(status: status(of: failure.kind), body: JSONWriter.bytes(.object(body(of: failure))))
    }

    /// The body of an error, which is also the event that ends a stream.
    package static func body(of failure: ModelFailure) -> JSONObject {
        let (type, code) = words(for: failure)
        return JSONObject([
            (
                "error",
                .object(
                    JSONObject([
                        ("message", .string(failure.message)), ("type", .string(type)),
                        ("param", failure.field.map { .string($0) } ?? .null),
                        ("code", code.map { .string($0) } ?? .null),
                    ])
                )
            )
        ])
    }

    private static func status(of kind: ModelFailure.Kind) -> Int {
        switch kind {
        case .invalidRequest: 400
        case .authentication: 401
        case .permission: 403
        case .notFound: 404
        case .tooLarge: 413
        case .billing, .rateLimited: 429
        case .server: 500
        case .overloaded: 503
        case .timeout: 504
        }
    }

    private static func words(for failure: ModelFailure) -> (type: String, code: String?) {
        let code = failure.code.flatMap { codes.contains($0) ? $0 : nil }
        return switch failure.kind {
        case .invalidRequest: ("invalid_request_error", code)
        case .authentication: ("invalid_request_error", "invalid_api_key")
        case .billing: ("insufficient_quota", "insufficient_quota")
        case .permission: ("permission_error", code)
        case .notFound: ("invalid_request_error", "model_not_found")
        case .tooLarge: ("invalid_request_error", "request_too_large")
        case .rateLimited: ("requests", "rate_limit_exceeded")
        case .timeout: ("timeout", nil)
        case .server, .overloaded: ("server_error", code)
        }
    }
}

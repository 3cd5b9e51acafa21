import DataPlane
import LLMTranslation

/// A failure as the clients of a prompt's API are told: a problem document (RFC 9457).
struct PromptProblem {
    private let failure: ModelFailure
    /// The status of the answer.
    let status: Int

    /// A failure, with `status` where that is not the one of its sort.
    init(_ failure: ModelFailure, status: Int? = nil) {
        self.failure = failure
        self.status = status ?? Self.status(of: failure.kind)
    }

    private static func status(of kind: ModelFailure.Kind) -> Int {
        switch kind {
        case .invalidRequest: 400
        case .authentication: 401
        case .billing: 402
        case .permission: 403
        case .notFound: 502
        case .tooLarge: 413
        case .rateLimited: 429
        case .timeout: 504
        case .server: 502
        case .overloaded: 503
        }
    }

    /// Kinds of failures that say more than their sort.
    private static let kinds = [
        "content_refused": "content-refused", "idempotency_key_reused": "key-reused",
        "outcome_unknown": "outcome-unknown",
        "duplicate_in_flight": "duplicate-in-flight", "output_mismatch": "output-mismatch", "refused": "model-refused",
    ]

    /// The kind of problem.
    var kind: String {
        if let kind = failure.code.flatMap({ Self.kinds[$0] }) { return kind }
        return switch failure.kind {
        case .invalidRequest: "bad-request"
        case .authentication: "unauthenticated"
        case .permission: "forbidden"
        case .tooLarge: "body-too-large"
        case .billing: "budget-exceeded"
        case .rateLimited: "rate-limited"
        case .timeout: "upstream-timeout"
        case .overloaded: "overloaded"
        case .notFound, .server: "model-failed"
        }
    }

    /// Answers a call; returns the status.
    func answer(_ call: ServiceCall, lines: [UInt8]) -> Int {
        call.refuse(status, kind: kind, detail: failure.message, lines: lines)
        return status
    }
}

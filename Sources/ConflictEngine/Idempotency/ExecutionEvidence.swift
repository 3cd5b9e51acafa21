/// What is known of the execution of a request, and what follows for its key (standards §7.2).
package enum ExecutionEvidence: Sendable, Equatable {
    /// No byte of it was sent.
    case notSent
    /// Some of it may have been received, and no whole answer came.
    case unanswered
    /// The upstream gave a whole answer of this status; whether it says when to try again.
    case answered(status: Int, saysRetryAfter: Bool)

    /// What became of the request.
    package enum Fate: Sendable, Equatable {
        case completed
        case notApplied
        case uncertain
    }

    /// Answers that prove that nothing was done: the upstream did not get as far as executing, or refused because of a
    /// conflict that may be gone when the request is sent again.
    private static let refusals: Set<Int> = [400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 423, 425, 428, 429]

    /// What follows.
    package var fate: Fate {
        switch self {
        case .notSent: .notApplied
        case .unanswered: .uncertain
        case .answered(503, saysRetryAfter: true): .notApplied
        case .answered(let status, _) where Self.refusals.contains(status): .notApplied
        case .answered(let status, _) where status >= 500: .uncertain
        case .answered: .completed
        }
    }
}

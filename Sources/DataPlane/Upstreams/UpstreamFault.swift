/// Why an upstream gave no complete answer.
enum UpstreamFault: Error, Equatable {
    /// No connection: refused, unresolved, timed out, certificate not verified. The reason is for people.
    case unreachable(String)
    /// Too many connections stand already.
    case exhausted
    /// The connection closed or was reset before the answer's head; whether it had been used before.
    case closedEarly(reused: Bool)
    /// The connection closed or was reset within the answer.
    case closedWithinAnswer
    /// Nothing came in time before the answer's head.
    case timedOut
    /// Nothing came in time within the answer.
    case stalled
    /// The answer breaks HTTP.
    case protocolViolation(String)

    /// Whether the upstream is known to have ended the connection, so that nothing more will be applied later.
    var isClosure: Bool {
        switch self {
        case .closedEarly, .closedWithinAnswer: true
        default: false
        }
    }

    /// Whether the upstream may have received any of the request.
    var mayHaveBeenSent: Bool {
        switch self {
        case .unreachable, .exhausted: false
        default: true
        }
    }

    /// Whether the target's health suffers from it.
    var countsAgainstTarget: Bool {
        switch self {
        case .exhausted: false
        case .closedEarly(let reused): !reused
        default: true
        }
    }
}

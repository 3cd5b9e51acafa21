package import NIOCore

/// Why an upstream gave no complete answer.
package enum UpstreamFault: Error, Equatable {
    /// No connection: refused, unresolved, timed out, certificate not verified. The reason is for people.
    case unreachable(String)
    /// No connection, because the gateway itself has run out of something; what that is, for people.
    case shortage(String)
    /// Too many connections stand already.
    case exhausted
    /// A connection was closed, or the upstream spoke out of turn on it, before any of the request was sent; with what
    /// should have been sent so far, if it is still at hand.
    case stale(unsent: ByteBuffer?)
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

    /// What happened, as a sentence.
    package var explanation: String {
        switch self {
        case .unreachable(let reason), .shortage(let reason): "No connection to the upstream: \(reason)."
        case .stale: "The upstream closed the connection before the request was sent."
        case .exhausted: "All connections to the upstream are in use."
        case .closedEarly: "The upstream closed the connection without an answer."
        case .closedWithinAnswer: "The upstream closed the connection within its answer."
        case .timedOut: "The upstream did not begin to answer in time."
        case .stalled: "The upstream stopped in the middle of its answer."
        case .protocolViolation(let reason): "The upstream's answer was refused: \(reason)."
        }
    }

    /// Whether the upstream is known to have ended the connection, so that nothing more will be applied later.
    package var isClosure: Bool {
        switch self {
        case .closedEarly, .closedWithinAnswer: true
        default: false
        }
    }

    /// Whether no connection could be made.
    package var leftNoConnection: Bool {
        switch self {
        case .unreachable, .shortage: true
        default: false
        }
    }

    /// Whether a connection from the pool was no longer good, which says nothing about the upstream.
    package var isOfReusedConnection: Bool {
        switch self {
        case .stale, .closedEarly(reused: true): true
        default: false
        }
    }

    /// Whether the upstream may have received any of the request.
    package var mayHaveBeenSent: Bool {
        switch self {
        case .unreachable, .shortage, .exhausted, .stale: false
        default: true
        }
    }

    /// Whether the target's health suffers from it.
    package var countsAgainstTarget: Bool {
        switch self {
        case .shortage, .exhausted, .stale: false
        case .closedEarly(let reused): !reused
        default: true
        }
    }
}

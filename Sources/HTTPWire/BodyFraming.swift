/// How the end of a message's body is found (RFC 9112 §6).
package enum BodyFraming: Sendable, Equatable {
    /// There is no body.
    case none
    /// Exactly this many bytes.
    case length(Int)
    /// Chunks up to the last one.
    case chunked
    /// Everything until the connection closes; answers only.
    case untilClose
}

/// Why a test client has no answer.
package enum HTTPTestFault: Error, Equatable {
    /// No connection came about; nothing was sent.
    case notConnected
    /// The connection was closed by the other side before the end of an answer.
    case closed
    /// The answer took longer than the client waits.
    case timedOut
    /// The answer is not HTTP.
    case malformed
}

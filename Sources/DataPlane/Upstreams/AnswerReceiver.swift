import NIOCore

/// Whoever waits for the answer on an upstream connection; called on the connection's loop.
protocol AnswerReceiver: AnyObject {
    /// A final head is there; read it from the connection.
    func answerBegan(on connection: UpstreamConnection)
    /// An interim head (1xx) is there.
    func interimAnswer(on connection: UpstreamConnection)
    /// A piece of the body.
    func answerPiece(_ piece: ByteBuffer, on connection: UpstreamConnection)
    /// The body is complete; the connection takes care of itself afterwards.
    func answerEnded(on connection: UpstreamConnection)
    /// No complete answer will come.
    func answerFailed(_ fault: UpstreamFault)
    /// The connection takes request bytes again.
    func requestMayContinue()
    /// All that was read at once has been handed over: time to flush.
    func answerReadComplete()
}

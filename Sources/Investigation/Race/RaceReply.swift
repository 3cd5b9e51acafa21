/// What came of a request.
package enum RaceReply: Sendable, Equatable {
    /// A whole answer.
    case answer(status: Int, fields: [RaceField], body: [UInt8])
    /// The request never left, and why.
    case notSent(String)
    /// The request may have arrived, but there is no whole answer, and why.
    case noAnswer(String)
}

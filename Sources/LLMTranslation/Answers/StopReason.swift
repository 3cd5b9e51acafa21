/// Why an answer ended.
package enum StopReason: Sendable, Equatable {
    /// The model had said all.
    case natural
    /// One of the request's stop texts came; which, if told.
    case stopText(String?)
    /// The limit for answers was reached.
    case length
    /// The model's context is full.
    case contextFull
    /// Calls are asked for.
    case tool
    /// The vendor withheld the answer, or the model refused; the category, if told.
    case filtered(String?)
    /// The vendor paused a long turn, to be continued.
    case paused
    /// The model broke its own format.
    case modelError(String?)

    /// Whether there was no room for the rest, so that what came last may be a piece only.
    var isCut: Bool { self == .length || self == .contextFull }
}

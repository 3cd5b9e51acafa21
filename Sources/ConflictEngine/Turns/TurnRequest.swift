/// What comes of asking for a turn.
package enum TurnRequest: Sendable, Equatable {
    /// Nobody was there: the turn is the caller's, and the waiter will not be called.
    case granted(Turn)
    /// The caller waits; 1 is the next in line. The waiter will be called once, unless the ticket is cancelled.
    case queued(TurnTicket, position: Int)
    /// The line is as long as it may be; nothing was queued.
    case full(length: Int)
}

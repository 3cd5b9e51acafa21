/// How far a quarantined resource is from being writable again.
package enum QuarantineState: Sendable, Equatable {
    /// The lost write may still take effect; so many nanoseconds remain of the settle time.
    case settling(remaining: UInt64)
    /// The settle time is over; a successful read ends the quarantine.
    case awaitingRead
}

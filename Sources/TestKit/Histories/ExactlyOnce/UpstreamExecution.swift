/// A line of the upstream's own log: a request with a key that reached it, whether it did anything or not.
package struct UpstreamExecution: Sendable, Hashable {
    /// The caller and the key that the request came with.
    package var slot: KeyedCall.Slot
    /// The call that the request was made for, if it said so.
    package var call: Int?
    /// What stands for method, target and body, if the log knows.
    package var fingerprint: String?
    /// The effect it has, or would have had; unique to an execution.
    package var effect: String
    /// When it came, in nanoseconds of the clients' clock.
    package var received: UInt64
    /// When it took effect; `nil` if it never did.
    package var applied: UInt64?
    /// When the whole answer was sent; `nil` if it was cut, or there was none.
    package var answered: UInt64?
    /// The status it was answered with, if it was.
    package var status: Int?

    /// A line of the log.
    package init(_ slot: KeyedCall.Slot, effect: String, received: UInt64, applied: UInt64?, answered: UInt64?) {
        (self.slot, self.effect, self.received) = (slot, effect, received)
        (self.applied, self.answered) = (applied, answered)
    }

    /// Whether nobody may know what came of it: no whole answer, none within `patience` nanoseconds, or a 5xx.
    func leavesDoubt(patience: UInt64) -> Bool {
        guard let answered, answered >= received, answered - received < patience else { return true }
        return (status ?? 200) >= 500
    }
}

extension UpstreamExecution: CustomStringConvertible {
    /// One line for a person who looks for the fault.
    package var description: String {
        let cause = call.map { " for call \($0)" } ?? ""
        let application = applied.map { "applied at \($0)" } ?? "never applied"
        let answer = answered.map { "answered at \($0)" } ?? "not answered whole"
        return "execution of \(slot)\(cause) at \(received), effect \(effect), \(application), \(answer)"
    }
}

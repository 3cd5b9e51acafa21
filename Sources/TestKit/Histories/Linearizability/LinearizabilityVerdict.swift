/// What a search for an order of a concurrent history came to; operations are named by their positions.
package enum LinearizabilityVerdict: Sendable, Equatable {
    /// There is an order: each operation takes effect at one instant of its own time. Unanswered ones that are not in
    /// it took no effect.
    case linearizable(order: [Int])
    /// There is none.
    case notLinearizable(LinearizabilityFailure)
    /// The search was given up.
    case undecided(String)

    /// Whether there is an order.
    package var isLinearizable: Bool {
        guard case .linearizable = self else { return false }
        return true
    }

    /// Why there is none, if so.
    package var failure: LinearizabilityFailure? {
        guard case .notLinearizable(let failure) = self else { return nil }
        return failure
    }
}

/// Everything that happened to one resource: what clients did and saw, and what the upstream really applied.
package struct OperationHistory: Sendable, Equatable {
    /// The nonce of what was there at first; `nil` if there was nothing.
    package var initial: String?
    /// The clients' operations, in any order.
    package var operations: [ClientOperation]
    /// The upstream's log, in its order.
    package var applied: [AppliedWrite]

    /// A history.
    package init(initial: String?, operations: [ClientOperation], applied: [AppliedWrite]) {
        self.initial = initial
        self.operations = operations
        self.applied = applied
    }
}

/// How clients may lock resources (contract, section 8, `locks`).
package struct LockPolicy: Sendable, Equatable {
    /// Longest time that a lock is granted for.
    package var longest: Duration = .seconds(600)

    /// The defaults of the contract.
    package init() {}
}

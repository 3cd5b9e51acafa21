/// Something the tour says, and whether what was measured bears it out.
package struct Claim: Sendable {
    /// What is said.
    package let text: String
    /// Whether it is so.
    package let holds: Bool
    /// What was measured.
    package let measured: String

    /// A claim with its measurement.
    package init(_ text: String, holds: Bool, measured: some CustomStringConvertible) {
        self.text = text
        self.holds = holds
        self.measured = measured.description
    }
}

/// A line of the upstream's own log: a write that it applied.
package struct AppliedWrite: Sendable, Equatable {
    /// The nonce that came with the write.
    package var nonce: String
    /// When it was applied, in nanoseconds of the clients' clock.
    package var at: UInt64
    /// Whether it left nothing.
    package var removes: Bool

    /// A line of the log.
    package init(nonce: String, at: UInt64, removes: Bool = false) {
        self.nonce = nonce
        self.at = at
        self.removes = removes
    }
}

extension AppliedWrite: CustomStringConvertible {
    /// One line for a person who looks for the fault.
    package var description: String { "upstream applied \(nonce) at \(at)\(removes ? " (removal)" : "")" }
}

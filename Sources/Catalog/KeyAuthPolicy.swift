/// Demands a key of a known consumer.
package struct KeyAuthPolicy: Sendable, Equatable {
    /// Groups of which the consumer must be in one; `nil` lets any consumer in.
    package var groups: Set<String>?

    /// Demands a key.
    package init(groups: Set<String>? = nil) { self.groups = groups }
}

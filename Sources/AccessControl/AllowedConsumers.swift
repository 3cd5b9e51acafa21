package import Catalog

/// Which consumers a route lets in, worked out when the configuration is compiled.
package struct AllowedConsumers: Sendable, Equatable {
    private let words: [UInt64]

    /// Lets in the members of any of the policy's groups; every consumer where it names none.
    package init(_ policy: KeyAuthPolicy, among consumers: [Consumer]) {
        var words = Array(repeating: UInt64(0), count: (consumers.count + 63) / 64)
        for (index, consumer) in consumers.enumerated() {
            let isMember = policy.groups.map { !$0.isDisjoint(with: consumer.groups) } ?? true
            if isMember { words[index / 64] |= 1 << UInt64(index % 64) }
        }
        self.words = words
    }

    /// Whether the consumer at this place is let in; false for a place that does not exist.
    package func contains(_ consumer: Int) -> Bool {
        guard consumer >= 0, consumer / 64 < words.count else { return false }
        return words[consumer / 64] >> UInt64(consumer % 64) & 1 == 1
    }
}

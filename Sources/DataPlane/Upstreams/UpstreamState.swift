import Synchronization

/// What all loops share about one upstream: its place in the rotation and its retry budget.
package final class UpstreamState: Sendable {
    private let turn = Atomic<Int>(0)
    private let running = Atomic<Int>(0)
    private let retrying = Atomic<Int>(0)

    /// Nothing runs yet.
    package init() {}

    /// The next place in the rotation.
    package func nextTurn() -> Int { turn.wrappingAdd(1, ordering: .relaxed).oldValue & Int.max }

    /// Counts an exchange in.
    package func began() { running.wrappingAdd(1, ordering: .relaxed) }

    /// Counts an exchange out.
    package func ended(retried: Bool) {
        running.wrappingSubtract(1, ordering: .relaxed)
        if retried { retrying.wrappingSubtract(1, ordering: .relaxed) }
    }

    /// Takes from the retry budget: 20 % of what runs, at least 3.
    package func mayRetry() -> Bool {
        let limit = max(3, running.load(ordering: .relaxed) / 5)
        if retrying.wrappingAdd(1, ordering: .relaxed).newValue <= limit { return true }
        retrying.wrappingSubtract(1, ordering: .relaxed)
        return false
    }
}

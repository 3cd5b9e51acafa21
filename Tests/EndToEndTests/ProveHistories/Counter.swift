import Synchronization

/// Counts from any thread.
final class Counter: Sendable {
    private let total = Atomic<Int>(0)

    /// Adds one.
    func count() { total.add(1, ordering: .relaxed) }

    /// The count so far.
    var value: Int { total.load(ordering: .relaxed) }
}

import Synchronization

/// Bytes that many may hold together, up to a limit that may be changed.
package final class MemoryBudget: Sendable {
    private let reserved = Atomic<Int>(0)
    private let bound: Atomic<Int>

    /// A budget of `limit` bytes.
    package init(limit: Int) { bound = Atomic(max(limit, 0)) }

    /// The limit, in bytes.
    var limit: Int { bound.load(ordering: .relaxed) }
    /// What is held now, in bytes.
    var held: Int { reserved.load(ordering: .relaxed) }

    /// Changes the limit; what is held stays.
    package func resize(to limit: Int) { bound.store(max(limit, 0), ordering: .relaxed) }

    /// Takes `bytes`; `false` if so many are not free.
    package func reserve(_ bytes: Int) -> Bool {
        let (wanted, bound) = (max(bytes, 0), limit)
        guard wanted <= bound else { return false }
        if reserved.wrappingAdd(wanted, ordering: .relaxed).newValue <= bound { return true }
        reserved.wrappingSubtract(wanted, ordering: .relaxed)
        return false
    }

    /// Gives back what ``reserve(_:)`` took.
    package func release(_ bytes: Int) { reserved.wrappingSubtract(max(bytes, 0), ordering: .relaxed) }
}

import Synchronization

/// Bytes that many may hold together, up to a limit that a reload may change.
package final class MemoryBudget: BodyMemory {
    private let held = Atomic<Int>(0)
    private let limit: Atomic<Int>

    /// A budget of `limit` bytes.
    package init(limit: Int) { self.limit = Atomic(limit) }

    /// Changes the limit; what is held stays.
    package func resize(to limit: Int) { self.limit.store(limit, ordering: .relaxed) }

    package func reserve(_ bytes: Int) -> Bool {
        let (wanted, bound) = (max(bytes, 0), limit.load(ordering: .relaxed))
        guard wanted <= bound else { return false }
        if held.wrappingAdd(wanted, ordering: .relaxed).newValue <= bound { return true }
        held.wrappingSubtract(wanted, ordering: .relaxed)
        return false
    }

    package func release(_ bytes: Int) { held.wrappingSubtract(max(bytes, 0), ordering: .relaxed) }
}

import HTTPSemantics
import Synchronization

/// The locks of the whole process; safe to use from every thread.
///
/// Locks reach over whole trees, so there is one table behind one lock. Asking costs one atomic load while nobody holds
/// a lock. Grant and write do not exclude each other here: whoever grants or judges holds the resource's turn.
package final class LockRegister: Sendable {
    private let table: Mutex<LockTable>
    private let occupied: Atomic<Int>

    /// A register that starts with `table`.
    package init(_ table: LockTable = LockTable()) {
        occupied = Atomic(table.count)
        self.table = Mutex(table)
    }

    /// Changes or asks the table; `body` must not wait and not call the register.
    package func withTable<Result: Sendable, Failure: Error>(
        _ body: (inout LockTable) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try table.withLock { table throws(Failure) in
            defer { occupied.store(table.count, ordering: .releasing) }
            return try body(&table)
        }
    }

    /// Whether nobody holds a lock.
    package var isEmpty: Bool { occupied.load(ordering: .acquiring) == 0 }

    /// Judges a request as ``LockTable/judge(_:_:now:find:)`` does; `find` runs under the lock and must be quick.
    package func judge(
        _ write: GuardedWrite?,
        _ conditions: LockConditions,
        now: Int64,
        find: ([UInt8]?) -> LockConditions.Found?
    ) -> LockJudgement {
        if isEmpty, conditions.header == nil { return .proceed }
        return table.withLock { $0.judge(write, conditions, now: now, find: find) }
    }
}

import DataPlane
import SQLiteStorage
import StoragePorts

/// Takes what is over out of the idempotency ledger, a few rows at a time, and locks that have expired out of their store.
struct LedgerPruning: Sendable {
    private let ledger: any IdempotencyLedger
    private let locks: LockKeeper
    private let store: SQLiteLockStore

    /// How often, and how many rows one transaction takes out: requests wait for it.
    private static let pause = Duration.seconds(20)
    private static let portion = 500

    /// Pruning of a ledger, and of locks that a store keeps.
    init(_ ledger: any IdempotencyLedger, _ locks: LockKeeper, in store: SQLiteLockStore) {
        self.ledger = ledger
        self.locks = locks
        self.store = store
    }

    /// Prunes until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            locks.removeExpired()
            store.tryAgain()
            while await pruneOnce() >= Self.portion, !Task.isCancelled {}
            try? await Task.sleep(for: Self.pause)  // cancelled: the loop ends by itself
        }
    }

    private func pruneOnce() async -> Int {
        await withCheckedContinuation { continuation in
            ledger.prune(at: DataPlane.WallClock.milliseconds(), limit: Self.portion) { result in
                continuation.resume(returning: (try? result.get()) ?? 0)  // tried again after the pause
            }
        }
    }
}

import ConflictEngine
import NIOCore
import NIOPosix
import StoragePorts
import Synchronization

/// A memory for locks that answers from a thread of its own, one call after another, as one with a disk does.
final class DistantLockStore: LockStore {
    private struct Kept {
        var locks: [String: LockRecord] = [:]
        var ceiling: Int64 = 0
    }

    private let kept = Mutex(Kept())
    private let loop = MultiThreadedEventLoopGroup.singleton.next()

    /// What is kept.
    func load() throws(StoreError) -> (locks: [LockRecord], fenceCeiling: Int64) {
        kept.withLock { (Array($0.locks.values), $0.ceiling) }
    }

    /// Keeps a lock.
    func keep(_ lock: LockRecord, _ done: @escaping StoreCompletion<Void>) {
        change(done) { $0.locks[lock.token] = lock }
    }

    /// Forgets locks.
    func forget(_ tokens: [String], _ done: @escaping StoreCompletion<Void>) {
        change(done) { kept in for token in tokens { kept.locks[token] = nil } }
    }

    /// Reserves fencing numbers.
    func raiseFences(to ceiling: Int64, _ done: @escaping StoreCompletion<Void>) {
        change(done) { $0.ceiling = max($0.ceiling, ceiling) }
    }

    private func change(_ done: @escaping StoreCompletion<Void>, _ body: @escaping @Sendable (inout Kept) -> Void) {
        loop.execute { [self] in
            kept.withLock { body(&$0) }
            done(.success(()))
        }
    }
}

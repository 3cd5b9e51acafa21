import ConflictEngine
import Synchronization

/// Keys whose requests this process carries out now, and who waits for them.
final class RunningKeys: Sendable {
    private let keys = Mutex<[IdempotencyScope: [ObjectIdentifier: @Sendable () -> Void]]>([:])

    /// A request under this key is being carried out.
    func begin(_ scope: IdempotencyScope) {
        keys.withLock { $0[scope] = $0[scope] ?? [:] }
    }

    /// It is settled: those who wait are told.
    func end(_ scope: IdempotencyScope) {
        let waiting = keys.withLock { $0.removeValue(forKey: scope) }
        for tell in waiting?.values.map({ $0 }) ?? [] { tell() }
    }

    /// Tells `waiter` once the request under this key is settled; false if none is being carried out here.
    func wait(for scope: IdempotencyScope, _ waiter: ObjectIdentifier, _ tell: @escaping @Sendable () -> Void) -> Bool {
        keys.withLock { keys in
            guard keys[scope] != nil else { return false }
            keys[scope]?[waiter] = tell
            return true
        }
    }

    /// Tells `waiter` nothing any more.
    func leave(_ scope: IdempotencyScope, _ waiter: ObjectIdentifier) {
        _ = keys.withLock { $0[scope]?.removeValue(forKey: waiter) }
    }
}

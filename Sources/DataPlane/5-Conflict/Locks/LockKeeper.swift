package import ConflictEngine
package import HTTPSemantics
package import StoragePorts
import Synchronization

/// The locks of the process and their memory: what was promised is on the disk before anybody is told.
package final class LockKeeper: Sendable {
    /// The locks.
    package let register: LockRegister
    private let store: any LockStore
    private let ceiling: Atomic<Int64>
    /// Up to where fencing numbers are reserved on the disk.
    private let reserved: Atomic<Int64>
    private let log: @Sendable (LogLine) -> Void

    /// Fencing numbers that are reserved at a time; a restart skips what is left of them.
    private static let block: Int64 = 1_000_000

    /// The locks that a store has kept, as far as they are still held.
    package init(_ store: any LockStore, log: @escaping @Sendable (LogLine) -> Void) throws(StoreError) {
        let kept = try store.load()
        let now = WallClock.milliseconds()
        let locks = kept.locks.filter { $0.expiresAt > now }.compactMap(\.lock)
        register = LockRegister(LockTable(restoring: locks, highestFence: kept.fenceCeiling))
        self.store = store
        self.log = log
        ceiling = Atomic(kept.fenceCeiling)
        reserved = Atomic(kept.fenceCeiling)
        store.forget(kept.locks.filter { $0.expiresAt <= now }.map(\.token)) { _ in }
        reserveFences(beyond: kept.fenceCeiling)
    }

    /// Waits until the first fencing numbers are reserved, so that no write after the start has to be refused for that.
    package func isReady() async {
        await withCheckedContinuation { continuation in
            // Calls of the store are answered in order: this one after that of the reservation before it.
            store.raiseFences(to: ceiling.load(ordering: .relaxed)) { _ in continuation.resume() }
        }
    }

    /// Grants a lock; the answer comes on any thread.
    func grant(
        _ request: LockRequest,
        _ done: @escaping @Sendable (Result<HeldLock, any Error>) -> Void
    ) {
        do throws(LockRefusal) {
            let now = WallClock.milliseconds()
            let lock = try register.withTable { table throws(LockRefusal) in try table.grant(request, now: now) }
            keepFencesAhead(of: lock.fence)
            keep(lock) { [self] result in
                if case .failure = result { _ = register.withTable { $0.forceRelease(lock.token, now: now) } }
                done(result.mapError { $0 })
            }
        } catch {
            done(.failure(error))
        }
    }

    /// Starts the time of a lock anew; the answer comes on any thread.
    func refresh(
        _ token: StateToken,
        at resource: ResourceIdentity,
        by principal: String?,
        duration: Int64,
        _ done: @escaping @Sendable (Result<HeldLock, any Error>) -> Void
    ) {
        do throws(LockFault) {
            let lock = try register.withTable { table throws(LockFault) in
                try table.refresh(token, at: resource, by: principal, duration: duration, now: WallClock.milliseconds())
            }
            keep(lock) { done($0.mapError { $0 }) }
        } catch {
            done(.failure(error))
        }
    }

    /// Ends a lock of `principal`; the answer comes on any thread, once a restart would not bring the lock back.
    func release(
        _ token: StateToken,
        at resource: ResourceIdentity,
        by principal: String?,
        _ done: @escaping @Sendable (Result<Void, any Error>) -> Void
    ) {
        do throws(LockFault) {
            let lock = try register.withTable { table throws(LockFault) in
                try table.release(token, at: resource, by: principal, now: WallClock.milliseconds())
            }
            store.forget([LockRecord(lock).token]) { result in done(result.mapError { $0 }) }
        } catch {
            done(.failure(error))
        }
    }

    /// Ends a lock whoever holds it; `nil` if it is not held.
    package func forceRelease(_ token: StateToken) -> HeldLock? {
        let lock = register.withTable { $0.forceRelease(token, now: WallClock.milliseconds()) }
        if let lock { forget([lock]) }
        return lock
    }

    /// Ends the locks on a resource that is gone.
    func removeTree(_ resource: ResourceIdentity) {
        guard !register.isEmpty else { return }
        forget(register.withTable { $0.removeTree(resource) })
    }

    /// Forgets what has expired.
    package func removeExpired() {
        guard !register.isEmpty else { return }
        forget(register.withTable { $0.removeExpired(now: WallClock.milliseconds()) })
    }

    /// A fencing number greater than any before, also after a restart; `nil` if there is none.
    func drawFence() -> Int64? {
        guard let fence = register.withTable({ $0.drawFence() }) else { return nil }
        keepFencesAhead(of: fence)
        return fence <= reserved.load(ordering: .acquiring) ? fence : nil
    }

    // MARK: Memory

    private func keep(_ lock: HeldLock, _ done: @escaping @Sendable (Result<HeldLock, StoreError>) -> Void) {
        store.keep(LockRecord(lock)) { result in done(result.map { lock }) }
    }

    private func forget(_ locks: [HeldLock]) {
        guard !locks.isEmpty else { return }
        store.forget(locks.map { LockRecord($0).token }) { [log] result in
            guard case .failure(let fault) = result else { return }
            log(LogLine(.error, "a lock that ended could not be forgotten", [("reason", fault.summary)]))
        }
    }

    private func keepFencesAhead(of fence: Int64) {
        let known = ceiling.load(ordering: .relaxed)
        if known &- fence < Self.block / 2 { reserveFences(beyond: known) }
    }

    private func reserveFences(beyond known: Int64) {
        let (next, overflow) = known.addingReportingOverflow(Self.block)
        guard !overflow else { return }
        guard ceiling.compareExchange(expected: known, desired: next, ordering: .relaxed).exchanged else { return }
        store.raiseFences(to: next) { [self] result in
            switch result {
            case .success: reserved.max(next, ordering: .releasing)
            case .failure(let fault):
                // The next number drawn tries again.
                _ = ceiling.compareExchange(expected: next, desired: known, ordering: .relaxed)
                log(LogLine(.error, "fencing numbers could not be reserved", [("reason", fault.summary)]))
            }
        }
    }
}

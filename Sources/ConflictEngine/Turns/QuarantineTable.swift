import Synchronization

/// Resources whose last write has an unknown outcome, for the whole process; safe to use from every thread.
///
/// Enter a resource before releasing its turn, so that the next writer sees it. Asking costs one atomic load while
/// nothing is quarantined.
package final class QuarantineTable: Sendable {
    private let quarantines: Mutex<Quarantines>
    private let occupied = Atomic(0)

    /// Room for `capacity` resources.
    package init(capacity: Int = 10_000) {
        quarantines = Mutex(Quarantines(capacity: capacity))
    }

    /// Quarantines a resource at least until `end`, in nanoseconds of the clock that `now` is read from.
    ///
    /// - Returns: The resource whose quarantine was dropped to make room, to be logged.
    @discardableResult
    package func enter(_ identity: ResourceIdentity, until end: UInt64) -> ResourceIdentity? {
        quarantines.withLock { quarantines in
            let victim = quarantines.enter(identity, until: end)
            occupied.store(quarantines.count, ordering: .releasing)
            return victim
        }
    }

    /// Where a resource stands; `nil` if it may be written to.
    package func state(of identity: ResourceIdentity, now: UInt64) -> QuarantineState? {
        guard occupied.load(ordering: .acquiring) > 0 else { return nil }
        return quarantines.withLock { $0.state(of: identity, now: now) }
    }

    /// Ends a quarantine if the read that succeeded was sent when the settle time was over.
    ///
    /// - Returns: Whether it ended a quarantine.
    @discardableResult
    package func readSucceeded(_ identity: ResourceIdentity, sentAt: UInt64) -> Bool {
        guard occupied.load(ordering: .acquiring) > 0 else { return false }
        return quarantines.withLock { quarantines in
            let ended = quarantines.readSucceeded(identity, sentAt: sentAt)
            occupied.store(quarantines.count, ordering: .releasing)
            return ended
        }
    }

    /// How many resources are quarantined, and how many were dropped for want of room since the start.
    package var load: (active: Int, dropped: Int) {
        quarantines.withLock { ($0.count, $0.dropped) }
    }
}

import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualClock: Sendable {
    private let nanoseconds: Atomic<UInt64>

    /// A clock that shows `now` nanoseconds.
    package init(at now: UInt64 = 0) {
        nanoseconds = Atomic(now)
    }

    /// What it shows, in nanoseconds.
    package var now: UInt64 { nanoseconds.load(ordering: .acquiring) }

    /// Moves it forward by `nanoseconds`; returns what it shows then.
    @discardableResult
    package func advance(by nanoseconds: UInt64) -> UInt64 {
        self.nanoseconds.add(nanoseconds, ordering: .acquiringAndReleasing).newValue
    }
}

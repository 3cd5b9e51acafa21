import Synchronization

/// What is known of one key of a provider, across reloads.
final class KeyState: Sendable {
    /// What is known.
    struct Snapshot: Sendable {
        /// When it may be used again (ns).
        var coolsUntil: UInt64 = 0
        /// Why it cools down.
        var reason: String?
        /// How many calls it was used for.
        var uses = 0
    }

    private let state = Mutex(Snapshot())

    /// Nothing known.
    init() {}

    /// What is known now.
    var snapshot: Snapshot { state.withLock { $0 } }

    /// When it may be used again (ns).
    var coolsUntil: UInt64 { state.withLock { $0.coolsUntil } }

    /// Counts a call.
    func wasUsed() { state.withLock { $0.uses &+= 1 } }

    /// Lets it rest; never shorter than it was to, and for the reason of the longest rest.
    func cool(until: UInt64, because reason: String) {
        state.withLock { state in
            guard until >= state.coolsUntil else { return }
            state.coolsUntil = until
            state.reason = reason
        }
    }
}

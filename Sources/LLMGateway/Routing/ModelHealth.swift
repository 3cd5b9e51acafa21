import Synchronization

/// What is known of one provider's model, across reloads: how quick it is, whether it should rest.
final class ModelHealth: Sendable {
    private struct State {
        /// Time to the first token, decayed (ns); 0 before the first answer.
        var firstToken: Double = 0
        var failuresInRow = 0
        var restsUntil: UInt64 = 0
        var lastFailure: String?
        var calls = 0
        var failures = 0
    }

    /// For status pages.
    struct Status: Sendable {
        /// Time to the first token, decayed (ms); 0 before the first answer.
        let firstToken: Double
        /// Until when it rests (ns).
        let restsUntil: UInt64
        /// The last failure.
        let lastFailure: String?
        /// Tries, and those that failed.
        let calls, failures: Int
    }

    /// How many failures in a row make it rest.
    private static let patience = 3
    /// The share of the newest reading in the average.
    private static let decay = 0.2

    private let state = Mutex(State())

    /// Nothing known.
    init() {}

    /// Whether it should be left alone for now.
    func rests(now: UInt64) -> Bool { state.withLock { $0.restsUntil > now } }

    /// Until when it rests (ns); 0 if it does not.
    var restsUntil: UInt64 { state.withLock { $0.restsUntil } }

    /// The decayed time to the first token (ns); 0 before the first answer.
    var firstToken: Double { state.withLock { $0.firstToken } }

    /// An answer began after so many nanoseconds.
    func answered(after firstToken: UInt64) {
        state.withLock { state in
            state.calls &+= 1
            state.failuresInRow = 0
            state.restsUntil = 0
            let reading = Double(firstToken)
            state.firstToken =
                state.firstToken == 0 ? reading : state.firstToken * (1 - Self.decay) + reading * Self.decay
        }
    }

    /// It answered, if only to refuse: nothing is wrong with it, and nothing is learned of how quick it is.
    func isUp() {
        state.withLock { state in
            state.calls &+= 1
            state.failuresInRow = 0
            state.restsUntil = 0
        }
    }

    /// A try failed for the server's fault; it rests after several in a row, longer each time.
    func failed(_ reason: String, now: UInt64) {
        state.withLock { state in
            state.calls &+= 1
            state.failures &+= 1
            state.lastFailure = reason
            // Calls that were under way when it began to rest tell nothing new.
            guard now >= state.restsUntil else { return }
            state.failuresInRow &+= 1
            guard state.failuresInRow >= Self.patience else { return }
            let doublings = UInt64(min(5, state.failuresInRow - Self.patience))
            state.restsUntil = now &+ 5_000_000_000 << doublings
        }
    }

    /// For status pages.
    var status: Status {
        state.withLock {
            Status(
                firstToken: $0.firstToken / 1_000_000,
                restsUntil: $0.restsUntil,
                lastFailure: $0.lastFailure,
                calls: $0.calls,
                failures: $0.failures
            )
        }
    }
}

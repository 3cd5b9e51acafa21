import Synchronization

/// Gathers the answers to a known number of calls, in the order of the calls.
package final class LedgerTally: Sendable {
    private struct State {
        var words: [Int: String] = [:]
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let expected: Int

    /// A tally that is complete once `expected` calls were answered.
    package init(_ expected: Int) { self.expected = expected }

    /// Notes the answer to a call; a second answer to the same call is noted beside the first.
    package func note(_ call: Int, _ word: String) {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.words[call] = state.words[call].map { "\($0), then \(word)" } ?? word
            guard state.words.count >= expected else { return nil }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    /// The answers, once all are there; for one caller.
    package func words() async -> [String] {
        await withCheckedContinuation { continuation in
            let isComplete = state.withLock { state in
                if state.words.count < expected { state.waiting = continuation }
                return state.words.count >= expected
            }
            if isComplete { continuation.resume() }
        }
        return state.withLock { state in (0..<expected).map { state.words[$0] ?? "nothing" } }
    }
}

import Synchronization

/// Calls that wait for the disk: those that arrive while it is busy are carried out together.
final class WriteLine<Call: Sendable>: Sendable {
    /// Carries out some calls on a thread of its own, and says when they are done.
    typealias Work = @Sendable (_ calls: [Call], _ done: @escaping @Sendable () -> Void) -> Void

    private let largestBatch: Int
    private let work: Work
    private let state = Mutex(State())

    private struct State {
        var calls: [Call] = []
        var isWorking = false
    }

    /// A line whose calls are carried out by `work`, at most `largestBatch` at a time and in order.
    init(largestBatch: Int, work: @escaping Work) {
        self.largestBatch = largestBatch
        self.work = work
    }

    /// Adds a call at the end.
    func add(_ call: Call) {
        let mustStart = state.withLock { state in
            state.calls.append(call)
            defer { state.isWorking = true }
            return !state.isWorking
        }
        if mustStart { next() }
    }

    private func next() {
        let batch = state.withLock { state -> [Call] in
            let batch = Array(state.calls.prefix(largestBatch))
            state.calls.removeFirst(batch.count)
            if batch.isEmpty { state.isWorking = false }
            return batch
        }
        guard !batch.isEmpty else { return }
        work(batch) { [self] in next() }
    }
}

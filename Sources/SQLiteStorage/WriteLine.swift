import Synchronization

/// Calls that wait for the disk: those that arrive while it is busy are carried out together.
final class WriteLine<Call: Sendable>: Sendable {
    private let largestBatch: Int
    private let carryOut: @Sendable ([Call]) async -> Void
    private let state = Mutex(State())

    private struct State {
        var calls: [Call] = []
        var isDraining = false
    }

    /// A line whose calls are carried out by `carryOut`, at most `largestBatch` at a time and in order.
    init(largestBatch: Int, carryOut: @escaping @Sendable ([Call]) async -> Void) {
        self.largestBatch = largestBatch
        self.carryOut = carryOut
    }

    /// Adds a call at the end.
    func add(_ call: Call) {
        let mustStart = state.withLock { state in
            state.calls.append(call)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if mustStart { Task { await drain() } }
    }

    private func drain() async {
        while true {
            let batch = state.withLock { state -> [Call] in
                let batch = Array(state.calls.prefix(largestBatch))
                state.calls.removeFirst(batch.count)
                if batch.isEmpty { state.isDraining = false }
                return batch
            }
            guard !batch.isEmpty else { return }
            await carryOut(batch)
        }
    }
}

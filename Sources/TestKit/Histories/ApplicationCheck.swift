/// Compares what clients were told with what the upstream applied.
struct ApplicationCheck {
    /// The history.
    let history: OperationHistory
    /// Its states.
    let timeline: Timeline
    /// Nonces of writes that were applied too late to be covered.
    let late: Set<String>

    /// What does not agree.
    func violations() -> [Violation] {
        history.operations.compactMap(check) + strangers()
    }

    private func check(_ operation: ClientOperation) -> Violation? {
        guard let nonce = operation.nonce else { return nil }
        guard let position = timeline.position(of: nonce) else { return checkMissing(operation) }
        let at = timeline.states[position].from
        guard mayBeApplied(operation) || late.contains(nonce) else {
            return Violation(.refusedIsNotApplied, "\(nonce) was applied at \(at)", witness: [operation])
        }
        guard at >= operation.invoked, !mustBeApplied(operation) || at <= operation.completed else {
            return Violation(.appliedInTime, "\(nonce) was applied at \(at)", witness: [operation])
        }
        return nil
    }

    private func checkMissing(_ operation: ClientOperation) -> Violation? {
        guard mustBeApplied(operation) else { return nil }
        if case .done = operation.outcome {
            return Violation(.successWasApplied, "the upstream never applied it", witness: [operation])
        }
        return Violation(.claimIsTrue, "the upstream never applied it", witness: [operation])
    }

    private func mayBeApplied(_ operation: ClientOperation) -> Bool {
        switch operation.outcome {
        case .done, .uncertain(.applied), .uncertain(.unknown), .abandoned: true
        default: false
        }
    }

    private func mustBeApplied(_ operation: ClientOperation) -> Bool {
        switch operation.outcome {
        case .done, .uncertain(.applied): true
        default: false
        }
    }

    /// Lines of the log that no operation accounts for, or that repeat one.
    private func strangers() -> [Violation] {
        var open: [String: ClientOperation] = [:]
        for operation in history.operations { if let nonce = operation.nonce { open[nonce] = operation } }
        var seen: Set<String> = []
        return history.applied.compactMap { write in
            guard let operation = open[write.nonce] else {
                return Violation(.everyWriteIsKnown, "\(write)", witness: [])
            }
            guard !seen.insert(write.nonce).inserted else { return nil }
            return Violation(.appliedOnce, "\(write), again", witness: [operation])
        }
    }
}

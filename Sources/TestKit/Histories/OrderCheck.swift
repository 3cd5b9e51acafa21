/// Checks that the order of states is one that clients could have seen: nothing that began after something ended may come
/// before it, reads included.
struct OrderCheck {
    /// The operations.
    let operations: [ClientOperation]
    /// The states.
    let timeline: Timeline

    private struct Reached {
        let position: Int
        let operation: ClientOperation
    }

    /// Where the order is broken.
    func violations() -> [Violation] {
        let ended = operations.filter { seenOrMade(by: $0) != nil }.sorted { $0.completed < $1.completed }
        var next = 0
        var reached: Reached?
        var found: [Violation] = []
        for operation in operations.sorted(by: { $0.invoked < $1.invoked }) {
            while next < ended.count, ended[next].completed < operation.invoked {
                if let position = seenOrMade(by: ended[next]), position > reached?.position ?? -1 {
                    reached = Reached(position: position, operation: ended[next])
                }
                next += 1
            }
            found += check(operation, after: reached).map { [$0] } ?? []
        }
        return found
    }

    /// The state that an operation proves to be there by its end.
    private func seenOrMade(by operation: ClientOperation) -> Int? {
        switch operation.outcome {
        case .saw(_, let nonce?): timeline.position(of: nonce)
        case .done, .uncertain(.applied): operation.nonce.flatMap(timeline.position)
        default: nil
        }
    }

    private func check(_ operation: ClientOperation, after reached: Reached?) -> Violation? {
        switch (operation.action, operation.outcome) {
        case (.read, .saw(_, let nonce?)): checkRead(operation, of: nonce, after: reached)
        case (.read, .missing): checkMissing(operation, after: reached)
        case (.read, _): nil
        default: checkWrite(operation, after: reached)
        }
    }

    private func checkRead(_ operation: ClientOperation, of nonce: String, after reached: Reached?) -> Violation? {
        guard let position = timeline.position(of: nonce), !timeline.states[position].isAbsent else {
            return Violation(.readIsOfAWrite, "the upstream never applied \(nonce)", witness: [operation])
        }
        let from = timeline.states[position].from
        guard from <= operation.completed else {
            return Violation(.readIsOfAWrite, "\(nonce) was applied only at \(from)", witness: [operation])
        }
        guard let reached, position < reached.position else { return nil }
        return Violation(.noStaleRead, "\(nonce) had been replaced", witness: [reached.operation, operation])
    }

    private func checkMissing(_ operation: ClientOperation, after reached: Reached?) -> Violation? {
        guard !timeline.wasAbsent(since: reached?.position ?? 0, until: operation.completed) else { return nil }
        let text = "there was something at all times"
        return Violation(.noStaleRead, text, witness: [reached?.operation, operation].compactMap(\.self))
    }

    private func checkWrite(_ operation: ClientOperation, after reached: Reached?) -> Violation? {
        guard let reached, let position = operation.nonce.flatMap(timeline.position) else { return nil }
        guard position <= reached.position else { return nil }
        return Violation(.realTimeOrder, "it came before what was complete", witness: [reached.operation, operation])
    }
}

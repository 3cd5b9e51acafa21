/// Checks that each 412, and each 404 to a write, was true at some instant between question and answer.
struct RefusalCheck {
    /// The operations.
    let operations: [ClientOperation]
    /// The states.
    let timeline: Timeline
    /// What tags mean.
    let names: StateNames

    /// Refusals that were not.
    func violations() -> [Violation] {
        operations.flatMap { operation -> [Violation] in
            switch (operation.action, operation.outcome) {
            case (.read, _): []
            case (_, .missing): [missing(operation)].compactMap(\.self)
            case (_, .refused(let tag)): [refused(operation), wrongName(operation, tag)].compactMap(\.self)
            default: []
            }
        }
    }

    private func missing(_ operation: ClientOperation) -> Violation? {
        guard !timeline.wasAbsent(true, sometimeIn: operation.invoked, operation.completed) else { return nil }
        return Violation(.refusalIsJustified, "there was something at all times", witness: [operation])
    }

    private func refused(_ operation: ClientOperation) -> Violation? {
        switch operation.action.condition {
        case .none:
            return Violation(.refusalIsJustified, "it demanded nothing", witness: [operation])
        case .absent:
            guard !timeline.wasAbsent(false, sometimeIn: operation.invoked, operation.completed) else { return nil }
            return Violation(.refusalIsJustified, "there was nothing at all times", witness: [operation])
        case .match(let tag):
            guard let state = state(named: tag), !timeline.states[state].isAbsent,
                timeline.isCurrent(state, throughout: operation.invoked, operation.completed)
            else { return nil }
            return Violation(.refusalIsJustified, "\(tag) was current at all times", witness: [operation])
        }
    }

    private func wrongName(_ operation: ClientOperation, _ tag: String?) -> Violation? {
        guard let tag, let state = state(named: tag),
            !timeline.isCurrent(state, sometimeIn: operation.invoked, operation.completed)
        else { return nil }
        return Violation(.refusalNamesCurrent, "\(tag) was not current at any time", witness: [operation])
    }

    private func state(named tag: String) -> Int? {
        names.nonce(named: tag).flatMap(timeline.position)
    }
}

/// Checks that conditional writes form one chain: each replaces exactly the version it names.
///
/// Writes whose sender was left in doubt are held to it too if they were applied.
struct ChainCheck {
    /// The history.
    let history: OperationHistory
    /// Its states.
    let timeline: Timeline
    /// What tags mean.
    let names: StateNames

    /// Broken links.
    func violations() -> [Violation] {
        let writers = Dictionary(
            history.operations.compactMap { operation in operation.nonce.map { ($0, operation) } },
            uniquingKeysWith: { first, _ in first }
        )
        let applied = history.operations.compactMap { operation -> (ClientOperation, Int)? in
            guard let nonce = operation.nonce, let position = timeline.position(of: nonce), position > 0
            else { return nil }
            return (operation, position)
        }
        return applied.compactMap { brokenLink($0, $1, writers) } + consumedTwice()
    }

    private func brokenLink(
        _ operation: ClientOperation,
        _ position: Int,
        _ writers: [String: ClientOperation]
    ) -> Violation? {
        let before = timeline.states[position - 1]
        guard let complaint = complaint(about: operation, replacing: before) else { return nil }
        let victim = before.nonce.flatMap { writers[$0] }
        return Violation(.noLostUpdate, complaint, witness: [victim, operation].compactMap(\.self))
    }

    private func complaint(about operation: ClientOperation, replacing before: Timeline.State) -> String? {
        switch operation.action.condition {
        case .none:
            return nil
        case .absent:
            return before.isAbsent ? nil : "it replaced \(before.nonce ?? "nothing") and was to create"
        case .match(let tag):
            guard !names(before, tag) else { return nil }
            let replaced = before.isAbsent ? "nothing" : before.nonce ?? "nothing"
            return "it names \(tag), which is \(names.nonce(named: tag) ?? "unknown"), and replaced \(replaced)"
        }
    }

    /// Whether `tag` is, or may be for all that anyone was told, the name of `state`.
    private func names(_ state: Timeline.State, _ tag: String) -> Bool {
        guard !state.isAbsent, let nonce = state.nonce else { return false }
        guard let named = names.nonce(named: tag) else { return names.tag(of: nonce) == nil }
        return named == nonce
    }

    /// Pairs of successes that name the same version; needs no log, so it holds against the clients' words alone.
    private func consumedTwice() -> [Violation] {
        var consumers: [String: ClientOperation] = [:]
        return history.operations.compactMap { operation in
            guard case .done = operation.outcome, case .match(let tag) = operation.action.condition else { return nil }
            guard let other = consumers[tag] else {
                consumers[tag] = operation
                return nil
            }
            return Violation(.versionConsumedOnce, "both consumed \(tag)", witness: [other, operation])
        }
    }
}

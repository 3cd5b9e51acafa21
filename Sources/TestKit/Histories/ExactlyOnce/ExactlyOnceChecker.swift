/// Checks that a history keeps what idempotency keys promise (conflict standards §7): one effect, one answer, no crossing.
///
/// The upstream's log is the truth about effects; answers are checked against it and against each other. A history must
/// not outlast the time for which keys are kept, since after it a key begins anew.
package struct ExactlyOnceChecker: Sendable {
    /// What the gateway under test does where the standards leave a choice.
    package struct Settings: Sendable {
        /// Statuses that prove that nothing took effect, and so leave the key free for another attempt.
        package var freeing: Set<Int> = [400, 401, 403, 404, 405, 413, 415, 422, 429, 503]
        /// How long the gateway surely waits for an answer, in nanoseconds; a later one may count as lost.
        package var patience: UInt64 = .max

        /// The choices that the standards recommend.
        package init() {}
    }

    private let history: KeyedHistory
    private let settings: Settings

    /// A checker of one history.
    package init(_ history: KeyedHistory, settings: Settings = Settings()) {
        (self.history, self.settings) = (history, settings)
    }

    /// Everything that is wrong with the history, key by key.
    package func check() -> [ExactlyOnceViolation] {
        var keys: [KeyedCall.Slot: KeyEvents] = [:]
        for call in history.calls { keys[call.slot, default: KeyEvents()].calls.append(call) }
        for execution in history.executions { keys[execution.slot, default: KeyEvents()].executions.append(execution) }
        let effects = Dictionary(
            history.executions.map { ($0.effect, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return inOrder(keys).flatMap { key in
            EffectCheck(key: key).violations()
                + ReplyCheck(key: key, effects: effects, freeing: settings.freeing).violations()
                + KeyRefusalCheck(key: key, patience: settings.patience).violations()
        }
    }

    /// The keys in the order in which they were first used, with their events in the order of time.
    private func inOrder(_ keys: [KeyedCall.Slot: KeyEvents]) -> [KeyEvents] {
        let sorted = keys.values.map { events in
            KeyEvents(
                calls: events.calls.sorted { ($0.invoked, $0.number) < ($1.invoked, $1.number) },
                executions: events.executions.sorted { ($0.received, $0.effect) < ($1.received, $1.effect) }
            )
        }
        return sorted.sorted { ($0.begin, $0.name) < ($1.begin, $1.name) }
    }
}

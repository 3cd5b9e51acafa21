extension KeyedHistory {
    /// The calls as a search sees them, followed by a look at what the upstream has under each key in the end.
    ///
    /// What is in flight in the end may still take effect, so the history must be over: nothing may be applied later.
    package var operations: [TimedOperation<IdempotentCreateModel>] {
        let end = executions.reduce(calls.map(\.completed).max() ?? 0) { max($0, $1.applied ?? 0) }
        let look = end.addingReportingOverflow(1)
        let moment = look.overflow ? end : look.partialValue
        var effects: [KeyedCall.Slot: [String]] = [:]
        for call in calls { effects[call.slot] = [] }
        for execution in executions where execution.applied != nil {
            effects[execution.slot, default: []].append(execution.effect)
        }
        let looks = effects.sorted { $0.key.description < $1.key.description }.map { slot, effects in
            TimedOperation<IdempotentCreateModel>(
                .list(slot),
                answering: .effects(effects),
                invoked: moment,
                completed: moment
            )
        }
        return calls.map { Self.operation($0, until: end) } + looks
    }

    private static func operation(_ call: KeyedCall, until end: UInt64) -> TimedOperation<IdempotentCreateModel> {
        let request = IdempotentCreateModel.Operation.create(call.slot, fingerprint: call.fingerprint)
        guard call.outcome != .lost else {
            return TimedOperation(unanswered: request, invoked: call.invoked, until: end)
        }
        return TimedOperation(
            request,
            answering: .told(call.outcome),
            invoked: call.invoked,
            completed: call.completed
        )
    }
}

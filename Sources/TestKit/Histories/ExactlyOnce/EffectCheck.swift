/// Checks what the upstream did under one key against what callers were told about their own requests.
struct EffectCheck {
    /// What happened under the key.
    let key: KeyEvents

    /// What is wrong.
    func violations() -> [ExactlyOnceViolation] {
        twice() + repeated() + key.executions.compactMap(stranger) + key.applied.compactMap(denied)
            + key.calls.compactMap(claimedInVain) + key.calls.compactMap(successOfNothing)
    }

    private func twice() -> [ExactlyOnceViolation] {
        let applied = key.applied
        guard applied.count > 1 else { return [] }
        let effects = applied.map(\.effect).joined(separator: ", ")
        let causes = applied.compactMap(key.cause)
        let message = "\(key.name) took effect \(applied.count) times, as \(effects)"
        return [ExactlyOnceViolation(.appliedOnce, message, calls: causes, executions: applied)]
    }

    /// A second execution that had no effect, or followed one that had none, by luck alone.
    private func repeated() -> [ExactlyOnceViolation] {
        guard key.applied.count < 2, let first = key.executions.first(where: mayHaveEffect),
            let again = key.executions.last, again != first
        else { return [] }
        let message =
            "\(key.name) was executed as \(again.effect), and \(first.effect) had, or might have had, an effect"
        let causes = [first, again].compactMap(key.cause)
        return [ExactlyOnceViolation(.doubtForbidsRepetition, message, calls: causes, executions: [first, again])]
    }

    private func mayHaveEffect(_ execution: UpstreamExecution) -> Bool {
        guard execution.applied == nil else { return true }
        switch key.cause(of: execution)?.outcome {
        case .failed(.unknown), .failed(.applied): return true
        default: return false
        }
    }

    private func stranger(_ execution: UpstreamExecution) -> ExactlyOnceViolation? {
        if let number = execution.call {
            guard let call = key.calls.first(where: { $0.number == number }) else {
                let message = "effect \(execution.effect) is of call \(number), which nobody made with \(key.name)"
                return ExactlyOnceViolation(.everyExecutionIsKnown, message, executions: [execution])
            }
            return call.invoked > execution.received ? early(execution, call) : untrue(execution, call)
        }
        guard let first = key.calls.first, first.invoked <= execution.received else {
            return early(execution, key.calls.first)
        }
        return nil
    }

    private func early(_ execution: UpstreamExecution, _ call: KeyedCall?) -> ExactlyOnceViolation {
        let whom = call.map { "call \($0.number) began" } ?? "anybody used \(key.name)"
        return ExactlyOnceViolation(
            .everyExecutionIsKnown,
            "effect \(execution.effect) was executed at \(execution.received), before \(whom)",
            calls: [call].compactMap(\.self),
            executions: [execution]
        )
    }

    private func untrue(_ execution: UpstreamExecution, _ call: KeyedCall) -> ExactlyOnceViolation? {
        guard let fingerprint = execution.fingerprint, fingerprint != call.fingerprint else { return nil }
        let message = "call \(call.number) asked for \(call.fingerprint), and the upstream executed \(fingerprint)"
        return ExactlyOnceViolation(.everyExecutionIsKnown, message, calls: [call], executions: [execution])
    }

    /// An effect of a call that was told it has none.
    private func denied(_ execution: UpstreamExecution) -> ExactlyOnceViolation? {
        guard let call = key.cause(of: execution) else { return nil }
        let (rule, said): (ExactlyOnceViolation.Rule, String)
        switch call.outcome {
        case .failed(.notApplied): (rule, said) = (.claimIsTrue, "told that its request was not applied")
        case .inFlight, .keyReused, .outcomeUnknown, .unavailable:
            (rule, said) = (.refusedIsNotApplied, "turned away (\(call.outcome))")
        case .reply, .failed, .lost: return nil
        }
        let message = "call \(call.number) was \(said), and took effect as \(execution.effect)"
        return ExactlyOnceViolation(rule, message, calls: [call], executions: [execution])
    }

    private func claimedInVain(_ call: KeyedCall) -> ExactlyOnceViolation? {
        guard case .failed(.applied) = call.outcome, !wasApplied(by: call.completed) else { return nil }
        let message = "call \(call.number) was told that its request was applied, and nothing was by \(call.completed)"
        return ExactlyOnceViolation(.claimIsTrue, message, calls: [call], executions: key.executions)
    }

    private func successOfNothing(_ call: KeyedCall) -> ExactlyOnceViolation? {
        guard call.isSuccess, !wasApplied(by: call.completed) else { return nil }
        let message = "call \(call.number) succeeded, and \(key.name) had no effect by \(call.completed)"
        return ExactlyOnceViolation(.successWasApplied, message, calls: [call], executions: key.executions)
    }

    private func wasApplied(by moment: UInt64) -> Bool {
        key.executions.contains { execution in execution.applied.map { $0 <= moment } ?? false }
    }
}

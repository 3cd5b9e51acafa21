/// Checks that callers who were turned away because of another call under their key were so with reason.
struct KeyRefusalCheck {
    /// What happened under the key.
    let key: KeyEvents
    /// How long the gateway surely waits for an answer, in nanoseconds.
    let patience: UInt64

    /// What is wrong.
    func violations() -> [ExactlyOnceViolation] {
        key.calls.compactMap { call in
            switch call.outcome {
            case .keyReused: reused(call)
            case .inFlight: inFlight(call)
            case .outcomeUnknown: inDoubt(call)
            case .reply, .failed, .unavailable, .lost: nil
            }
        }
    }

    private func reused(_ call: KeyedCall) -> ExactlyOnceViolation? {
        let isReal = key.calls.contains { other in
            other.fingerprint != call.fingerprint && other.mayHoldKey && other.invoked <= call.completed
        }
        guard !isReal else { return nil }
        let message =
            "call \(call.number) was told that \(key.name) is reused, and nobody who asked for anything but "
            + "\(call.fingerprint) held it by \(call.completed)"
        return ExactlyOnceViolation(.reuseIsReal, message, calls: [call])
    }

    /// The other call may have ended for its sender only, who left, while the upstream still works on it.
    private func inFlight(_ call: KeyedCall) -> ExactlyOnceViolation? {
        let isReal = key.calls.contains { other in
            guard other.number != call.number, other.mayHoldKey, other.invoked <= call.completed else { return false }
            return other.completed >= call.invoked || other.outcome == .lost
        }
        guard !isReal else { return nil }
        let message = "call \(call.number) was called a duplicate in flight, and no other call with \(key.name) was"
        return ExactlyOnceViolation(.flightIsReal, message, calls: [call])
    }

    private func inDoubt(_ call: KeyedCall) -> ExactlyOnceViolation? {
        let wasLost = key.executions.contains { execution in
            execution.received <= call.completed && execution.leavesDoubt(patience: patience)
                && key.cause(of: execution)?.outcome != .failed(.notApplied)
        }
        if let known = key.calls.first(where: { $0.isSuccess && $0.completed < call.invoked }) {
            let message =
                "call \(call.number) was told that the outcome is unknown, after call \(known.number) with \(key.name) "
                + "had been told of success"
            return ExactlyOnceViolation(.doubtIsReal, message, calls: [known, call])
        }
        guard !wasLost else { return nil }
        let message =
            "call \(call.number) was told that the outcome is unknown, and no answer under \(key.name) was lost by "
            + "\(call.completed)"
        return ExactlyOnceViolation(.doubtIsReal, message, calls: [call], executions: key.executions)
    }
}

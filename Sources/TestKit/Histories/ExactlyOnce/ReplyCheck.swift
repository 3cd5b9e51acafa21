/// Checks the answers that callers got under one key against each other and against the effects they speak of.
struct ReplyCheck {
    /// What happened under the key.
    let key: KeyEvents
    /// The executions of all keys, by effect.
    let effects: [String: UpstreamExecution]
    /// Statuses that leave the key free.
    let freeing: Set<Int>

    /// What is wrong.
    func violations() -> [ExactlyOnceViolation] {
        let final = finalAnswers()
        return different(final) + unmarked(final) + key.calls.compactMap(crossing) + otherRequests()
    }

    /// Answers that settle the key; a 5xx does only where it is replayed.
    private func finalAnswers() -> [KeyedCall] {
        let replaysErrors = key.calls.contains { $0.reply.map { $0.isReplay && $0.status >= 500 } ?? false }
        return key.calls.filter { call in
            guard let reply = call.reply else { return false }
            guard !reply.isReplay else { return true }
            return reply.status >= 500 ? replaysErrors : !freeing.contains(reply.status)
        }
    }

    private func different(_ final: [KeyedCall]) -> [ExactlyOnceViolation] {
        guard let first = final.first, let original = first.reply else { return [] }
        return final.dropFirst().compactMap { call in
            guard let reply = call.reply, !reply.isIdentical(to: original) else { return nil }
            let message =
                "calls \(first.number) and \(call.number) with \(key.name) got answers that differ in "
                + difference(original, reply)
            return ExactlyOnceViolation(.repliesAreIdentical, message, calls: [first, call])
        }
    }

    private func difference(_ one: KeyedCall.Reply, _ other: KeyedCall.Reply) -> String {
        guard one.status == other.status else { return "status (\(one.status) and \(other.status))" }
        let names = Set(one.fields.keys).union(other.fields.keys).sorted()
        if let name = names.first(where: { one.fields[$0] != other.fields[$0] }) { return "field \(name)" }
        let same = zip(one.body, other.body).prefix { $0 == $1 }.count
        return "body (\(one.body.count) and \(other.body.count) bytes, from byte \(same))"
    }

    private func unmarked(_ final: [KeyedCall]) -> [ExactlyOnceViolation] {
        let firstHand = final.filter { call in call.reply.map { !$0.isReplay } ?? false }
        guard firstHand.count > 1 else { return [] }
        let numbers = firstHand.map { "\($0.number)" }.joined(separator: ", ")
        let message = "calls \(numbers) with \(key.name) all got an answer that is not marked as a replay"
        return [ExactlyOnceViolation(.replaysAreMarked, message, calls: firstHand)]
    }

    private func crossing(_ call: KeyedCall) -> ExactlyOnceViolation? {
        guard let effect = call.reply?.effect else { return nil }
        guard let execution = effects[effect] else {
            guard call.isSuccess else { return nil }
            let message = "call \(call.number) was told of effect \(effect), which the upstream never had"
            return ExactlyOnceViolation(.successWasApplied, message, calls: [call])
        }
        guard execution.slot != call.slot else { return nil }
        let message =
            "call \(call.number) with \(call.slot) got the answer about \(effect), made with \(execution.slot)"
        return ExactlyOnceViolation(.repliesDoNotCross, message, calls: [call], executions: [execution])
    }

    /// Successes for a request other than the one that the key stands for.
    private func otherRequests() -> [ExactlyOnceViolation] {
        let successes = key.calls.filter(\.isSuccess)
        let executed = key.executions.first { $0.applied != nil && $0.fingerprint != nil }
        guard let first = successes.first, let holder = executed?.fingerprint ?? successes.first?.fingerprint else {
            return []
        }
        return successes.compactMap { call in
            guard call.fingerprint != holder else { return nil }
            let message = "call \(call.number) succeeded for \(call.fingerprint), and \(key.name) stands for \(holder)"
            let witness = call == first ? [call] : [first, call]
            return ExactlyOnceViolation(
                .oneRequestPerKey,
                message,
                calls: witness,
                executions: [executed].compactMap(\.self)
            )
        }
    }
}

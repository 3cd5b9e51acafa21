/// Creates under idempotency keys (conflict standards §7): one effect and one answer for each key of each caller.
///
/// It knows what callers were told, and, where the history ends with it, what the upstream has in the end.
package struct IdempotentCreateModel: SequentialModel {
    /// What is known about keys that were used.
    package struct State: Hashable, Sendable {
        /// The keys that stand for a request.
        package var entries: [KeyedCall.Slot: Entry] = [:]
        /// The requests that ever held a key, those without an effect too.
        package var tried: [KeyedCall.Slot: Set<String>] = [:]

        /// No key was used.
        package init() {}
    }

    /// What a key stands for.
    package struct Entry: Hashable, Sendable {
        /// The request.
        package var fingerprint: String
        /// What it did.
        package var effect: Effect
        /// The answer, as far as anybody was told; unmarked.
        package var reply: KeyedCall.Reply?
        /// Whether the answer was lost, so that there is none to replay.
        package var isInDoubt: Bool
    }

    /// What a request did.
    package enum Effect: Hashable, Sendable {
        /// Nothing.
        case none
        /// Something.
        case unnamed
        /// This.
        case named(String)
    }

    /// A request.
    package enum Operation: Sendable, Equatable {
        /// Creates something under a key.
        case create(KeyedCall.Slot, fingerprint: String)
        /// Lists what a key has created.
        case list(KeyedCall.Slot)
    }

    /// What came back.
    package enum Answer: Sendable, Equatable {
        /// A call's outcome.
        case told(KeyedCall.Outcome)
        /// The effects under a key.
        case effects([String])
    }

    /// Nothing was created.
    package let initial = State()
    private let freeing: Set<Int>

    /// A service without anything; `freeing` are the statuses that prove that nothing took effect.
    package init(freeing: Set<Int> = ExactlyOnceChecker.Settings().freeing) {
        self.freeing = freeing
    }

    package func states(
        after operation: Operation,
        answering answer: Answer?,
        in state: State,
        within window: ClosedRange<UInt64>
    ) -> [State] {
        switch (operation, answer) {
        case (.list(let slot), .effects(let effects)): return list(effects, of: slot, in: state)
        case (.list, nil): return [state]
        case (.create(let slot, let fingerprint), nil):
            return CreateStep(state, slot, fingerprint).unanswered
        case (.create(let slot, let fingerprint), .told(let outcome)):
            return told(outcome, CreateStep(state, slot, fingerprint))
        case (.list, .told), (.create, .effects): return []
        }
    }

    package func onlyTells(_ operation: Operation, answering answer: Answer) -> Bool {
        switch answer {
        case .told(.inFlight), .told(.keyReused), .told(.outcomeUnknown): true
        case .told, .effects: false
        }
    }

    private func told(_ outcome: KeyedCall.Outcome, _ step: CreateStep) -> [State] {
        switch outcome {
        case .reply(let reply):
            if freeing.contains(reply.status), !reply.isReplay { return [step.noted] }
            return step.answered(reply)
        case .failed(.applied): return step.fresh(.unnamed, nil, isInDoubt: true)
        case .failed(.notApplied): return step.fresh == nil ? [] : [step.noted]
        case .failed(.unknown):
            return step.fresh(.unnamed, nil, isInDoubt: true) + step.fresh(.none, nil, isInDoubt: true)
        case .inFlight: return [step.state]
        case .unavailable: return [step.noted]
        case .keyReused: return step.isReused ? [step.state] : []
        case .outcomeUnknown: return step.entry?.isInDoubt == true ? [step.state] : []
        case .lost: return step.unanswered
        }
    }

    private func list(_ effects: [String], of slot: KeyedCall.Slot, in state: State) -> [State] {
        guard let entry = state.entries[slot], entry.effect != .none else { return effects.isEmpty ? [state] : [] }
        guard effects.count == 1, let effect = effects.first else { return [] }
        if case .named(let name) = entry.effect { return name == effect ? [state] : [] }
        guard !state.hasEffect(effect) else { return [] }
        var bound = state
        bound.entries[slot]?.effect = .named(effect)
        return [bound]
    }
}

extension IdempotentCreateModel.State {
    /// Whether a key has this effect already.
    func hasEffect(_ effect: String) -> Bool {
        entries.values.contains { $0.effect == .named(effect) }
    }
}

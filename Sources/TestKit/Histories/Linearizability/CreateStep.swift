/// One create under a key, in one state: what it may lead to.
struct CreateStep {
    /// The state before.
    let state: IdempotentCreateModel.State
    private let slot: KeyedCall.Slot
    private let fingerprint: String

    /// A create of `fingerprint` under `slot`.
    init(_ state: IdempotentCreateModel.State, _ slot: KeyedCall.Slot, _ fingerprint: String) {
        (self.state, self.slot, self.fingerprint) = (state, slot, fingerprint)
    }

    /// What the key stands for already.
    var entry: IdempotentCreateModel.Entry? { state.entries[slot] }

    /// The state with the request noted as one that may have held the key.
    var noted: IdempotentCreateModel.State {
        var next = state
        next.tried[slot, default: []].insert(fingerprint)
        return next
    }

    /// The same, if the key is free.
    var fresh: IdempotentCreateModel.State? { entry == nil ? noted : nil }

    /// What may have happened where nobody knows.
    var unanswered: [IdempotentCreateModel.State] {
        fresh(.unnamed, nil, isInDoubt: false) + fresh(.unnamed, nil, isInDoubt: true)
            + fresh(.none, nil, isInDoubt: false) + fresh(.none, nil, isInDoubt: true) + [noted]
    }

    /// Whether another request holds the key, or did.
    var isReused: Bool { state.tried[slot].map { !$0.isSubset(of: [fingerprint]) } ?? false }

    /// The key was free, and now stands for this request.
    func fresh(
        _ effect: IdempotentCreateModel.Effect,
        _ reply: KeyedCall.Reply?,
        isInDoubt: Bool
    ) -> [IdempotentCreateModel.State] {
        guard var next = fresh else { return [] }
        next.entries[slot] = IdempotentCreateModel.Entry(
            fingerprint: fingerprint,
            effect: effect,
            reply: reply,
            isInDoubt: isInDoubt
        )
        return [next]
    }

    /// The upstream's answer, first-hand where the key was free and replayed where it was not.
    func answered(_ reply: KeyedCall.Reply) -> [IdempotentCreateModel.State] {
        guard let entry else { return reply.isReplay ? [] : firstHand(reply) }
        guard reply.isReplay, !entry.isInDoubt, entry.fingerprint == fingerprint else { return [] }
        return replayed(reply, entry)
    }

    private func firstHand(_ reply: KeyedCall.Reply) -> [IdempotentCreateModel.State] {
        guard reply.isSuccess else {
            return [false, true].flatMap { isInDoubt in
                [.none, .unnamed].flatMap { fresh($0, isInDoubt ? nil : reply, isInDoubt: isInDoubt) }
            }
        }
        guard let effect = reply.effect else { return fresh(.unnamed, reply, isInDoubt: false) }
        return state.hasEffect(effect) ? [] : fresh(.named(effect), reply, isInDoubt: false)
    }

    private func replayed(
        _ reply: KeyedCall.Reply,
        _ entry: IdempotentCreateModel.Entry
    ) -> [IdempotentCreateModel.State] {
        if let known = entry.reply { return known.isIdentical(to: reply) ? [state] : [] }
        guard !reply.isSuccess || entry.effect != .none else { return [] }
        var bound = entry
        bound.reply = reply
        bound.reply?.isReplay = false
        if let effect = reply.effect, entry.effect != .named(effect) {
            guard entry.effect == .unnamed, !state.hasEffect(effect) else { return [] }
            bound.effect = .named(effect)
        }
        var next = state
        next.entries[slot] = bound
        return [next]
    }
}

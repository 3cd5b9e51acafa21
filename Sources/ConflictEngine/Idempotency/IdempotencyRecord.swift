/// What a ledger keeps of one key, and how that changes: the whole state machine (standards §7.2.3).
///
/// ```
/// absent → running → completed → spent
///              ├───→ uncertain ──→ completed, by the one who began it
///              └───→ absent, if it was not applied
/// ```
package struct IdempotencyRecord: Sendable, Equatable {
    /// Where a key stands.
    package enum State: Sendable, Equatable {
        /// Being carried out; the claim stands until then (ms since 1970).
        case running(leaseEnd: Int64)
        /// Carried out; the answer is kept until then, the key until later (ms since 1970).
        case completed(KeptAnswer, at: Int64, keptUntil: Int64, rememberedUntil: Int64)
        /// Begun, and nobody knows whether it took effect.
        case uncertain
    }

    /// What the request asked for.
    package var fingerprint: [UInt8]
    /// Number of the claim that began it; each claim of a ledger has a larger one than all before.
    package var fence: Int64
    /// When it was begun (ms since 1970).
    package var begunAt: Int64
    /// Where it stands.
    package var state: State

    /// A record as a ledger kept it.
    package init(fingerprint: [UInt8], fence: Int64, begunAt: Int64, state: State) {
        self.fingerprint = fingerprint
        self.fence = fence
        self.begunAt = begunAt
        self.state = state
    }

    /// Rules on a claim for a key of which `record` is kept, and changes the record accordingly.
    ///
    /// `fence` is called for a fresh number if the claim is granted.
    package static func rule(
        on claim: IdempotencyClaim,
        _ record: inout Self?,
        fence: () -> Int64
    ) -> IdempotencyRuling {
        guard var known = record, !known.isForgotten(at: claim.madeAt) else {
            let number = fence()
            record = Self(
                fingerprint: claim.fingerprint.digest,
                fence: number,
                begunAt: claim.madeAt,
                state: .running(leaseEnd: claim.leaseEnd)
            )
            return .begun(fence: number)
        }
        // A claim whose holder went silent may have been carried out: it is never given to anybody else.
        if case .running(let leaseEnd) = known.state, leaseEnd < claim.madeAt {
            known.state = .uncertain
            record = known
        }
        guard known.fingerprint == claim.fingerprint.digest else { return .keyReused }
        switch known.state {
        case .running(let leaseEnd): return .running(leaseEnd: leaseEnd)
        case .uncertain: return .uncertain(begunAt: known.begunAt)
        case .completed(let answer, let time, let keptUntil, _):
            return claim.madeAt < keptUntil ? .completed(answer) : .spent(completedAt: time)
        }
    }

    /// Whether even the tombstone may go; what runs or is uncertain never does by itself.
    package func isForgotten(at time: Int64) -> Bool {
        guard case .completed(_, _, _, let rememberedUntil) = state else { return false }
        return rememberedUntil <= time
    }

    /// Settles what the claim `fence` began; false if that claim is not the one that is kept.
    ///
    /// The one who began it knows best: its word ends even an uncertainty that others met meanwhile.
    package static func settle(_ record: inout Self?, fence: Int64, as settlement: IdempotencySettlement) -> Bool {
        guard var known = record, known.fence == fence else { return false }
        if case .completed = known.state { return false }
        switch settlement {
        case .completed(let answer, let time, let keptUntil, let rememberedUntil):
            known.state = .completed(answer, at: time, keptUntil: keptUntil, rememberedUntil: rememberedUntil)
            record = known
        case .notApplied: record = nil
        case .uncertain:
            known.state = .uncertain
            record = known
        }
        return true
    }

    /// Lets the claim `fence` stand until `leaseEnd`; false if it is not the one that runs.
    ///
    /// A claim that ran out is taken up again by its own holder only: nobody else can have been given it.
    package static func renew(_ record: inout Self?, fence: Int64, until leaseEnd: Int64) -> Bool {
        guard var known = record, known.fence == fence else { return false }
        if case .completed = known.state { return false }
        known.state = .running(leaseEnd: leaseEnd)
        record = known
        return true
    }
}

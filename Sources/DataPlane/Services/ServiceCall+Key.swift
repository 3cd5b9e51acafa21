import Catalog
import ConflictEngine
import StoragePorts

extension ServiceCall {
    /// Looks whether the call is a retry of another, if its route says how retries are known (standards §7).
    ///
    /// `hear` is called once, at the latest when a duplicate has waited for `wait` nanoseconds, or for as long as the
    /// policy says where it says so; never, if the client goes first.
    package func claimKey(_ body: [UInt8], joinsFor wait: UInt64, _ hear: @escaping (ServiceKeyRuling) -> Void) {
        guard let plan = exchange.plan?.conflict?.idempotency else { return hear(.go) }
        if let reply = exchange.claimKey(plan) { return hear(.refused(exchange.refusal(reply))) }
        guard let claim = exchange.claim else { return hear(.go) }
        claim.begin(body, joinsFor: plan.join == 0 ? wait : plan.join) { [self] ruling in
            guard !isOver else { return }
            hear(verdict(ruling, plan))
        }
    }

    private func verdict(_ ruling: KeyRuling, _ plan: IdempotencyPlan) -> ServiceKeyRuling {
        switch ruling {
        case .go: return .go
        case .replay(let answer) where answer.body != nil:
            kept = (answer, plan)
            return .replay(status: answer.status)
        case .running:
            note(.duplicateInFlight, status: 503)
            return .running
        case .reused:
            note(.keyReused, status: 422)
            return .reused
        case .uncertain(let time):
            note(.outcomeUnknown, status: 422)
            return .uncertain(begunAt: time)
        case .spent(let time):
            note(.outcomeUnknown, status: 422)
            return .spent(completedAt: time)
        case .replay:
            note(.outcomeUnknown, status: 422)
            return .spent(completedAt: 0)
        case .unavailable: return .unavailable
        }
    }

    private func note(_ kind: ConflictKind, status: Int) {
        exchange.record(exchange.journalEntry(kind, status: status, origin: .gateway, outcome: .refused))
    }

    /// Answers a retry as the first call was answered.
    package func replay() {
        guard !isOver, let (answer, plan) = kept else { return }
        end()
        exchange.replay(answer, plan)
    }

    /// Whether the answer of this call is kept for retries of it.
    package var keepsAnswer: Bool { exchange.claim?.isOpen ?? false }
    /// The longest answer that is kept, in bytes; 0 where none is.
    package var longestKept: Int { keepsAnswer ? exchange.claim?.plan.policy.bodyLimit ?? 0 : 0 }

    /// Keeps an answer that went out in pieces for retries; a body that was too long is `nil`.
    ///
    /// `done` is called once it is on durable storage: the end of the answer should wait for that.
    package func keep(_ status: Int, lines: [UInt8], body: [UInt8]?, _ done: @escaping () -> Void) {
        guard !isOver, let claim = exchange.claim, claim.isOpen else { return done() }
        let kept = exchange.kept(LocalReply(status: status, lines: lines, body: body ?? []), limit: .max)
        claim.settle(with: KeptAnswer(status: kept.status, lines: kept.lines, body: body), done)
    }
}

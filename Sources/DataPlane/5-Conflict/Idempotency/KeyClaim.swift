import Catalog
import ConflictEngine
import HTTPWire
import NIOCore
import StoragePorts

/// One request's claim to its idempotency key: from the ledger's word to its settlement (standards §7.2).
///
/// Lives on the exchange's loop; the ledger's answers hop back to it.
final class KeyClaim: DeadlineOwner {
    /// Where the claim stands.
    private enum Phase {
        /// The ledger was not asked yet.
        case new
        /// The ledger is being asked.
        case asking
        /// Another request under the key is being carried out; its end is waited for.
        case joining
        /// The key is ours until this claim is settled.
        case open(fence: Int64)
        /// Nothing more is to be done.
        case closed
    }

    var deadlineIndex = -1
    /// The policy.
    let plan: IdempotencyPlan
    /// What is known of the request's execution.
    var evidence = ExecutionEvidence.notSent

    private let exchange: Exchange
    private let loop: LoopContext
    private let scope: IdempotencyScope
    private var fingerprint: IdempotencyFingerprint?
    private var phase = Phase.new
    private var hear: ((KeyRuling) -> Void)?
    private var joinEnd: UInt64 = 0

    /// How long a claim stands without being renewed (ms), and how often it is renewed (ns).
    private static let lease: Int64 = 30_000
    private static let renewal: UInt64 = 10_000_000_000
    /// How often the ledger is asked about a request that another process carries out (ns).
    private static let poll: UInt64 = 100_000_000

    /// The claim of an exchange under a scope.
    init(_ exchange: Exchange, _ plan: IdempotencyPlan, scope: IdempotencyScope) {
        self.exchange = exchange
        self.plan = plan
        self.scope = scope
        loop = exchange.loop
    }

    /// Whether the key is ours and not settled.
    var isOpen: Bool { if case .open = phase { true } else { false } }

    // MARK: Asking

    /// Asks the ledger; `go` is called if the request is to be carried out, else it is answered here.
    func begin(_ body: [UInt8], _ go: @escaping () -> Void) {
        begin(body, joinsFor: plan.join) { [exchange, plan] ruling in
            if case .go = ruling { go() } else { exchange.obey(ruling, plan) }
        }
    }

    /// Asks the ledger; `hear` is called once, at the latest when a duplicate has waited for `wait` nanoseconds.
    func begin(_ body: [UInt8], joinsFor wait: UInt64, _ hear: @escaping (KeyRuling) -> Void) {
        self.hear = hear
        fingerprint = exchange.fingerprint(body, plan)
        joinEnd = WallClock.monotonic() &+ wait
        ask()
    }

    private func ask() {
        guard let ledger = loop.shared.ledger, let fingerprint else { return close(.unavailable) }
        phase = .asking
        let now = WallClock.milliseconds()
        let claim = IdempotencyClaim(scope: scope, fingerprint: fingerprint, madeAt: now, leaseEnd: now &+ Self.lease)
        let box = NIOLoopBound(self, eventLoop: loop.loop)
        ledger.begin(claim) { result in
            box.eventLoop.execute { box.value.ruled(result) }
        }
    }

    private func ruled(_ result: Result<IdempotencyRuling, StoreError>) {
        guard case .asking = phase else {
            // The client went away meanwhile: nothing was sent, so the key is free again.
            if case .success(.begun(let fence)) = result { settle(fence, as: .notApplied) }
            return
        }
        switch result {
        case .failure: close(.unavailable)
        case .success(.begun(let fence)): open(fence)
        case .success(.running): join()
        case .success(.completed(let answer)): close(.replay(answer))
        case .success(.spent(let time)): close(.spent(completedAt: time))
        case .success(.uncertain(let time)): close(.uncertain(begunAt: time))
        case .success(.keyReused): close(.reused)
        }
    }

    private func open(_ fence: Int64) {
        phase = .open(fence: fence)
        loop.shared.runningKeys.begin(scope)
        loop.watch(self)
        loop.deadlines.set(self, WallClock.monotonic() &+ Self.renewal)
        tell(.go)
    }

    private func tell(_ ruling: KeyRuling) {
        let hear = hear
        self.hear = nil
        hear?(ruling)
    }

    /// Waits for the request that is being carried out, if the policy lets it.
    private func join() {
        let now = WallClock.monotonic()
        guard now < joinEnd else { return close(.running) }
        phase = .joining
        let box = NIOLoopBound(self, eventLoop: loop.loop)
        let isHere = loop.shared.runningKeys.wait(for: scope, ObjectIdentifier(self)) {
            box.eventLoop.execute { box.value.askAgain() }
        }
        loop.watch(self)
        loop.deadlines.set(self, isHere ? joinEnd : min(joinEnd, now &+ Self.poll))
    }

    private func askAgain() {
        guard case .joining = phase else { return }
        leaveLine()
        ask()
    }

    private func leaveLine() {
        loop.shared.runningKeys.leave(scope, ObjectIdentifier(self))
        loop.deadlines.remove(self)
    }

    func deadlinePassed(now: UInt64) {
        switch phase {
        case .joining: askAgain()
        case .open(let fence):
            loop.shared.ledger?.renew(scope, fence: fence, until: WallClock.milliseconds() &+ Self.lease) { _ in }
            loop.deadlines.set(self, now &+ Self.renewal)
        default: break
        }
    }

    // MARK: Settling

    /// The head of the upstream's answer is there.
    func sawAnswer(_ head: borrowing MessageHead) {
        evidence = .answered(status: head.status, saysRetryAfter: head.present.has(.retryAfter))
    }

    /// Settles the key by what is known, then lets the answer go: one that will be replayed only once it is kept.
    func settle(with reply: LocalReply) {
        guard case .open(let fence) = phase else { return }
        var reply = reply
        switch evidence.fate {
        case .notApplied: settle(fence, as: .notApplied)
        case .uncertain:
            settle(fence, as: .uncertain)
            exchange.noteUncertainty(&reply)
        case .completed:
            phase = .closed
            loop.deadlines.remove(self)
            let box = NIOLoopBound((self, reply), eventLoop: loop.loop)
            let kept = exchange.kept(reply, limit: plan.policy.bodyLimit)
            loop.shared.ledger?.settle(scope, fence: fence, as: completion(kept)) { result in
                box.eventLoop.execute { box.value.0.isKept(result, reply: box.value.1) }
            }
            return
        }
        exchange.answer(reply)
    }

    private func isKept(_ result: Result<Bool, StoreError>, reply: LocalReply) {
        noteKept(result)
        exchange.answer(reply)
    }

    private func noteKept(_ result: Result<Bool, StoreError>) {
        loop.shared.runningKeys.end(scope)
        if case .failure(let fault) = result {
            // The answer is true all the same; retries will be told that the outcome is unknown.
            loop.shared.log(LogLine(.error, "an answer could not be kept for retries", [("reason", fault.summary)]))
        }
    }

    private func completion(_ answer: KeptAnswer) -> IdempotencySettlement {
        let now = WallClock.milliseconds()
        // A key outlives its answer, so that a late retry is not taken for a new request.
        let memory = max(plan.retain &* 8, 7 * 86_400_000)
        return .completed(answer, at: now, keptUntil: now &+ plan.retain, rememberedUntil: now &+ memory)
    }

    /// Keeps an answer of which the client has all but the end; `done` is called once it is on durable storage.
    func settle(with kept: KeptAnswer, _ done: @escaping () -> Void) {
        guard case .open(let fence) = phase else { return done() }
        phase = .closed
        loop.deadlines.remove(self)
        let box = NIOLoopBound((self, done), eventLoop: loop.loop)
        loop.shared.ledger?.settle(scope, fence: fence, as: completion(kept)) { result in
            box.eventLoop.execute {
                box.value.0.noteKept(result)
                box.value.1()
            }
        }
    }

    /// Settles the key of an answer that is passed on without being kept: it is too long, or has no end.
    func settleUnkept() {
        guard case .open(let fence) = phase else { return }
        guard evidence.fate == .completed, case .answered(let status, _) = evidence else {
            return settle(fence, as: evidence.fate == .notApplied ? .notApplied : .uncertain)
        }
        settle(fence, as: completion(KeptAnswer(status: status, lines: [], body: nil)))
    }

    /// Nobody will answer: the key is settled by what is known.
    func abandon() {
        switch phase {
        case .open(let fence): settle(fence, as: evidence == .notSent ? .notApplied : .uncertain)
        case .joining: leaveLine()
        default: break
        }
        phase = .closed
        hear = nil
    }

    private func settle(_ fence: Int64, as settlement: IdempotencySettlement) {
        phase = .closed
        loop.deadlines.remove(self)
        let log = loop.shared.log
        loop.shared.ledger?.settle(scope, fence: fence, as: settlement) { result in
            guard case .failure(let fault) = result else { return }
            log(LogLine(.error, "an idempotency key could not be settled", [("reason", fault.summary)]))
        }
        loop.shared.runningKeys.end(scope)
    }

    private func close(_ ruling: KeyRuling) {
        phase = .closed
        loop.deadlines.remove(self)
        tell(ruling)
    }
}

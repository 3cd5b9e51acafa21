import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import NIOCore

/// A write at level `serialise`: waits for its turn, reads the current version as the caller, compares, writes, reads back.
///
/// The steps follow one another in this file and its extensions; contract §4 is their specification.
final class SerialisedWrite: VersioningWork {
    /// What the resource is known to be.
    enum Known {
        case nothing
        case version(Sighting, Representation)
        case unknown
    }

    /// Where the write stands.
    enum Step { case body, turn, reading, writing, settling, done }

    /// The exchange this write belongs to, kept alive although its client may go.
    let exchange: Exchange
    /// The client's connection, kept alive for its head.
    let connection: ClientConnection
    /// What the caller made the write depend on.
    let conditions: Preconditions
    /// The policy.
    let conflict: ConflictPlan
    /// What is being written to.
    let identity: ResourceIdentity
    /// Where the write stands.
    var step = Step.body
    /// The request's body, whole once the turn is asked for.
    var body: [UInt8] { gathered.bytes }
    private let gathered: GatheredBody
    /// The turns taken or waited for.
    var turns: TurnTaking?
    /// The read under way.
    var read: CallerRead?
    /// What is read to learn the version.
    var subject: CallerRead.Subject?
    /// The target that answered the read, and that the write and the reads after it go to.
    var target: TargetPlan?
    /// What the resource was before the write.
    var before = Known.unknown
    /// How long the turn was waited for (ns).
    var waited: UInt64 = 0
    /// Whether nobody waits for the answer any more.
    var isClientGone = false
    /// Whether the write was announced to those who watch for writes from elsewhere.
    var hasBegunWrite = false
    /// The upstream's answer to the write, gathered.
    var answer: GatheredAnswer?
    /// What the write was merged from, if it was.
    var merge: Merge?
    /// Times that a merge was tried.
    var mergeAttempts = 0

    var takesBody: Bool { step == .body }
    var requestLines: [UInt8] = []
    var survivesClient: Bool { step == .writing || step == .settling }
    var pinnedTarget: TargetPlan? { target }
    var bodyToSend: [UInt8]? { step == .writing ? merge?.body ?? body : nil }
    var hasOwnBody: Bool { merge != nil }

    /// Prepares the write of an exchange; nothing is sent yet.
    init(_ exchange: Exchange, conditions: Preconditions, conflict: ConflictPlan) {
        self.exchange = exchange
        connection = exchange.connection
        self.conditions = conditions
        self.conflict = conflict
        identity = exchange.identity
        gathered = GatheredBody(limit: conflict.policy.bodyLimit, from: exchange.loop.shared.history)
    }

    // MARK: The request's body, whole before anything else: a slow client holds no turn

    /// Begins.
    func begin() {
        if !exchange.awaitsBody() { bodyEnded() }
    }

    func bodyPiece(_ piece: ByteBuffer) {
        guard let refusal = gathered.take(piece) else { return }
        exchange.keepsAlive = false
        refuse(refusal)
    }

    func bodyEnded() {
        step = .turn
        guard let claim = exchange.claim else { return takeTurn() }
        claim.begin(body) { [unowned self] in takeTurn() }
    }

    // MARK: The turn

    private func takeTurn() {
        let turns = TurnTaking(
            [identity] + exchange.destinationIdentities(),
            limit: conflict.policy.queue,
            wait: conflict.wait,
            slot: exchange.plan?.slot ?? -1,
            on: exchange.loop
        )
        self.turns = turns
        turns.start { [unowned self] in decided($0) }
    }

    private func decided(_ outcome: TurnTaking.Outcome) {
        switch outcome {
        case .granted(let waited):
            self.waited = waited
            let slot = exchange.plan?.slot ?? -1
            exchange.loop.meters.update(slot) { $0.waits.record(waited) }
            guard drawFence() else { return }
            readCurrent()
        case .full(let length):
            contended("\(length) writers already wait for \(identity); that is the limit.", waited: 0)
        case .expired(let waited):
            contended("Other writers kept \(identity) busy for \(waited / 1_000_000) ms.", waited: waited)
        }
    }

    /// Numbers the turn where the upstream checks that; false if it cannot be numbered.
    private func drawFence() -> Bool {
        guard conflict.policy.level == .fenced else { return true }
        exchange.fence = exchange.loop.shared.locks?.drawFence()
        if exchange.fence != nil { return true }
        refuse(.unavailable(.overloaded, "There is no fencing number for this write, so nothing was done."))
        return false
    }

    private func contended(_ detail: String, waited: UInt64) {
        var report = ConflictReport(.contended)
        report.detail = detail + " Nothing was changed; send the same request again after a moment."
        report.retryAfter = 1000
        report.waited = Int(waited / 1_000_000)
        report.yourVersion = namedVersion
        refuse(exchange.conflictReply(report))
    }

    // MARK: The current version

    private func readCurrent() {
        let now = WallClock.monotonic()
        if case .settling(let remaining)? = exchange.loop.shared.quarantines.state(of: identity, now: now) {
            return refuseQuarantined(remaining)
        }
        if lacksResource, exchange.readSubject(ofTarget: exchange.path) == nil {
            return refuseWithoutResource(because: "no GET route leads to it")
        }
        guard let subject = exchange.readSubject(for: conditions), let plan = exchange.plan else {
            return refuse(exchange.conflictReply(unversioned("No GET route leads to \(identity).", status: 409)))
        }
        step = .reading
        self.subject = subject
        target = exchange.chooseTarget(of: plan.upstream)
        startRead { [unowned self] in judge($0, began: $1) }
    }

    /// Reads the resource as the caller; `done` gets what came of it and when it was sent.
    func startRead(mayMove: Bool = true, _ done: @escaping (CallerRead.Outcome, UInt64) -> Void) {
        guard let subject, let target else { return }
        let limit = conflict.policy.bodyLimit
        let read = CallerRead(exchange, subject, on: target, mayMove: mayMove, limit: limit) { [unowned self] outcome in
            let began = self.read?.began ?? WallClock.monotonic()
            if let read = self.read { self.target = read.target }
            self.read = nil
            done(outcome, began)
        }
        self.read = read
        read.start()
    }

    private func refuseQuarantined(_ remaining: UInt64) {
        var report = ConflictReport(.outcomeUnknown)
        report.detail =
            "The outcome of an earlier write to \(identity) is not known yet; read it before you write again."
        report.retryAfter = Int64(remaining / 1_000_000) + 1
        report.yourVersion = namedVersion
        refuse(exchange.conflictReply(report))
    }

    /// A report that no version could be told.
    func unversioned(_ detail: String, status: Int) -> ConflictReport {
        var report = ConflictReport(.unversioned, status: status)
        report.detail = detail
        report.yourVersion = namedVersion
        if status == 503 { report.retryAfter = 1000 }
        return report
    }

    // MARK: Ends

    /// Answers without having written.
    func refuse(_ reply: LocalReply) {
        guard step != .done else { return }
        letGo()
        exchange.versioning = nil
        exchange.answer(reply)
    }

    /// Gives back turns and memory; the write is over.
    func letGo() {
        step = .done
        endWrite(as: .unknown)  // does nothing where it is known how the write ended
        read?.cancel()
        read = nil
        turns?.release()
        turns = nil
        gathered.release()
    }

    /// The version the caller named, as it wrote it.
    var namedVersion: String? { connection.head.namedVersion }

    func clientGone() { isClientGone = true }

    func cancel() { letGo() }
}

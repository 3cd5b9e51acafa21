import HTTPWire
import NIOCore

/// One GET of a resource as the caller, made by the gateway; its answer is gathered whole.
///
/// Keeps itself alive until it has answered, once.
final class CallerRead: AnswerReceiver {
    /// What came of it.
    enum Outcome {
        /// An answer, whatever its status.
        case answer(Representation, relay: RelayedAnswer)
        /// None.
        case failed(UpstreamFault)
    }

    /// What to read.
    struct Subject {
        /// The route it goes through.
        let plan: RoutePlan
        /// The path and query sent upstream, without the target's prefix.
        let path: [UInt8]
        /// The query that chooses the representation.
        let query: [UInt8]
        /// Accept, if the caller's own is not right.
        let accept: [UInt8]?
    }

    private let exchange: Exchange
    private let connection: ClientConnection
    private let subject: Subject
    private let mayMove: Bool
    private let limit: Int
    private var done: ((Outcome) -> Void)?
    private var body = ByteBuffer()
    private var upstream: UpstreamConnection?
    private var representation: Representation?
    private var hasRetried = false
    private var extraTries = 0
    private var me: CallerRead?

    /// Where it goes, or went.
    private(set) var target: TargetPlan

    /// When it was sent (ns).
    private(set) var began: UInt64 = 0

    /// A read of `subject` on `target` that gathers at most `limit` bytes of body; `done` is called once.
    ///
    /// If it `mayMove`, another target is asked where that one cannot be reached.
    init(
        _ exchange: Exchange,
        _ subject: Subject,
        on target: TargetPlan,
        mayMove: Bool = true,
        limit: Int,
        done: @escaping (Outcome) -> Void
    ) {
        self.exchange = exchange
        connection = exchange.connection
        self.subject = subject
        self.target = target
        self.mayMove = mayMove
        self.limit = limit
        self.done = done
    }

    /// Sends it.
    func start() {
        me = self
        began = WallClock.monotonic()
        let loop = exchange.loop
        if !hasRetried, let pooled = loop.pools.take(target) { return send(on: pooled) }
        loop.pools.connect(to: target, on: loop) { [self] result in
            switch result {
            case .success(let fresh):
                guard done != nil else { return fresh.close() }
                send(on: fresh)
            case .failure(let fault): answerFailed(fault)
            }
        }
    }

    private func send(on upstream: UpstreamConnection) {
        self.upstream = upstream
        upstream.begin(for: self, isHead: false)
        upstream.withOutbox { exchange.writeReadHead(subject, target: target, to: &$0) }
        upstream.requestIsComplete()
    }

    /// Stops waiting; nobody is told.
    func cancel() {
        done = nil
        upstream?.abandon()
        upstream = nil
        me = nil
    }

    func answerBegan(on connection: UpstreamConnection) {
        representation = Representation(head: connection.head, dialect: subject.plan.conflict?.dialect)
        if representation?.isEndless == true { finish(connection, isWhole: false) }
    }

    func interimAnswer(on connection: UpstreamConnection) {}

    func answerPiece(_ piece: ByteBuffer, on connection: UpstreamConnection) {
        guard done != nil else { return }
        body.writeImmutableBuffer(piece)
        if body.readableBytes > limit { finish(connection, isWhole: false) }
    }

    func answerEnded(on connection: UpstreamConnection) { finish(connection, isWhole: true) }

    private func finish(_ connection: UpstreamConnection, isWhole: Bool) {
        guard let done, var representation else { return }
        self.done = nil
        upstream = nil
        representation.body = Array(buffer: body)
        representation.isWhole = isWhole
        let names = exchange.answerNames(of: connection.head)
        let relay = RelayedAnswer(connection.head, without: names, body: representation.body, isWhole: isWhole)
        if !isWhole { connection.abandon() }
        let keep = me
        me = nil
        done(.answer(representation, relay: relay))
        withExtendedLifetime(keep) {}
    }

    func answerFailed(_ fault: UpstreamFault) {
        upstream = nil
        if fault.isOfReusedConnection, !hasRetried, done != nil {
            hasRetried = true
            return start()
        }
        if fault.countsAgainstTarget { exchange.loop.note(fault.explanation, against: target) }
        guard let done else { return }
        if triesAnother(after: fault) { return start() }
        self.done = nil
        let keep = me
        me = nil
        done(.failed(fault))
        withExtendedLifetime(keep) {}
    }

    /// Whether another target is to be asked: not a byte of the read was sent (contract §2, `retries`).
    private func triesAnother(after fault: UpstreamFault) -> Bool {
        let others = subject.plan.upstream
        guard mayMove, fault.leftNoConnection, others.targets.count > 1, extraTries < others.retryAttempts,
            exchange.takesRetry(of: others)
        else { return false }
        extraTries += 1
        hasRetried = false
        target = exchange.chooseTarget(of: others, avoiding: target)
        return true
    }

    func requestMayContinue() {}
    func answerReadComplete() {}
}

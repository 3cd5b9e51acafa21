import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import NIOCore

/// A request to an endpoint of the gateway that is about a resource of a route: its body is taken whole, then it acts.
class Errand: VersioningWork {
    /// The exchange.
    let exchange: Exchange
    /// The client's connection, kept alive for its head.
    let connection: ClientConnection
    /// The request's body.
    final var body: [UInt8] { gathered.bytes }
    /// The read under way.
    private var read: CallerRead?
    private let gathered: GatheredBody
    private var turns: TurnTaking?
    private var isReadingBody = true

    /// Largest body.
    private static let limit = 1 << 20

    var takesBody: Bool { isReadingBody }
    let bodyToSend: [UInt8]? = nil
    let requestLines: [UInt8] = []
    let pinnedTarget: TargetPlan? = nil
    let survivesClient = false

    /// An errand of an exchange.
    init(_ exchange: Exchange) {
        self.exchange = exchange
        connection = exchange.connection
        gathered = GatheredBody(limit: Self.limit, from: exchange.loop.shared.history)
    }

    /// Whether the request's body is for this errand; otherwise it is left for whoever goes on with the request.
    var takesBodyFirst: Bool { true }

    /// Begins.
    final func begin() {
        if !takesBodyFirst || !exchange.awaitsBody() { bodyEnded() }
    }

    /// Acts, now that the body is there.
    func run() {}

    /// Answers and ends.
    final func end(_ reply: LocalReply) {
        let exchange = exchange
        cancel()
        exchange.versioning = nil
        exchange.answer(reply)
    }

    /// Finds the route that takes `resource`, a path with or without query, by the first of `methods` that it takes, and
    /// whether the caller may use it; a refusal if not.
    final func actOn(_ resource: [UInt8], by methods: [String]) -> LocalReply? {
        let mark = resource.firstIndex(of: UInt8(ascii: "?")) ?? resource.endIndex
        guard let path = try? TargetPath.normalise(Array(resource[..<mark])) else {
            return .problem(.badRequest, "«resource» is not the path of a resource.")
        }
        let query = mark < resource.endIndex ? Array(resource[(mark + 1)...]) : []
        // It goes on a request line, and comes decoded.
        guard PercentEncoding.isQuery(query) else {
            return .problem(.badRequest, "The query of «resource» holds what no URL can: write it percent-encoded.")
        }
        exchange.rewrittenPath = path
        exchange.rewrittenQuery = query
        guard exchange.matchResource(by: methods) else {
            return .problem(.noRoute, "No route takes \(exchange.pathText) on this host.")
        }
        for stage in [exchange.identify(), exchange.admit()] {
            if case .reply(let refusal) = stage { return refusal }
        }
        return nil
    }

    /// Waits until no write of the resource is at work, and holds others off until the errand is over.
    final func takeTurn(_ then: @escaping () -> Void) {
        guard let conflict = exchange.plan?.conflict else { return then() }
        let turns = TurnTaking(
            [exchange.identity],
            limit: conflict.policy.queue,
            wait: conflict.wait,
            slot: exchange.plan?.slot ?? -1,
            on: exchange.loop
        )
        self.turns = turns
        turns.start { [unowned self] outcome in
            if case .granted = outcome { return then() }
            var report = ConflictReport(.contended)
            report.detail = "Writers kept \(exchange.identity) busy, so it was not locked; try again."
            report.retryAfter = 1000
            end(exchange.conflictReply(report))
        }
    }

    /// Reads the resource as the caller.
    final func readResource(_ done: @escaping (CallerRead.Outcome) -> Void) {
        guard let plan = exchange.plan, let subject = exchange.readSubject(for: .init()), let conflict = plan.conflict
        else { return end(.problem(.noRoute, "No GET route leads to \(exchange.identity).")) }
        let target = exchange.chooseTarget(of: plan.upstream)
        let read = CallerRead(exchange, subject, on: target, limit: conflict.policy.bodyLimit) { [unowned self] in
            self.read = nil
            done($0)
        }
        self.read = read
        read.start()
    }

    func bodyPiece(_ piece: ByteBuffer) {
        guard let refusal = gathered.take(piece) else { return }
        exchange.keepsAlive = false
        end(refusal)
    }

    func bodyEnded() {
        isReadingBody = false
        run()
    }

    func answerBegan(on connection: UpstreamConnection) {}
    func answerPiece(_ piece: ByteBuffer) {}
    func answerEnded(on connection: UpstreamConnection) {}
    func failed(_ fault: UpstreamFault) {}
    func clientGone() {}

    func cancel() {
        isReadingBody = false
        turns?.release()
        turns = nil
        read?.cancel()
        read = nil
        gathered.release()
    }
}

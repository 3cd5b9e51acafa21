import ConflictEngine
import HTTPSemantics
import HTTPWire
package import NIOCore

/// One request that a mounted service answers: its parts, its body, and the way back.
///
/// Lives on the loop of its client's connection and is touched only there. Once the client is gone, ``isOver`` is true and
/// whatever is answered goes nowhere.
package final class ServiceCall: VersioningWork {
    /// Who works on a call and hears what becomes of its client.
    package protocol Worker: AnyObject {
        /// The client is gone: stops everything; nothing can be answered any more.
        func clientGone()
        /// The client takes bytes again, or no longer does.
        func clientWritabilityChanged(_ isWritable: Bool)
    }

    /// The exchange that it is part of.
    let exchange: Exchange
    private let generation: UInt64
    private let connection: ClientConnection
    private var gathered: GatheredBody?
    private var whenBodyIsThere: ((Result<[UInt8], ServiceRefusal>) -> Void)?
    /// The answer that a retry gets once more.
    var kept: (answer: KeptAnswer, plan: IdempotencyPlan)?
    /// Who works on it.
    package var worker: (any Worker)?

    /// A call for the exchange at work.
    init(_ exchange: Exchange) {
        self.exchange = exchange
        generation = exchange.generation
        connection = exchange.connection
        // Kept, since the exchange goes on to the next request as soon as the answer is out.
        route = exchange.plan?.route ?? ""
        service = exchange.plan?.service ?? ""
        consumer = exchange.consumerName
        consumerIndex = exchange.consumer
        requestID = exchange.requestID.text
    }

    // MARK: The request

    /// The name of the route it came by.
    package let route: String
    /// The service's name.
    package let service: String
    /// The method, as sent.
    package var method: String { connection.head.text(connection.head.method) }
    /// The path in normal form.
    package var path: [UInt8] { exchange.path }
    /// The query without its mark.
    package var query: [UInt8]? { exchange.querySlice.map { connection.head.copy($0) } }
    /// The caller's name, if known.
    package let consumer: String?
    /// The caller's number among the configuration's consumers; below zero if unknown.
    package let consumerIndex: Int
    /// The request's identifier.
    package let requestID: String
    /// The client's address.
    package var clientAddress: String { String(decoding: exchange.client.text, as: UTF8.self) }

    /// The first value of a field, named in lower case.
    package func field(_ name: String) -> String? { exchange.fieldValue(name) }

    /// Appends the fields of the request that may go on to another server, but for those named in lower case: nothing that
    /// belongs to one hop, no credentials, no cookies, nothing about where the client is.
    package func appendFields(except names: [[UInt8]], to buffer: inout ByteBuffer) {
        let nominated = connection.head.present.has(.connection) ? connection.head.nominatedNames() : []
        connection.head.writeFields(except: Self.ownFields, names: names + nominated, to: &buffer)
    }

    private static let ownFields = FieldSet.hopByHop.union(
        FieldSet(
            .host,
            .expect,
            .via,
            .forwarded,
            .xForwardedFor,
            .xForwardedProto,
            .xForwardedHost,
            .xRequestID,
            .parley,
            .authorization,
            .xAPIKey,
            .xGoogAPIKey,
            .cookie,
            .contentLength,
            .acceptEncoding,
            .origin,
            .idempotencyKey
        )
    )

    /// What lives on the call's loop.
    package var loop: ServiceLoop { ServiceLoop(exchange.loop) }

    /// Reads the body whole, at most `limit` bytes; `done` is called once, unless the client goes first.
    package func readBody(limit: Int, _ done: @escaping (Result<[UInt8], ServiceRefusal>) -> Void) {
        if case .length(let length) = exchange.framing, length > limit {
            exchange.keepsAlive = false
            return done(.failure(exchange.refusal(.bodyTooLarge(limit: limit))))
        }
        gathered = GatheredBody(limit: limit, from: exchange.loop.shared.serviceBodies)
        whenBodyIsThere = done
        if !exchange.awaitsBody() { bodyEnded() }
    }

    // MARK: The answer

    /// Whether the client is gone or the answer is out.
    package var isOver: Bool { exchange.isOver || exchange.generation != generation }
    /// Whether any byte of an answer was written.
    package var hasBegunAnswer: Bool { exchange.hasBegunAnswer }
    /// Whether the client takes more bytes now.
    package var isClientWritable: Bool { connection.isWritable }

    /// Answers whole: status, header lines (each ending in CRLF) and body.
    ///
    /// An answer that is kept for retries of the call goes out once it is on durable storage; without `isKept` a retry is
    /// carried out anew.
    package func answer(_ status: Int, lines: [UInt8], body: [UInt8], isKept: Bool = false) {
        guard !isOver else { return }
        if isKept { exchange.claim?.evidence = .answered(status: status, saysRetryAfter: false) }
        end()
        exchange.answer(LocalReply(status: status, lines: lines, body: body))
    }

    /// Answers with a problem document.
    package func refuse(_ status: Int, kind: String, detail: String, lines: [UInt8]) {
        guard !isOver else { return }
        end()
        let title = GatewayProblemKind(rawValue: kind)?.title ?? ConflictKind(rawValue: kind)?.title ?? kind
        let problem = ProblemDocument(kind: kind, title: title, status: status, detail: detail)
        exchange.answer(LocalReply(problem, lines: lines))
    }

    /// Begins an answer in pieces.
    package func beginAnswer(_ status: Int, lines: [UInt8]) {
        guard !isOver, !exchange.hasBegunAnswer else { return }
        exchange.beginPiecemealAnswer(status, lines: lines)
    }

    /// Writes a piece.
    package func write(_ piece: ByteBuffer) {
        guard !isOver else { return }
        exchange.passOn(piece)
    }

    /// Sends all that was written at the end of this turn of the loop.
    package func flush() {
        guard !isOver else { return }
        connection.flush()
    }

    /// Ends an answer in pieces.
    package func endAnswer(trailers: [(name: [UInt8], value: [UInt8])] = []) {
        guard !isOver else { return }
        end()
        exchange.endAnswer(trailers: trailers)
    }

    /// Cuts the connection, so that the client does not take what it has for the whole.
    package func cut() {
        guard !isOver else { return }
        end()
        exchange.cutAnswer()
    }

    /// Names the server that was called, for the access log, and when the request was sent to it.
    package func note(target: TargetPlan, sentAt: UInt64) {
        guard !isOver else { return }
        exchange.target = target
        exchange.sentAt = sentAt
    }

    /// The answer is on its way: nobody works on the call any more.
    func end() {
        gathered?.release()
        gathered = nil
        whenBodyIsThere = nil
        worker = nil
        exchange.versioning = nil
    }

    // MARK: Work of an exchange

    var takesBody: Bool { whenBodyIsThere != nil }
    let bodyToSend: [UInt8]? = nil
    let requestLines: [UInt8] = []
    let pinnedTarget: TargetPlan? = nil
    let survivesClient = false

    func bodyPiece(_ piece: ByteBuffer) {
        guard let refusal = gathered?.take(piece), let done = whenBodyIsThere else { return }
        whenBodyIsThere = nil
        exchange.acceptsBody = false
        exchange.keepsAlive = false
        done(.failure(exchange.refusal(refusal)))
    }

    func bodyEnded() {
        guard let done = whenBodyIsThere else { return }
        whenBodyIsThere = nil
        done(.success(gathered?.bytes ?? []))
    }

    func answerBegan(on connection: UpstreamConnection) {}
    func answerPiece(_ piece: ByteBuffer) {}
    func answerEnded(on connection: UpstreamConnection) {}
    func failed(_ fault: UpstreamFault) {}

    func clientGone() { cancel() }

    func cancel() {
        let worker = worker
        gathered?.release()
        gathered = nil
        whenBodyIsThere = nil
        self.worker = nil
        worker?.clientGone()
    }

    func clientWritabilityChanged(_ isWritable: Bool) { worker?.clientWritabilityChanged(isWritable) }
}

import ConflictEngine
import HTTPWire
import NIOCore

/// A request whose body and answer are both taken whole, since they must be looked at before they go on.
final class GatheredCall: VersioningWork {
    /// Where the call stands.
    private enum Step { case body, asking, calling, done }

    private let exchange: Exchange
    private let connection: ClientConnection
    private let limit: Int
    private var step = Step.body
    private var body: [UInt8] = []
    private var reserved = 0
    private var answer: GatheredAnswer?

    var takesBody: Bool { step == .body }
    var bodyToSend: [UInt8]? { step == .calling ? body : nil }
    let requestLines: [UInt8] = []
    let pinnedTarget: TargetPlan? = nil
    var survivesClient: Bool { step == .calling }

    /// Prepares the call of an exchange; body and answer may have `limit` bytes each.
    init(_ exchange: Exchange, limit: Int) {
        self.exchange = exchange
        connection = exchange.connection
        self.limit = limit
    }

    /// Begins.
    func begin() {
        guard exchange.framing != .none, !connection.isBodyComplete else { return bodyEnded() }
        exchange.acceptsBody = true
        exchange.sendContinue()
        connection.setDeadlineOfExchange()
    }

    func bodyPiece(_ piece: ByteBuffer) {
        guard body.count + piece.readableBytes <= limit else {
            exchange.keepsAlive = false
            return end(with: .bodyTooLarge(limit: limit))
        }
        guard exchange.loop.shared.history.reserve(piece.readableBytes) else {
            exchange.keepsAlive = false
            return end(with: .unavailable(.overloaded, "The memory for bodies that wait for their turn is used up."))
        }
        reserved += piece.readableBytes
        body.append(contentsOf: piece.readableBytesView)
    }

    func bodyEnded() {
        step = .asking
        guard let claim = exchange.claim else { return call() }
        claim.begin(body) { [unowned self] in call() }
    }

    private func call() {
        step = .calling
        exchange.forward()
    }

    // MARK: The answer

    func answerBegan(on connection: UpstreamConnection) {
        let found = Representation(head: connection.head)
        answer = GatheredAnswer(connection)
        if found.isEndless { return passOn() }
        if case .length(let length) = connection.framing, length > limit { passOn() }
    }

    func answerPiece(_ piece: ByteBuffer) {
        guard let answer else { return }
        answer.body.writeImmutableBuffer(piece)
        if answer.body.readableBytes > limit { passOn() }
    }

    /// The answer cannot be kept: it goes on as it comes.
    private func passOn() {
        guard let answer else { return }
        let exchange = exchange
        letGo()
        exchange.versioning = nil
        exchange.claim?.settleUnkept()
        exchange.writeAnswerHead(of: answer.connection)
        exchange.passOn(answer.body)
    }

    func answerEnded(on connection: UpstreamConnection) {
        guard let answer else { return }
        exchange.upstream = nil
        exchange.targetReleased()
        end(with: exchange.gatheredReply(connection, body: Array(buffer: answer.body)))
    }

    func failed(_ fault: UpstreamFault) {
        if !fault.mayHaveBeenSent, exchange.triesAgain(after: fault) { return }
        end(with: exchange.reply(to: fault))
    }

    // MARK: Ends

    private func end(with reply: LocalReply) {
        let exchange = exchange
        letGo()
        exchange.versioning = nil
        exchange.answer(reply)
    }

    private func letGo() {
        step = .done
        exchange.loop.shared.history.release(reserved)
        reserved = 0
    }

    func clientGone() {}

    func cancel() { letGo() }
}

import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import NIOCore

/// GET or HEAD at level `serialise`: gives the answer a strong tag and evaluates the caller's conditions.
final class VersionedRead: VersioningWork {
    /// How long an answer may take to be gathered before it passes untagged.
    private static let patience: UInt64 = 1_000_000_000

    private unowned let exchange: Exchange
    private let conditions: Preconditions
    private let conflict: ConflictPlan
    private var hold: AnswerHold?
    private var reserved = 0
    private var representation: Representation?
    private var connection: UpstreamConnection?

    let takesBody = false
    let bodyToSend: [UInt8]? = nil
    let requestLines: [UInt8] = []
    let survivesClient = false
    let pinnedTarget: TargetPlan? = nil

    /// Prepares the read of an exchange.
    init(_ exchange: Exchange, conditions: Preconditions, conflict: ConflictPlan) {
        self.exchange = exchange
        self.conditions = conditions
        self.conflict = conflict
    }

    func bodyPiece(_ piece: ByteBuffer) {}
    func bodyEnded() {}

    func answerBegan(on connection: UpstreamConnection) {
        let found = Representation(head: connection.head, dialect: conflict.dialect)
        guard found.status == 200, !found.isCoded, !found.isEndless, fits(connection.framing) else {
            return passUntagged(connection, because: found)
        }
        representation = found
        self.connection = connection
        hold = AnswerHold(limit: conflict.policy.bodyLimit + 1, nanoseconds: Self.patience, on: exchange.loop) {
            [unowned self] in giveUp()
        }
    }

    private func fits(_ framing: BodyFraming) -> Bool {
        if case .length(let length) = framing { length <= conflict.policy.bodyLimit } else { true }
    }

    func answerPiece(_ piece: ByteBuffer) {
        guard let hold else { return }
        let isFull = hold.take(piece)
        let isRefused = !exchange.loop.shared.history.reserve(piece.readableBytes)
        if !isRefused { reserved += piece.readableBytes }
        if isFull || isRefused { giveUp() }
    }

    func answerEnded(on connection: UpstreamConnection) {
        guard let hold, var representation else { return exchange.endPlainly(connection) }
        end()
        representation.body = hold.bytes
        representation.isWhole = true
        decide(representation, connection)
    }

    /// The answer is too long or too slow to be versioned: it passes without a tag.
    private func giveUp() {
        guard let hold, let connection, let representation else { return }
        end()
        exchange.versioning = nil
        exchange.passUntagged(connection, keepingTag: representation.hasOwnStrongTag)
        exchange.passOn(hold.body)
        exchange.answerReadComplete()
    }

    private func passUntagged(_ connection: UpstreamConnection, because found: Representation) {
        let exchange = exchange
        exchange.versioning = nil
        if found.status == 404 || found.status == 410 {
            exchange.sawNothing(of: exchange.identity, began: exchange.sentAt)
        }
        if found.status == 200 {
            if found.isCoded { exchange.loop.meters.codedAnswers &+= 1 }
            return exchange.passUntagged(connection, keepingTag: found.hasOwnStrongTag && !found.isCoded)
        }
        if exchange.mustClassify(found.status) { return exchange.holdForClassification() }
        exchange.writeAnswerHead(of: connection)
    }

    private func end() {
        hold?.release()
        hold = nil
        exchange.loop.shared.history.release(reserved)
        reserved = 0
    }

    private func decide(_ representation: Representation, _ connection: UpstreamConnection) {
        let exchange = exchange
        exchange.versioning = nil
        let accept = exchange.connection.head.slice(of: .accept).map { exchange.connection.head.copy($0) }
        guard let sighting = exchange.sighting(of: representation, query: exchange.query, accept: accept) else {
            exchange.dropsTag = !representation.hasOwnStrongTag
            exchange.writeAnswerHead(of: connection)
            exchange.passOn(ByteBuffer(bytes: representation.body))
            return exchange.endAnswer(trailers: connection.trailers)
        }
        // What is read beside the resource itself, under another path, is no version of it.
        if exchange.readsResourceItself {
            exchange.saw(sighting, of: exchange.identity, began: exchange.sentAt)
            exchange.noteSeen(sighting)
        }
        exchange.reading?.finish(representation, tag: sighting.tag, head: connection.head)
        let current = Preconditions.Selected.present(tag: sighting.tag, lastModified: representation.lastModified)
        switch conditions.evaluate(isSafeRead: true, current: current) {
        case .notModified: exchange.answerNotModified(connection, tag: sighting.tag)
        case .failed: exchange.answerStaleRead(sighting.tag)
        case .perform: exchange.answerVersioned(connection, representation, tag: sighting.tag)
        }
    }

    func failed(_ fault: UpstreamFault) {
        let exchange = exchange
        end()
        exchange.versioning = nil
        // Without this work the exchange may try again; the work then begins anew.
        exchange.versioning = VersionedRead(exchange, conditions: conditions, conflict: conflict)
        exchange.failPlainly(fault)
    }

    func clientGone() {}
    func cancel() { end() }
}

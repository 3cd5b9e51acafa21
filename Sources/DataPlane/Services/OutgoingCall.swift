import ContentCoding
import HTTPWire
package import NIOCore
import Synchronization

/// One request that a mounted service sends to another server, and its answer.
///
/// Lives on one loop. After the receiver has heard `answerEnded` or `answerFailed`, or after ``cancel()``, it hears nothing more.
package final class OutgoingCall: AnswerReceiver {
    /// Who hears the answer.
    package protocol Receiver: AnyObject {
        /// The head is there.
        func answerBegan(_ head: OutgoingAnswer, of call: OutgoingCall)
        /// A piece of the body.
        func answerPiece(_ piece: ByteBuffer, of call: OutgoingCall)
        /// All that was read at once has been handed over.
        func answerReadComplete(of call: OutgoingCall)
        /// The body is complete.
        func answerEnded(of call: OutgoingCall)
        /// No complete answer will come.
        func answerFailed(_ fault: UpstreamFault, of call: OutgoingCall)
    }

    /// The server.
    package let target: TargetPlan
    /// When the request was sent (ns).
    package private(set) var sentAt: UInt64 = 0
    private let loop: LoopContext
    private var receiver: (any Receiver)?
    private var upstream: UpstreamConnection?
    private var head = ByteBuffer()
    private var body: [UInt8] = []
    private var hasRetried = false
    private var isHolding = false
    /// What a server that codes its answer although it was asked not to has sent so far.
    private var coded: (coding: ContentCoding, bytes: [UInt8])?

    /// A call that nothing was sent of yet.
    init(_ target: TargetPlan, on loop: LoopContext, for receiver: any Receiver) {
        self.target = target
        self.loop = loop
        self.receiver = receiver
    }

    /// Sends the request: `head` with its last empty line, then `body`.
    package func send(_ head: ByteBuffer, _ body: [UInt8]) {
        self.head = head
        self.body = body
        hold()
        if let pooled = loop.pools.take(target) { return send(on: pooled) }
        connect()
    }

    private func connect() {
        loop.pools.connect(to: target, on: loop) { [self] result in
            switch result {
            case .success(let fresh):
                guard receiver != nil else { return fresh.close() }
                send(on: fresh)
            case .failure(let fault): answerFailed(fault)
            }
        }
    }

    private func send(on upstream: UpstreamConnection) {
        self.upstream = upstream
        sentAt = loop.now
        upstream.begin(for: self, isHead: false)
        upstream.withOutbox { buffer in
            buffer.writeImmutableBuffer(head)
            if body.count <= Self.joined { buffer.writeBytes(body) }
        }
        if body.count > Self.joined { upstream.send(ByteBuffer(bytes: body)) }
        upstream.requestIsComplete()
    }

    /// Largest answer that is decoded.
    private static let decoded = 64 << 20
    /// Largest body that is copied behind its head.
    private static let joined = 16 * 1024

    private func hold() {
        guard !isHolding else { return }
        isHolding = true
        target.state.active.wrappingAdd(1, ordering: .relaxed)
        target.state.requests.wrappingAdd(1, ordering: .relaxed)
    }

    private func letGo() {
        guard isHolding else { return }
        isHolding = false
        target.state.active.wrappingSubtract(1, ordering: .relaxed)
    }

    /// Stops or resumes taking the answer.
    package func pause(_ isPaused: Bool) { upstream?.pauseReading(isPaused) }

    /// Gives the call up at once; the receiver hears nothing more.
    package func cancel() {
        receiver = nil
        upstream?.abandon()
        upstream = nil
        letGo()
    }

    // MARK: The answer

    func answerBegan(on connection: UpstreamConnection) {
        coded = nil
        if connection.head.present.has(.contentEncoding),
            let coding = connection.head.fieldValue("content-encoding").flatMap(ContentCoding.init(fieldValue:))
        {
            coded = (coding, [])
        }
        receiver?.answerBegan(OutgoingAnswer(connection), of: self)
    }

    func interimAnswer(on connection: UpstreamConnection) {}

    func answerPiece(_ piece: ByteBuffer, on connection: UpstreamConnection) {
        guard coded != nil else {
            receiver?.answerPiece(piece, of: self)
            return
        }
        coded?.bytes.append(contentsOf: piece.readableBytesView)
        if let size = coded?.bytes.count, size > Self.decoded {
            connection.abandon()
            answerFailed(.protocolViolation("its coded answer is too long"))
        }
    }

    func answerEnded(on connection: UpstreamConnection) {
        if let coded {
            let body = ContentDecoder.decode(coded.bytes, coding: coded.coding, limit: Self.decoded)
            guard let body, body.complete else {
                return answerFailed(.protocolViolation("its coded answer cannot be decoded"))
            }
            receiver?.answerPiece(ByteBuffer(bytes: body.bytes), of: self)
        }
        let receiver = receiver
        self.receiver = nil
        upstream = nil
        letGo()
        receiver?.answerEnded(of: self)
    }

    func answerFailed(_ fault: UpstreamFault) {
        upstream = nil
        guard receiver != nil else { return letGo() }
        // A pooled connection that was closed before it took a byte says nothing about the server.
        if case .stale = fault, !hasRetried {
            hasRetried = true
            return connect()
        }
        letGo()
        if fault.countsAgainstTarget { loop.note(fault.explanation, against: target) }
        let receiver = receiver
        self.receiver = nil
        receiver?.answerFailed(fault, of: self)
    }

    func requestMayContinue() {}

    func answerReadComplete() { receiver?.answerReadComplete(of: self) }
}

import HTTPWire
import NIOCore
import NIOSSL

/// One connection to a target: sends requests as bytes and reads answers, one at a time.
///
/// Lives on one loop and is touched only there.
final class UpstreamConnection: ChannelDuplexHandler, DeadlineOwner {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Where the connection is between one answer and the next.
    enum Phase { case idle, head, body, tunnel, closed }

    /// The target it leads to.
    let target: TargetPlan
    /// The head of the answer being read.
    var head = MessageHead(.answer)
    /// Where it is.
    var phase = Phase.idle
    /// Whether any byte of the request was handed to the socket.
    var hasSent = false
    /// Requests carried before this one.
    var uses = 0
    /// How the answer's body ends.
    var framing = BodyFraming.none
    /// When it was made (ns).
    let born: UInt64
    var deadlineIndex = -1
    /// Whether more request bytes should be sent now.
    private(set) var isWritable = true

    /// Its loop.
    let loop: LoopContext
    /// Its place in the channel, while it has one.
    var context: ChannelHandlerContext?
    /// Who the answer is for.
    var receiver: (any AnswerReceiver)?
    /// Finds the answer's body.
    var decoder = BodyDecoder(.none)
    /// Whether the answer has no body because HEAD was asked.
    var isHeadRequest = false
    /// Whether all of the request was written.
    var isRequestComplete = false
    /// Whether any byte of the answer has come.
    var hasReceived = false
    /// Whether the receiver takes no more for now.
    var isReadPaused = false
    /// Whether the channel wants to read and was put off.
    var hasPendingRead = false
    /// Whether bytes are being handed over, so that nobody begins to do so again within it.
    var isDelivering = false
    /// Bytes received and not yet handed over.
    var leftover: ByteBuffer?
    /// How long it may rest in the pool (ns).
    var keepAlive: UInt64
    /// What is sent at the end of this turn of the loop.
    var outbox = Outbox()
    /// Whether the loop will call ``flushNow()``.
    var awaitsFlush = false
    /// Whether bytes of the request have left the outbox.
    var hasWritten = false
    private var onReady: ((UpstreamFault?) -> Void)?

    /// A connection that says through `onReady`, once, whether it stands.
    init(target: TargetPlan, loop: LoopContext, onReady: @escaping (UpstreamFault?) -> Void) {
        self.target = target
        self.loop = loop
        self.onReady = onReady
        born = loop.now
        keepAlive = target.keepAlive
    }

    // MARK: Using it

    /// Begins an exchange for `receiver`.
    func begin(for receiver: any AnswerReceiver, isHead: Bool) {
        self.receiver = receiver
        isHeadRequest = isHead
        isRequestComplete = false
        hasSent = false
        hasWritten = false
        hasReceived = false
        phase = .head
        head.reset()
        loop.deadlines.set(at: deadlineIndex, DeadlineTable.never)
    }

    /// Says that the whole request was sent: from now the answer's time runs.
    func requestIsComplete() {
        isRequestComplete = true
        if phase == .head { loop.deadlines.set(at: deadlineIndex, loop.now &+ target.response) }
    }

    /// Stops or resumes taking bytes of the answer.
    func pauseReading(_ pause: Bool) {
        guard isReadPaused != pause else { return }
        isReadPaused = pause
        if pause {
            loop.deadlines.set(at: deadlineIndex, DeadlineTable.never)
        } else {
            if phase == .body { loop.deadlines.set(at: deadlineIndex, loop.now &+ target.idle) }
            guard !isDelivering else { return }
            deliver()
            receiver?.answerReadComplete()
            guard !isReadPaused, hasPendingRead else { return }
            hasPendingRead = false
            context?.read()
        }
    }

    /// Lets go of the exchange and closes: whatever the upstream still says is nobody's.
    func abandon() {
        receiver = nil
        close()
    }

    /// Becomes a pipe: bytes are handed over unread from now on.
    func becomeTunnel() {
        phase = .tunnel
        loop.deadlines.set(at: deadlineIndex, DeadlineTable.never)
    }

    /// Closes the connection.
    func close() {
        guard phase != .closed else { return }
        phase = .closed
        loop.deadlines.remove(self)
        context?.close(promise: nil)
    }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        loop.watch(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        onReady = nil
        loop.deadlines.remove(self)
    }

    func channelActive(context: ChannelHandlerContext) {
        loop.meters.upstreamConnections += 1
        if target.tls == nil { becameReady(nil) }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if TLSEvents.isHandshakeComplete(event) { handshakeCompleted(context) }
        context.fireUserInboundEventTriggered(event)
    }

    /// A name demanded by the configuration must be in the certificate, even where its address would do.
    private func handshakeCompleted(_ context: ChannelHandlerContext) {
        let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
        if let tls = target.tls, let certificate = handler?.peerCertificate, !tls.accepts(certificate) {
            becameReady(.unreachable("the certificate is not one of the configured server name"))
            return close()
        }
        becameReady(nil)
    }

    private func becameReady(_ fault: UpstreamFault?) {
        guard let ready = onReady else { return }
        onReady = nil
        loop.deadlines.set(at: deadlineIndex, DeadlineTable.never)
        ready(fault)
    }

    /// Sets how long the connection may take to stand.
    func connecting(until deadline: UInt64) { loop.deadlines.set(at: deadlineIndex, deadline) }

    func read(context: ChannelHandlerContext) {
        if isReadPaused { hasPendingRead = true } else { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if phase == .idle { spokeOutOfTurn(bytes) }
        guard phase != .idle, phase != .closed else { return close() }
        // Bytes that were under way before the request belong to nobody: they must not be taken for its answer.
        if phase == .head, !hasSent {
            spokeOutOfTurn(bytes)
            return fail(.stale(unsent: unsent))
        }
        hasReceived = true
        if leftover != nil { leftover?.writeBuffer(&bytes) } else { leftover = bytes }
        deliver()
        receiver?.answerReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        if isWritable { receiver?.requestMayContinue() }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if onReady != nil {
            becameReady(ConnectionFailure.fault(error))
            return close()
        }
        ended(cleanly: false)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        loop.meters.upstreamConnections -= 1
        if onReady != nil { becameReady(.unreachable("the connection was closed during its set-up")) }
        ended(cleanly: true)
        context.fireChannelInactive()
    }

    /// The connection is over; tells the receiver what that means for its answer.
    private func ended(cleanly: Bool) {
        let was = phase
        phase = .closed
        loop.deadlines.remove(self)
        loop.pools.forget(self)
        guard let receiver else { return }
        self.receiver = nil
        switch was {
        case .head where !hasSent: receiver.answerFailed(.stale(unsent: unsent))
        case .head: receiver.answerFailed(hasReceived ? .closedWithinAnswer : .closedEarly(reused: uses > 0))
        case .body where cleanly && decoder.endsWithConnection: receiver.answerEnded(on: self)
        case .body: receiver.answerFailed(.closedWithinAnswer)
        case .tunnel: receiver.answerEnded(on: self)
        case .idle, .closed: break
        }
    }

    func deadlinePassed(now: UInt64) {
        if onReady != nil {
            phase = .closed
            loop.deadlines.remove(self)
            context?.close(promise: nil)
            return becameReady(.unreachable("no connection within \(target.connect / 1_000_000) ms"))
        }
        switch phase {
        case .head: fail(hasReceived ? .stalled : .timedOut)
        case .body: fail(.stalled)
        case .idle: close()
        case .tunnel, .closed: break
        }
    }

    /// Tells the receiver that no answer will come, and closes.
    func fail(_ fault: UpstreamFault) {
        let receiver = receiver
        self.receiver = nil
        close()
        loop.pools.forget(self)
        receiver?.answerFailed(fault)
    }
}

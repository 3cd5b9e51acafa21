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
    private(set) var head = MessageHead(.answer)
    /// Where it is.
    private(set) var phase = Phase.idle
    /// Whether any byte of the request was handed to the socket.
    private(set) var hasSent = false
    /// Requests carried before this one.
    private(set) var uses = 0
    /// How the answer's body ends.
    private(set) var framing = BodyFraming.none
    /// When it was made (ns).
    let born: UInt64
    var deadlineIndex = -1
    /// Whether more request bytes should be sent now.
    private(set) var isWritable = true

    private let loop: LoopContext
    private var context: ChannelHandlerContext?
    private var receiver: (any AnswerReceiver)?
    private var decoder = BodyDecoder(.none)
    private var isHeadRequest = false
    private var isRequestComplete = false
    private var hasReceived = false
    private var isReadPaused = false
    private var hasPendingRead = false
    private var isDelivering = false
    private var leftover: ByteBuffer?
    private var keepAlive: UInt64
    private var onReady: ((UpstreamFault?) -> Void)?
    private var outbox = ByteBuffer()
    private var isOutboxOpen = false
    private var awaitsFlush = false

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
        hasReceived = false
        phase = .head
        head.reset()
        loop.deadlines.set(at: deadlineIndex, DeadlineTable.never)
    }

    /// Changes the memory that is sent at the next flush.
    func withOutbox(_ body: (inout ByteBuffer) -> Void) {
        if !isOutboxOpen {
            outbox = loop.takeBuffer()
            isOutboxOpen = true
        }
        body(&outbox)
        flush()
    }

    /// Sends bytes of the request after what is in the outbox; small ones join it.
    func send(_ bytes: ByteBuffer) {
        if bytes.readableBytes <= 16 * 1024, isOutboxOpen {
            outbox.writeImmutableBuffer(bytes)
        } else {
            writeOutbox()
            context?.write(wrapOutboundOut(bytes), promise: nil)
        }
        flush()
    }

    private func writeOutbox() {
        guard isOutboxOpen else { return }
        isOutboxOpen = false
        var written = ByteBuffer()
        swap(&outbox, &written)
        context?.write(wrapOutboundOut(written), promise: nil)
    }

    private func flush() {
        guard !awaitsFlush else { return }
        awaitsFlush = true
        loop.flushSoon(self)
    }

    /// Sends all that was written: until then the upstream has seen nothing of it.
    func flushNow() {
        guard awaitsFlush else { return }
        awaitsFlush = false
        guard phase != .closed else { return }
        hasSent = true
        guard isOutboxOpen else {
            context?.flush()
            return
        }
        // Taken out first: the flush may make room, and then more is written before it returns.
        isOutboxOpen = false
        var written = ByteBuffer()
        swap(&outbox, &written)
        context?.writeAndFlush(wrapOutboundOut(written), promise: nil)
        loop.giveBack(written)
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
        guard phase != .idle, phase != .closed else { return close() }
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
            let fault = UpstreamFault.unreachable(TLSEvents.reason(error))
            becameReady(fault)
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

    private func fail(_ fault: UpstreamFault) {
        let receiver = receiver
        self.receiver = nil
        close()
        loop.pools.forget(self)
        receiver?.answerFailed(fault)
    }

    // MARK: Reading answers

    private func deliver() {
        guard !isDelivering else { return }
        isDelivering = true
        defer { isDelivering = false }
        while var bytes = leftover, bytes.readableBytes > 0, !isReadPaused {
            leftover = nil
            do throws(WireFault) {
                guard try step(&bytes) else { return keep(bytes) }
            } catch {
                return fail(.protocolViolation(error.explanation))
            }
            keep(bytes)
            if phase == .idle || phase == .closed { return }
        }
    }

    private func keep(_ bytes: ByteBuffer) {
        if bytes.readableBytes > 0, phase != .closed, phase != .idle { leftover = bytes }
    }

    /// Makes one step of progress; false when more bytes are needed.
    private func step(_ bytes: inout ByteBuffer) throws(WireFault) -> Bool {
        switch phase {
        case .head: return try readHead(&bytes)
        case .body: return try readBody(&bytes)
        case .tunnel:
            receiver?.answerPiece(bytes, on: self)
            bytes.clear()
            return false
        case .idle, .closed:
            bytes.clear()
            return false
        }
    }

    private func readHead(_ bytes: inout ByteBuffer) throws(WireFault) -> Bool {
        let (progress, taken) = try head.take(bytes.readableBytes, from: bytes.readableBytesSpan)
        bytes.moveReaderIndex(forwardBy: taken)
        guard progress == .complete else {
            loop.deadlines.set(at: deadlineIndex, loop.now &+ target.idle)
            return false
        }
        if head.status < 200, head.status != 101 {
            receiver?.interimAnswer(on: self)
            head.reset()
            return true
        }
        framing = try head.answerFraming(toHead: isHeadRequest)
        decoder = BodyDecoder(framing)
        phase = .body
        noteKeepAlive()
        loop.deadlines.set(at: deadlineIndex, loop.now &+ target.idle)
        receiver?.answerBegan(on: self)
        if phase == .body, decoder.isDone { finish(&bytes) }
        return phase != .closed
    }

    private func readBody(_ bytes: inout ByteBuffer) throws(WireFault) -> Bool {
        if decoder.isDone {
            finish(&bytes)
            return false
        }
        switch try decoder.next(&bytes) {
        case .needsMore: return false
        case .end: finish(&bytes)
        case .piece(let piece):
            loop.deadlines.set(at: deadlineIndex, loop.now &+ target.idle)
            receiver?.answerPiece(piece, on: self)
            if phase == .body, decoder.isDone { finish(&bytes) }
        }
        return phase == .body || phase == .tunnel
    }

    /// The trailer fields of the answer, once it has ended.
    var trailers: [(name: [UInt8], value: [UInt8])] { decoder.trailers }

    /// The answer is complete: hands it over, then goes back to the pool or closes.
    private func finish(_ bytes: inout ByteBuffer) {
        let receiver = receiver
        self.receiver = nil
        let isReusable = isRequestComplete && bytes.readableBytes == 0 && head.keepsAlive && !isAmbiguous && !isExpired
        bytes.clear()
        uses += 1
        // Back to the pool before the receiver hears of it, so that what it sends next finds this connection. The head
        // stays readable until then.
        if isReusable { rest() } else { phase = .idle }
        receiver?.answerEnded(on: self)
        if !isReusable { close() }
    }

    private func rest() {
        phase = .idle
        isReadPaused = false
        loop.deadlines.set(at: deadlineIndex, loop.now &+ keepAlive)
        loop.pools.put(self)
        guard hasPendingRead else { return }
        hasPendingRead = false
        context?.read()
    }

    /// An answer that must have no body but announces one could be followed by bytes that are not an answer.
    private var isAmbiguous: Bool {
        guard framing == .none, !isHeadRequest else { return false }
        if head.present.has(.transferEncoding) { return true }
        guard head.status == 204 || head.status < 200 else { return false }
        return head.slice(of: .contentLength).map { !head.equals($0, "0") } ?? false
    }

    /// Connections to named hosts are not kept for ever, so that a changed address is noticed.
    private var isExpired: Bool { loop.now &- born > 300_000_000_000 }

    /// Honours `Keep-Alive: timeout=N`, one second early, so that reuse does not race the upstream's own close.
    private func noteKeepAlive() {
        guard head.present.has(.keepAlive), let text = head.text(of: .keepAlive) else { return }
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=")
            guard pair.count == 2, pair[0].drop(while: { $0 == " " }).lowercased() == "timeout",
                let seconds = UInt64(pair[1].prefix(6))
            else { continue }
            let limit = seconds > 1 ? (seconds - 1) * 1_000_000_000 : seconds * 500_000_000
            keepAlive = min(target.keepAlive, limit)
        }
    }
}

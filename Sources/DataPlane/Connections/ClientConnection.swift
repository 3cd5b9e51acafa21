import HTTPWire
import NIOCore

/// One client's connection: reads requests one after another and hands each to its ``Exchange``.
///
/// Lives on one loop and is touched only there.
final class ClientConnection: ChannelDuplexHandler, DeadlineOwner {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What the connection is doing.
    enum Phase { case head, exchange, discarding, tunnel, closed }

    /// Its loop.
    let loop: LoopContext
    /// Who is at the other end.
    let address: ClientAddress
    /// Whether it speaks TLS.
    let isSecure: Bool
    /// The forwarding fields of a request of HTTP/1.1 from a peer that is not trusted with them.
    let forwardingLines: [UInt8]
    /// The head of the request being read or answered.
    var head = MessageHead(.request)
    var deadlineIndex = -1
    /// Whether the client takes more bytes now.
    private(set) var isWritable = true

    private var context: ChannelHandlerContext?
    /// The exchange at work; it refers back to this connection, so the tie is cut when the connection is gone.
    private var exchange: Exchange?
    private var phase = Phase.head
    private var inbound: ByteBuffer?
    private var decoder = BodyDecoder(.none)
    private var isProcessing = false
    private var isInputClosed = false
    private var isReadPaused = false
    private var hasPendingRead = false
    private var outbox = ByteBuffer()
    private var isOutboxOpen = false
    private var awaitsFlush = false

    /// Bytes of later requests that are taken in while one is being answered.
    private static let readAhead = 64 * 1024
    /// How long what a client still sends is thrown away after an answer that closes.
    private static let linger: UInt64 = 1_000_000_000

    /// A connection on `loop`; add it to the channel's pipeline there.
    init(loop: LoopContext, address: ClientAddress, isSecure: Bool) {
        self.loop = loop
        self.address = address
        self.isSecure = isSecure
        let scheme = isSecure ? "https" : "http"
        forwardingLines =
            Array("Via: 1.1 parley\r\nX-Forwarded-For: ".utf8) + address.text
            + Array("\r\nX-Forwarded-Proto: \(scheme)\r\n".utf8)
    }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        exchange = Exchange(on: self)
        loop.meters.clientConnections += 1
        loop.clients[ObjectIdentifier(self)] = self
        loop.watch(self)
        loop.deadlines.set(
            at: deadlineIndex,
            loop.now &+ (isSecure ? loop.snapshot.headTimeout : loop.snapshot.keepAlive)
        )
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        exchange = nil
        loop.meters.clientConnections -= 1
        loop.clients[ObjectIdentifier(self)] = nil
        loop.deadlines.remove(self)
    }

    func read(context: ChannelHandlerContext) {
        if isReadPaused { hasPendingRead = true } else { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if inbound != nil { inbound?.writeBuffer(&bytes) } else { inbound = bytes }
        process()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        exchange?.clientWritabilityChanged(isWritable)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { inputClosed() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { cut() }

    func channelInactive(context: ChannelHandlerContext) {
        let was = phase
        phase = .closed
        if was == .exchange || was == .tunnel { exchange?.clientGone() }
        context.fireChannelInactive()
    }

    /// The client sends no more: an answer under way is finished, half a request is not.
    private func inputClosed() {
        isInputClosed = true
        switch phase {
        case .head, .discarding: close()
        case .exchange where !decoder.isDone: cut()
        case .tunnel: cut()
        case .exchange, .closed: break
        }
    }

    func deadlinePassed(now: UInt64) {
        switch phase {
        case .head, .discarding: close()
        case .exchange: exchange?.bodyStalled()
        case .tunnel, .closed: break
        }
    }

    // MARK: Reading requests

    /// Goes on with what has been read.
    func process() {
        guard !isProcessing else { return }
        isProcessing = true
        while step() {}
        isProcessing = false
        updateReading()
    }

    private func step() -> Bool {
        switch phase {
        case .head: return readHead()
        case .exchange: return feedBody()
        case .discarding:
            inbound = nil
            return false
        case .tunnel:
            guard let bytes = inbound, bytes.readableBytes > 0, exchange?.acceptsBody == true else { return false }
            inbound = nil
            exchange?.tunnelBytes(bytes)
            return false
        case .closed:
            inbound = nil
            return false
        }
    }

    private func readHead() -> Bool {
        guard var bytes = inbound, bytes.readableBytes > 0 else { return false }
        inbound = nil
        let isFresh = head.isEmpty
        do throws(WireFault) {
            let (progress, taken) = try head.take(bytes.readableBytes, from: bytes.readableBytesSpan)
            bytes.moveReaderIndex(forwardBy: taken)
            if bytes.readableBytes > 0 { inbound = bytes }
            guard progress == .complete else {
                if isFresh { setDeadline(after: loop.snapshot.headTimeout) }
                return false
            }
        } catch {
            phase = .exchange
            exchange?.refuseHead(error)
            return phase == .head
        }
        setDeadline(after: DeadlineTable.never)
        phase = .exchange
        exchange?.begin()
        return true
    }

    /// Says how the request's body ends, before any of it is asked for.
    func bodyIsFramed(_ framing: BodyFraming) { decoder = BodyDecoder(framing) }

    /// Whether all of the request's body was read.
    var isBodyComplete: Bool { decoder.isDone }

    /// Gives the exchange more of its body; false when there is nothing to do.
    private func feedBody() -> Bool {
        guard !decoder.isDone, exchange?.acceptsBody == true, var bytes = inbound, bytes.readableBytes > 0 else {
            return false
        }
        inbound = nil
        do throws(WireFault) {
            let event = try decoder.next(&bytes)
            if bytes.readableBytes > 0 { inbound = bytes }
            setDeadline(after: decoder.isDone ? DeadlineTable.never : loop.snapshot.bodyTimeout)
            switch event {
            case .needsMore: return false
            case .piece(let piece):
                exchange?.bodyPiece(piece)
                if phase == .exchange, decoder.isDone { exchange?.bodyEnded(trailers: []) }
            case .end: exchange?.bodyEnded(trailers: decoder.trailers)
            }
            return true
        } catch {
            exchange?.bodyBroken(error)
            return false
        }
    }

    /// Starts the clock for the body's next bytes.
    func expectBody() { setDeadline(after: loop.snapshot.bodyTimeout) }

    /// Throws away what was already received of a body nobody wants; true if that was all of it.
    func dropBufferedBody() -> Bool {
        while !decoder.isDone, var bytes = inbound, bytes.readableBytes > 0 {
            inbound = nil
            guard let event = try? decoder.next(&bytes) else { return false }  // the connection closes anyway
            if bytes.readableBytes > 0 { inbound = bytes }
            if case .needsMore = event { break }
        }
        return decoder.isDone
    }

    private func setDeadline(after nanoseconds: UInt64) {
        let deadline =
            nanoseconds == DeadlineTable.never ? DeadlineTable.never : loop.now &+ nanoseconds
        loop.deadlines.set(at: deadlineIndex, deadline)
    }

    /// Pauses or resumes reading, so that memory stays bounded.
    func updateReading() {
        let buffered = inbound?.readableBytes ?? 0
        let waitsForUpstream = phase == .exchange && !decoder.isDone && exchange?.acceptsBody != true && buffered > 0
        let waitsForTunnel = phase == .tunnel && exchange?.acceptsBody != true
        isReadPaused = buffered >= Self.readAhead || waitsForUpstream || waitsForTunnel
        guard !isReadPaused, hasPendingRead else { return }
        hasPendingRead = false
        context?.read()
    }
}

// MARK: - Writing answers

extension ClientConnection {
    /// Changes the memory that is written out at the next flush.
    func withOutbox(_ body: (inout ByteBuffer) -> Void) {
        if !isOutboxOpen {
            outbox = loop.takeBuffer()
            isOutboxOpen = true
        }
        body(&outbox)
    }

    /// Writes bytes after what is in the outbox; small ones join it.
    func write(_ bytes: ByteBuffer) {
        if bytes.readableBytes <= 16 * 1024, isOutboxOpen {
            outbox.writeImmutableBuffer(bytes)
        } else {
            writeOutbox()
            context?.write(wrapOutboundOut(bytes), promise: nil)
        }
    }

    private func writeOutbox() {
        guard isOutboxOpen else { return }
        isOutboxOpen = false
        var written = ByteBuffer()
        swap(&outbox, &written)
        context?.write(wrapOutboundOut(written), promise: nil)
    }

    /// Sends all that was written, at the end of this turn of the loop.
    func flush() {
        guard !awaitsFlush else { return }
        awaitsFlush = true
        loop.flushSoon(self)
    }

    /// Sends all that was written, now.
    func flushNow() {
        guard awaitsFlush else { return }
        awaitsFlush = false
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

    /// The answer is out: waits for the next request, or closes.
    func exchangeEnded(keepAlive: Bool) {
        flush()
        guard phase == .exchange else { return }
        guard keepAlive, decoder.isDone, !loop.isDraining else { return closeGently() }
        if isInputClosed, inbound == nil { return close() }
        head.reset()
        phase = .head
        setDeadline(after: loop.snapshot.keepAlive)
        if !isProcessing { process() }
    }

    /// Closes so that the client can still read the answer although it is sending.
    private func closeGently() {
        guard !decoder.isDone, !isInputClosed, !isSecure else { return close() }
        phase = .discarding
        flushNow()
        setDeadline(after: Self.linger)
        context?.close(mode: .output, promise: nil)
        updateReading()
    }

    /// Passes bytes both ways from now on.
    func becomeTunnel() {
        phase = .tunnel
        setDeadline(after: DeadlineTable.never)
        if !isProcessing { process() }
    }

    /// Closes after what was flushed is out.
    func close() {
        guard phase != .closed else { return }
        phase = .closed
        flushNow()
        loop.deadlines.remove(self)
        context?.close(promise: nil)
    }

    /// Cuts the connection in the middle of an exchange.
    func cut() {
        let was = phase
        close()
        if was == .exchange || was == .tunnel { exchange?.clientGone() }
    }

    /// Closes a connection that waits for a request, at shutdown.
    func closeIfIdle() {
        if phase == .head, head.isEmpty, inbound == nil { close() }
    }
}

import HTTPWire
import NIOCore

/// Reading requests.
extension ClientConnection {
    /// Bytes of later requests that are taken in while one is being answered.
    private static let readAhead = 64 * 1024

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
        // A client that asks on and on and reads no answer gets no more of them.
        guard isWritable, var bytes = inbound, bytes.readableBytes > 0 else { return false }
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
            setDeadlineOfExchange()
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

    /// Sets how long the client may now do nothing: take nothing of its answer, or send nothing of its body.
    func setDeadlineOfExchange() {
        if !isWritable { return setDeadline(after: loop.snapshot.keepAlive) }
        setDeadline(after: decoder.isDone ? DeadlineTable.never : loop.snapshot.bodyTimeout)
    }

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

    /// Sets when the connection acts by itself; ``DeadlineTable/never`` takes the deadline away.
    func setDeadline(after nanoseconds: UInt64) {
        let deadline =
            nanoseconds == DeadlineTable.never ? DeadlineTable.never : loop.now &+ nanoseconds
        loop.deadlines.set(at: deadlineIndex, deadline)
    }

    /// Pauses or resumes reading, so that memory stays bounded.
    func updateReading() {
        let buffered = inbound?.readableBytes ?? 0
        let waitsForUpstream = phase == .exchange && !decoder.isDone && exchange?.acceptsBody != true && buffered > 0
        let waitsForTunnel = phase == .tunnel && exchange?.acceptsBody != true
        isReadPaused =
            buffered >= Self.readAhead || (phase == .head && !isWritable) || waitsForUpstream || waitsForTunnel
        guard !isReadPaused, hasPendingRead else { return }
        hasPendingRead = false
        context?.read()
    }
}

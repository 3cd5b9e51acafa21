import HTTPWire
import NIOCore

/// Writing answers.
extension ClientConnection {
    /// How long what a client still sends is thrown away after an answer that closes.
    private static let linger: UInt64 = 1_000_000_000

    /// Writes to the memory that is sent at the next flush.
    func withOutbox(_ body: (inout ByteBuffer) -> Void) { outbox.change(on: loop, body) }

    /// Writes bytes after what is in the outbox; small ones join it.
    func write(_ bytes: ByteBuffer) {
        guard !outbox.join(bytes) else { return }
        if let waiting = outbox.take() { context?.write(wrapOutboundOut(waiting), promise: nil) }
        context?.write(wrapOutboundOut(bytes), promise: nil)
    }

    /// Sends all that was written, at the end of this turn of the loop, or now if that is much.
    func flush() {
        if !awaitsFlush {
            awaitsFlush = true
            loop.flushSoon(self)
        }
        if outbox.isLarge { flushNow() }
    }

    /// Sends all that was written, now.
    func flushNow() {
        guard awaitsFlush else { return }
        awaitsFlush = false
        loop.send(outbox.take(), through: context)
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

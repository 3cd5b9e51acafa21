import NIOCore

extension UpstreamConnection {
    /// Writes to the memory that is sent at the end of this turn of the loop.
    func withOutbox(_ body: (inout ByteBuffer) -> Void) {
        outbox.change(on: loop, body)
        flush()
    }

    /// Sends bytes of the request after what is in the outbox; small ones join it.
    func send(_ bytes: ByteBuffer) {
        if !outbox.join(bytes) {
            if let waiting = outbox.take() { context?.write(wrapOutboundOut(waiting), promise: nil) }
            hasWritten = true
            context?.write(wrapOutboundOut(bytes), promise: nil)
        }
        flush()
    }

    private func flush() {
        guard !awaitsFlush else { return }
        awaitsFlush = true
        loop.flushSoon(self)
    }

    /// What was written but not sent, as long as it is all in one place.
    var unsent: ByteBuffer? { hasWritten ? nil : outbox.copy }

    /// Sends all that was written: until then the upstream has seen nothing of it.
    func flushNow() {
        guard awaitsFlush else { return }
        awaitsFlush = false
        guard phase != .closed else { return }
        hasSent = true
        hasWritten = true
        loop.send(outbox.take(), through: context)
    }
}

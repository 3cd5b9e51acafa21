import HTTPWire
import NIOCore

/// Reading answers.
extension UpstreamConnection {
    /// Hands over what has come, as far as the receiver takes it.
    func deliver() {
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
            bytes = ByteBuffer()
            return false
        case .idle, .closed:
            bytes = ByteBuffer()
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
        if bytes.readableBytes > 0 { spokeOutOfTurn(bytes) }
        let isReusable =
            isRequestComplete && bytes.readableBytes == 0 && head.keepsAlive && !isAmbiguous && !isExpired
            && target.state.mayReuseConnections(now: loop.now)
        // Not cleared: the channel holds this memory too, so that as much would be taken anew.
        bytes = ByteBuffer()
        uses += 1
        // Back to the pool before the receiver hears of it, so that what it sends next finds this connection. The head
        // stays readable until then.
        if isReusable { rest() } else { phase = .idle }
        receiver?.answerEnded(on: self)
        if !isReusable { close() }
    }

    /// The upstream sent bytes that answer nothing.
    ///
    /// The next such bytes might come an instant after a request and be
    /// taken for its answer, so this target's connections carry one request each for a while.
    func spokeOutOfTurn(_ bytes: ByteBuffer) {
        // Servers may say 408 before they close an idle connection (RFC 9110 §15.5.9).
        let isGoodbye = bytes.readableBytesView.prefix(12).suffix(4).elementsEqual(" 408".utf8)
        guard !isGoodbye, target.state.spokeOutOfTurn(now: loop.now) else { return }
        loop.shared.log(LogLine(.warning, "upstream sent bytes that answer no request", [("target", target.url)]))
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

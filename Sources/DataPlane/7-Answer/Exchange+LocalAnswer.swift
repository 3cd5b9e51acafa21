import HTTPSemantics
import HTTPWire
import NIOCore

extension Exchange {
    /// Sends an answer made by the gateway and ends the exchange.
    func answer(_ reply: LocalReply) {
        guard !isOver, !hasBegunAnswer else { return }
        if let claim, claim.isOpen { return claim.settle(with: reply) }
        let reply = inWordsOfService(reply)
        letGoOfUpstream()
        acceptsBody = false
        hasBegunAnswer = true
        status = reply.status
        keepsAlive = keepsAlive && connection.dropBufferedBody() && !loop.isDraining
        let body = body(of: reply)
        connection.withOutbox { writeHead(of: reply, length: body.count, to: &$0) }
        if method != .head, status != 204, status != 304 {
            connection.withOutbox { _ = $0.writeBytes(body) }
            bodySent = body.count
        }
        finish()
    }

    /// The bytes of a reply's body: a problem document names this exchange.
    func body(of reply: LocalReply) -> [UInt8] {
        guard var problem = reply.problem else { return reply.body }
        problem.requestIdentifier = Array(requestID.bytes)
        if problem.instance.isEmpty { problem.instance = "urn:parley:request:\(requestID.text)" }
        return problem.bytes
    }

    private func writeHead(of reply: LocalReply, length: Int, to buffer: inout ByteBuffer) {
        StatusLine.write(reply.status, to: &buffer)
        writeDate(to: &buffer)
        if reply.problem != nil { buffer.writeStaticString("Content-Type: application/problem+json\r\n") }
        if reply.status != 204, reply.status != 304 {
            buffer.writeStaticString("Content-Length: ")
            StatusLine.writeDigits(length, to: &buffer)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeBytes(reply.lines)
        writeCommonLines(isPreflight: reply.isPreflight, to: &buffer)
        buffer.writeStaticString("\r\n")
    }

    /// Writes the line with the time of this second.
    func writeDate(to buffer: inout ByteBuffer) {
        buffer.writeStaticString("Date: ")
        buffer.writeBytes(loop.date())
        buffer.writeStaticString("\r\n")
    }

    /// Says when the answer was made where the upstream did not (RFC 9110 §6.6.1) and the route has no other say in it.
    func writeMissingDate(of head: borrowing MessageHead, to buffer: inout ByteBuffer) {
        guard !head.present.has(.date), plan?.headers?.response.dropped.contains(Self.dateName) != true else { return }
        writeDate(to: &buffer)
    }

    private static let dateName = Array("date".utf8)

    /// The lines that every answer ends with: identifier, limits, CORS, configured fields, what becomes of the connection.
    func writeCommonLines(isPreflight: Bool, to buffer: inout ByteBuffer) {
        writeOwnLines(isPreflight: isPreflight, to: &buffer)
        if !keepsAlive {
            buffer.writeStaticString("Connection: close\r\n")
        } else if connection.head.minorVersion == 0 {
            buffer.writeStaticString("Connection: keep-alive\r\n")
        }
    }

    /// The same without what becomes of the connection.
    func writeOwnLines(isPreflight: Bool, to buffer: inout ByteBuffer) {
        buffer.writeBytes(requestID.line)
        if !limitLines.isEmpty { buffer.writeBytes(limitLines) }
        if !conflictLines.isEmpty { buffer.writeBytes(conflictLines) }
        if !isPreflight, let cors = plan?.cors ?? corsOfPath {
            let origin = connection.head.slice(of: .origin).map { connection.head.copy($0) }
            buffer.writeBytes(cors.answerLines(for: origin))
        }
        if let headers = plan?.headers { buffer.writeBytes(headers.response.lines) }
    }

    /// Gives up the upstream's connection, if one is at work.
    func letGoOfUpstream() {
        guard let upstream else { return }
        self.upstream = nil
        upstream.abandon()
        targetReleased()
    }

    /// Records the exchange and hands the connection its next request.
    func finish() {
        guard !isOver else { return }
        isOver = true
        acceptsBody = false
        hold?.release()
        hold = nil
        record()
        // Work that answers takes itself out first; what is still here was cut short, by a body that stalled or broke.
        let work = versioning
        versioning = nil
        work?.cancel()
        plan = nil
        claim?.abandon()
        claim = nil
        reading?.end()
        reading = nil
        guards?.release()
        guards = nil
        connection.exchangeEnded(keepAlive: keepsAlive)
    }
}

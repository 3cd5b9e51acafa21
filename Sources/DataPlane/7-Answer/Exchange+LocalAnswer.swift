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
        let lines = linesLeft(of: reply.lines)
        StatusLine.write(reply.status, to: &buffer)
        if !isDateReplaced, !LocalReply.has(Self.dateName, lines) { writeDate(to: &buffer) }
        if reply.problem != nil { buffer.writeStaticString("Content-Type: application/problem+json\r\n") }
        if reply.status != 204, reply.status != 304 {
            buffer.writeStaticString("Content-Length: ")
            StatusLine.writeDigits(length, to: &buffer)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeBytes(lines)
        let saysType = reply.problem != nil || LocalReply.has(Self.typeName, lines)
        writeCommonLines(isPreflight: reply.isPreflight, saysType: saysType, to: &buffer)
        buffer.writeStaticString("\r\n")
    }

    /// An answer's own lines without those that the route replaces or removes.
    ///
    /// What the gateway's own bodies are, and what it promises about conflicts, is not the route's to say.
    func linesLeft(of lines: [UInt8]) -> [UInt8] {
        guard let dropped = plan?.headers?.response.dropped, !dropped.isEmpty else { return lines }
        return LocalReply.without(Set(dropped).subtracting(Self.promised), lines)
    }

    private static let promised = [typeName] + ["link", "cache-control"].map { Array($0.utf8) }

    /// Whether the route replaces or removes the answers' field of this name, given in lower case.
    private func replaces(_ name: [UInt8]) -> Bool { plan?.headers?.response.dropped.contains(name) == true }

    /// Whether the route replaces or removes the times of answers.
    var isDateReplaced: Bool { replaces(Self.dateName) }

    /// Whether the route replaces or removes the tags of answers.
    var isTagReplaced: Bool { replaces(Self.tagName) }

    /// Writes the line with the time of this second.
    func writeDate(to buffer: inout ByteBuffer) {
        buffer.writeStaticString("Date: ")
        buffer.writeBytes(loop.date())
        buffer.writeStaticString("\r\n")
    }

    /// Says when the answer was made where the upstream did not (RFC 9110 §6.6.1), or only for its own connection, and the
    /// route has no other say in it.
    func writeMissingDate(of head: borrowing MessageHead, to buffer: inout ByteBuffer) {
        if head.present.has(.date) {
            guard head.present.has(.connection), head.nominatedNames().contains(Self.dateName) else { return }
        }
        if !isDateReplaced { writeDate(to: &buffer) }
    }

    private static let dateName = Array("date".utf8)
    private static let typeName = Array("content-type".utf8)
    private static let tagName = Array("etag".utf8)

    /// The lines that every answer ends with: identifier, limits, CORS, configured fields, what becomes of the connection.
    ///
    /// `saysType` says that the media type is there already, whatever is configured.
    func writeCommonLines(isPreflight: Bool, saysType: Bool = false, to buffer: inout ByteBuffer) {
        writeOwnLines(isPreflight: isPreflight, saysType: saysType, to: &buffer)
        if !keepsAlive {
            buffer.writeStaticString("Connection: close\r\n")
        } else if connection.head.minorVersion == 0 {
            buffer.writeStaticString("Connection: keep-alive\r\n")
        }
    }

    /// The same without what becomes of the connection.
    func writeOwnLines(isPreflight: Bool, saysType: Bool = false, to buffer: inout ByteBuffer) {
        buffer.writeBytes(requestID.line)
        if !limitLines.isEmpty { buffer.writeBytes(limitLines) }
        if !conflictLines.isEmpty { buffer.writeBytes(conflictLines) }
        if !isPreflight, let cors = plan?.cors ?? corsOfPath {
            let origin = connection.head.slice(of: .origin).map { connection.head.copy($0) }
            buffer.writeBytes(cors.answerLines(for: origin))
        }
        guard let lines = plan?.headers?.response.lines else { return }
        buffer.writeBytes(saysType ? LocalReply.without([Self.typeName], lines) : lines)
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

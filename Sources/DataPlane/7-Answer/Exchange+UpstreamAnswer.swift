import HTTPSemantics
import HTTPWire
import NIOCore

extension Exchange: AnswerReceiver {
    /// The head of the upstream's answer: passed on at once, or held until its kind or version is known.
    func answerBegan(on connection: UpstreamConnection) {
        guard !isOver else { return }
        noteHealth(connection.head.status)
        if connection.head.status == 101 { return beginTunnel(connection) }
        claim?.sawAnswer(connection.head)
        endLocksOfRemoved(connection.head.status)
        endCachedReads()
        if let versioning { return versioning.answerBegan(on: connection) }
        if mustClassify(connection.head.status) { return holdForClassification() }
        writeAnswerHead(of: connection)
    }

    private func noteHealth(_ status: Int) {
        guard let target else { return }
        switch status {
        case 502, 503, 504: loop.note("It answered \(status).", against: target)
        default: target.state.succeeded()
        }
    }

    /// An interim answer: passed on to clients that understand it; the gateway says 100 itself.
    func interimAnswer(on upstream: UpstreamConnection) {
        guard !isOver, !hasBegunAnswer, versioning == nil, connection.head.minorVersion == 1 else { return }
        guard upstream.head.status != 100 else { return }
        connection.withOutbox { buffer in
            writeInterimHead(of: upstream, to: &buffer)
            buffer.writeStaticString("\r\n")
        }
    }

    /// Writes an upstream's interim head as it came, but for fields that any answer loses or has rewritten.
    func writeInterimHead(of upstream: UpstreamConnection, to buffer: inout ByteBuffer) {
        upstream.head.append(0..<upstream.head.fieldsStart, to: &buffer)
        upstream.head.writeFields(except: Self.notInterim, names: answerNames(of: upstream.head), to: &buffer)
        writeLocations(of: upstream, to: &buffer)
    }

    private static let notInterim = neverReturned.union(FieldSet(.location, .contentLocation, .contentLength))

    /// A piece of the answer's body.
    func answerPiece(_ piece: ByteBuffer, on upstream: UpstreamConnection) {
        guard !isOver else { return }
        if isTunnel {
            connection.write(piece)
            if !connection.isWritable { upstream.pauseReading(true) }
            return
        }
        if let versioning { return versioning.answerPiece(piece) }
        if let hold {
            if hold.take(piece) { classifyHeldAnswer() }
            return
        }
        passOn(piece)
    }

    /// Writes a piece of the body to the client, and stops reading while the client is slow.
    func passOn(_ piece: ByteBuffer) {
        guard method != .head, piece.readableBytes > 0 else { return }
        if let coder {
            writeCoded(coder.code(piece))
            if !isOver, !connection.isWritable { upstream?.pauseReading(true) }
            return
        }
        bodySent += piece.readableBytes
        if isAnswerChunked {
            connection.withOutbox { ChunkedEncoder.writeSize(piece.readableBytes, to: &$0) }
            connection.write(piece)
            connection.withOutbox { ChunkedEncoder.writeChunkEnd(to: &$0) }
        } else {
            connection.write(piece)
        }
        if !connection.isWritable { upstream?.pauseReading(true) }
    }

    /// The client takes bytes again, or no longer does.
    func clientWritabilityChanged(_ isWritable: Bool) {
        guard !isOver else { return }
        versioning?.clientWritabilityChanged(isWritable)
        if isWritable { upstream?.pauseReading(false) }
    }

    /// The upstream's answer is complete.
    func answerEnded(on upstream: UpstreamConnection) {
        guard !isOver else { return }
        if isTunnel {
            connection.flush()
            isOver = true
            record()
            return connection.close()
        }
        if let versioning { return versioning.answerEnded(on: upstream) }
        if let hold {
            hold.isComplete = true
            classifyHeldAnswer()
            guard !isOver else { return }
        }
        endAnswer(trailers: upstream.trailers)
    }

    /// Ends the answer's body and the exchange.
    func endAnswer(trailers: [(name: [UInt8], value: [UInt8])]) {
        upstream = nil
        if let coder {
            writeCoded(coder.finish())
            guard !isOver else { return }
        }
        if isAnswerChunked, method != .head {
            let trailers = coder == nil ? trailers : trailers.filter { !DigestFields.isDigest($0.name[...]) }
            connection.withOutbox { ChunkedEncoder.writeEnd(trailers: trailers, to: &$0) }
        }
        if !connection.isBodyComplete { keepsAlive = false }
        finish()
    }

    /// All that was read at once is handed over.
    func answerReadComplete() {
        guard !isOver else { return }
        if let coder, coder.mayFlush { writeCoded(coder.flush()) }
        connection.flush()
    }

    /// The answer cannot be completed: the client must not take what it has for the whole.
    func cutAnswer() {
        keepsAlive = false
        isOver = true
        record()
        hold?.release()
        hold = nil
        versioning?.cancel()
        versioning = nil
        claim?.abandon()
        claim = nil
        reading?.end()
        reading = nil
        guards?.release()
        guards = nil
        plan = nil
        connection.flush()
        connection.cut()
    }

    /// Writes the head of an answer that is passed on, in the upstream's own bytes where nobody touches them.
    func writeAnswerHead(of upstream: UpstreamConnection) {
        hasBegunAnswer = true
        status = normalStatus ?? upstream.head.status
        let coded = codedHead(of: upstream)
        if let coded { startCoder(coded) }
        if framesByClose(upstream) || loop.isDraining { keepsAlive = false }
        isAnswerChunked =
            connection.head.minorVersion == 1 && mayHaveBody
            && (upstream.framing == .chunked || upstream.framing == .untilClose || coder != nil)
        if !connection.isBodyComplete, connection.head.present.has(.expect), !hasSentContinue { keepsAlive = false }
        let names = answerNames(of: upstream.head)
        connection.withOutbox { buffer in
            // The status line is copied in one piece with the fields behind it where it can stay as it is.
            let isCurrent = upstream.head.minorVersion == 1 && normalStatus == nil
            if !isCurrent { writeStatusLine(of: upstream, to: &buffer) }
            upstream.head.writeFields(
                except: droppedAnswerFields(upstream),
                names: coded.map { names + $0.dropped } ?? names,
                withStartLine: isCurrent,
                to: &buffer
            )
            writeLocations(of: upstream, to: &buffer)
            writeMissingDate(of: upstream.head, to: &buffer)
            if let coded { buffer.writeBytes(coded.lines) }
            if isAnswerChunked { buffer.writeStaticString("Transfer-Encoding: chunked\r\n") }
            writeCommonLines(isPreflight: false, to: &buffer)
            buffer.writeStaticString("\r\n")
        }
    }

    func writeStatusLine(of upstream: UpstreamConnection, to buffer: inout ByteBuffer) {
        if let normalStatus {
            StatusLine.write(normalStatus, to: &buffer)
        } else if upstream.head.minorVersion == 1 {
            upstream.head.append(0..<upstream.head.fieldsStart, to: &buffer)
        } else {
            buffer.writeStaticString("HTTP/1.1")
            upstream.head.append(8..<upstream.head.fieldsStart, to: &buffer)
        }
    }

    private var mayHaveBody: Bool { method != .head && status >= 200 && status != 204 && status != 304 }

    private func framesByClose(_ upstream: UpstreamConnection) -> Bool {
        guard connection.head.minorVersion == 0 else { return false }
        return upstream.framing == .chunked || upstream.framing == .untilClose || coder != nil
    }

    /// What the policy `compress` makes of the head of an answer that is passed on.
    private func codedHead(of upstream: UpstreamConnection) -> CodedHead? {
        guard plan?.compress != nil else { return nil }
        let tag = dropsTag ? nil : upstream.head.slice(of: .etag).map { upstream.head.copy($0) }
        let length = upstream.head.slice(of: .contentLength).flatMap { Int(upstream.head.text($0)) }
        return codedHead(of: upstream.head, status: status, tag: tag, length: length)
    }

    private static let neverReturned = FieldSet.hopByHop.union(FieldSet(.parley, .xRequestID))

    private func droppedAnswerFields(_ upstream: UpstreamConnection) -> FieldSet {
        var dropped = Self.neverReturned
        if upstream.head.present.has(.location) { dropped.add(.location) }
        if upstream.head.present.has(.contentLocation) { dropped.add(.contentLocation) }
        if dropsTag { dropped.add(.etag) }
        if status == 204 || status < 200 { dropped.add(.contentLength) }
        return dropped
    }

    /// Names, in lower case, of the fields of an upstream's answer that the gateway writes or removes.
    func answerNames(of head: borrowing MessageHead) -> [[UInt8]] {
        var names = plan?.headers?.response.dropped ?? []
        if plan?.cors != nil {
            names += Self.corsNames
        }
        if head.present.has(.connection) { names += head.nominatedNames() }
        if !limitLines.isEmpty { names += Self.limitNames }
        return names
    }

    private static let limitNames = ["ratelimit", "ratelimit-policy"].map { Array($0.utf8) }
    private static let corsNames = [
        "access-control-allow-origin", "access-control-allow-credentials", "access-control-expose-headers",
    ].map { Array($0.utf8) }
}

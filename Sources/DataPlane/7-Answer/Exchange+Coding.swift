import ConflictEngine
import HTTPSemantics
import HTTPWire
import NIOCore

extension Exchange {
    /// What the policy `compress` makes of an answer's head.
    struct CodedHead {
        /// The coding, if the body is coded.
        var coding: AnswerCoding?
        /// Names, in lower case, of the upstream's fields that are left out.
        var dropped: [[UInt8]] = []
        /// Header lines instead.
        var lines: [UInt8] = []
        /// Whether the coder may be flushed when the upstream pauses.
        var mayFlush = false
    }

    // MARK: Requests

    /// Gives every tag in the request's conditions back the form that the upstream knows (standards §4.4), so that all
    /// that follows sees no other; `nil`, or why the request cannot go on.
    func mapConditionsBack() -> LocalReply? {
        let present = connection.head.present
        guard !present.intersection(Self.tagConditions).isEmpty else { return nil }
        let lines = ConditionLines(
            ifMatch: connection.head.values(of: .ifMatch),
            ifNoneMatch: connection.head.values(of: .ifNoneMatch),
            ifRange: connection.head.values(of: .ifRange),
            davIf: connection.head.values(of: .davIf)
        )
        clientNoneMatch = lines.ifNoneMatch
        let isRead = method == .get || method == .head
        guard let mapped = lines.mappedBack(isRead: isRead, accepted: acceptedCodings) else { return nil }
        return replaceConditions(mapped)
    }

    private static let tagConditions = FieldSet(.ifMatch, .ifNoneMatch, .ifRange, .davIf)

    /// Puts other condition fields into the head; the start line stays where it is, and what refers into it with it.
    private func replaceConditions(_ mapped: ConditionLines) -> LocalReply? {
        var buffer = ByteBuffer()
        var dropped = Self.tagConditions
        if !mapped.keepsRange { dropped.add(.range) }
        if !mapped.keepsModifiedSince { dropped.add(.ifModifiedSince) }
        connection.head.writeFields(except: dropped, names: [], withStartLine: true, to: &buffer)
        let fields = [
            ("If-Match", mapped.ifMatch), ("If-None-Match", mapped.ifNoneMatch), ("If-Range", mapped.ifRange),
            ("If", mapped.davIf),
        ]
        for (name, values) in fields {
            for value in values { buffer.writeBytes(Array("\(name): ".utf8) + value + [13, 10]) }
        }
        buffer.writeStaticString("\r\n")
        var head = MessageHead(.request)
        do throws(WireFault) {
            _ = try head.take(buffer.readableBytes, from: buffer.readableBytesSpan)
            connection.head = head
            return nil
        } catch {
            keepsAlive = false
            return .problem(.headersTooLarge, "The request's conditions were refused: \(error.explanation).")
        }
    }

    /// What the request accepts.
    private var acceptedCodings: AcceptEncoding {
        AcceptEncoding(lines: connection.head.values(of: .acceptEncoding))
    }

    // MARK: Answers

    /// Decides whether an answer of the upstream is coded, under the tag that it goes out with; `nil` without the policy.
    func codedHead(of upstream: borrowing MessageHead, status: Int, tag: [UInt8]?, length: Int?) -> CodedHead? {
        guard let rules = plan?.compress else { return nil }
        var answer = CompressionAnswer(status: status)
        answer.length = length
        let hasOneType = !upstream.repeated.has(.contentType)
        answer.contentType = hasOneType ? upstream.slice(of: .contentType).map { upstream.copy($0)[...] } : nil
        answer.etag = tag.map { $0[...] }
        answer.isTagRepeated = upstream.repeated.has(.etag)
        answer.isCoded = upstream.present.has(.contentEncoding)
        answer.isPartial = upstream.present.has(.contentRange)
        answer.forbidsTransforming = upstream.values(of: .cacheControl).contains {
            CacheDirective.forbidsTransforming($0[...])
        }
        let request = CompressionRequest(
            method: codedMethod,
            accepted: acceptedCodings,
            ifNoneMatch: clientNoneMatch,
            forbidsTransforming: connection.head.values(of: .cacheControl).contains {
                CacheDirective.forbidsTransforming($0[...])
            }
        )
        return codedHead(CompressionPlan.decide(request, answer, rules), answer, of: upstream)
    }

    private var codedMethod: CompressionRequest.Method {
        switch method {
        case .get, .head: .read
        case .put, .post, .patch, .delete: .write
        default: .other
        }
    }

    private func codedHead(
        _ plan: CompressionPlan,
        _ answer: CompressionAnswer,
        of upstream: borrowing MessageHead
    ) -> CodedHead {
        var head = CodedHead()
        var needsVary = true
        switch plan {
        case .leave(let reason, let tag):
            needsVary = reason.needsVary
            set(tag, in: &head)
        case .code(let coding, let tag):
            head.coding = coding
            head.mayFlush = CompressionPlan.allowsFlushing(answer)
            head.dropped += ["content-length", "accept-ranges"].map { Array($0.utf8) }
            for line in upstream.fields {
                let name = upstream.copy(line.name).map(ASCII.lower)
                if DigestFields.isDigest(name[...]) { head.dropped.append(name) }
            }
            head.lines += LocalReply.line("Content-Encoding", coding.rawValue)
            set(tag, in: &head)
        }
        if needsVary, let vary = VaryField.withAcceptEncoding(upstream.values(named: "vary")) {
            head.dropped.append(Array("vary".utf8))
            head.lines += Array("Vary: ".utf8) + vary + [13, 10]
        }
        return head
    }

    private func set(_ tag: [UInt8]?, in head: inout CodedHead) {
        guard let tag else { return }
        head.dropped.append(Array("etag".utf8))
        guard !isTagReplaced else { return }
        head.lines += Array("ETag: ".utf8) + tag + [13, 10]
    }

    /// Begins to code the body behind a head that says so.
    func startCoder(_ head: CodedHead) {
        guard let coding = head.coding, method != .head else { return }
        coder = AnswerCoder(coding, mayFlush: head.mayFlush)
    }

    /// Writes what came out of the coder; an answer whose coding failed is cut, so that nobody takes it for whole.
    func writeCoded(_ bytes: [UInt8]?) {
        guard let bytes else { return cutAnswer() }
        guard !bytes.isEmpty else { return }
        bodySent += bytes.count
        if isAnswerChunked { connection.withOutbox { ChunkedEncoder.writeSize(bytes.count, to: &$0) } }
        connection.write(ByteBuffer(bytes: bytes))
        if isAnswerChunked { connection.withOutbox { ChunkedEncoder.writeChunkEnd(to: &$0) } }
    }

    /// A tag of the upstream as clients of this route get it where no body goes with it.
    func shown(_ tag: EntityTag) -> EntityTag {
        plan?.compress == nil ? tag : CodedTag(original: tag, coding: nil).sent
    }
}

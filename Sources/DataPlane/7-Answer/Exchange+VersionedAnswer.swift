import ConflictEngine
import ContentCoding
import HTTPSemantics
import HTTPWire
import NIOCore

extension Exchange {
    /// Fields of a versioned answer that the gateway writes itself.
    private static let written = FieldSet.hopByHop.union(
        FieldSet(.parley, .xRequestID, .contentLength, .location, .contentLocation, .acceptRanges)
    )
    /// Fields that a 304 does not carry (RFC 9110 §15.4.5).
    private static let representationFields = FieldSet(
        .contentType,
        .contentEncoding,
        .contentLanguage,
        .contentRange,
        .lastModified
    )

    /// Passes an answer of the upstream on without a tag of the gateway.
    func passUntagged(_ upstream: UpstreamConnection, keepingTag: Bool) {
        dropsTag = !keepingTag
        writeAnswerHead(of: upstream)
    }

    /// Ends an answer that was passed on as it came.
    func endPlainly(_ upstream: UpstreamConnection) {
        versioning = nil
        if !hasBegunAnswer { writeAnswerHead(of: upstream) }
        endAnswer(trailers: upstream.trailers)
    }

    /// 304 with the fields that the 200 would have carried.
    func answerNotModified(_ upstream: UpstreamConnection, tag: EntityTag) {
        let coded = codedHead(of: upstream.head, status: 304, tag: tag.bytes, length: nil)
        let dropped = Self.written.union(Self.representationFields).union(FieldSet(.etag))
        beginOwnHead(304, upstream, except: dropped, coded) { write(tag, coded, to: &$0) }
        endVersioned()
    }

    /// 412 to a read whose If-Match or If-Unmodified-Since does not hold.
    func answerStaleRead(_ tag: EntityTag) {
        upstream = nil
        answer(staleReadReply(tag))
    }

    /// The 412 itself.
    func staleReadReply(_ tag: EntityTag) -> LocalReply {
        var report = ConflictReport(.staleVersion)
        report.yourVersion = connection.head.namedVersion(.ifMatch)
        report.currentVersion = tag.text
        return conflictReply(report)
    }

    /// 200, or 206 or 416 where a single range was asked for.
    func answerVersioned(_ upstream: UpstreamConnection, _ representation: Representation, tag: EntityTag) {
        let body = representation.body
        switch range(of: representation, tag: tag, in: upstream.head) {
        case .ignore: writeWhole(body, upstream, tag: tag)
        case .satisfiable(let range):
            conflictLines += Array("Content-Range: ".utf8)
            conflictLines += ByteRangeRequest.contentRange(range, of: body.count) + [13, 10]
            let coded = codedHead(of: upstream.head, status: 206, tag: tag.bytes, length: range.count)
            writeVersionedHead(206, upstream, tag: tag, length: range.count, coded)
            writeBody(body[range])
        case .unsatisfiable:
            self.upstream = nil
            let value = ByteRangeRequest.contentRange(unsatisfiedOf: body.count)
            return answer(
                .problem(
                    .rangeNotSatisfiable,
                    "The representation has \(body.count) bytes; the range lies outside.",
                    lines: Array("Content-Range: ".utf8) + value + [13, 10]
                )
            )
        }
        endVersioned()
    }

    /// Writes a whole representation, coded where the route does that.
    private func writeWhole(_ body: [UInt8], _ upstream: UpstreamConnection, tag: EntityTag) {
        let coded = codedHead(of: upstream.head, status: 200, tag: tag.bytes, length: body.count)
        guard let coding = coded?.coding.flatMap({ ContentCoding(rawValue: $0.rawValue) }) else {
            writeVersionedHead(200, upstream, tag: tag, length: body.count, coded)
            return writeBody(body[...])
        }
        guard let bytes = try? ContentEncoder.encoded(body, as: coding) else {
            // Without memory for the coder the answer is another one than was decided on.
            keepsAlive = false
            return answer(.unavailable(.overloaded, "The answer could not be coded."))
        }
        writeVersionedHead(200, upstream, tag: tag, length: bytes.count, coded)
        writeBody(bytes[...])
    }

    /// Writes the line with the tag, as it is given out, unless the route has another say in it.
    private func write(_ tag: EntityTag, _ coded: CodedHead?, to buffer: inout ByteBuffer) {
        guard coded?.dropped.contains(Array("etag".utf8)) != true, !isTagReplaced else { return }
        buffer.writeStaticString("ETag: ")
        buffer.writeBytes(tag.bytes)
        buffer.writeStaticString("\r\n")
    }

    private func range(
        of representation: Representation,
        tag: EntityTag,
        in head: borrowing MessageHead
    ) -> ByteRangeRequest {
        guard method == .get, connection.head.present.has(.range) else { return .ignore }
        if let slice = connection.head.slice(of: .ifRange) {
            let date = head.slice(of: .date).flatMap { HTTPDate.seconds(parsing: head.copy($0)) }
            let condition = IfRange(field: connection.head.copy(slice))
            let holds =
                !connection.head.repeated.has(.ifRange)
                && condition.holds(tag: tag, lastModified: representation.lastModified, date: date)
            guard holds else { return .ignore }
        }
        return ByteRangeRequest(fieldLines: connection.head.values(of: .range), length: representation.body.count)
    }

    private func writeVersionedHead(
        _ status: Int,
        _ upstream: UpstreamConnection,
        tag: EntityTag,
        length: Int,
        _ coded: CodedHead?
    ) {
        beginOwnHead(status, upstream, except: Self.written.union(FieldSet(.etag)), coded) { buffer in
            write(tag, coded, to: &buffer)
            if coded?.coding == nil { buffer.writeStaticString("Accept-Ranges: bytes\r\n") }
            buffer.writeStaticString("Content-Length: ")
            StatusLine.writeDigits(length, to: &buffer)
            buffer.writeStaticString("\r\n")
        }
    }

    /// Writes a head of the gateway's own status with the upstream's fields and some of its own.
    func beginOwnHead(
        _ status: Int,
        _ upstream: UpstreamConnection,
        except dropped: FieldSet,
        _ coded: CodedHead? = nil,
        _ own: (inout ByteBuffer) -> Void
    ) {
        hasBegunAnswer = true
        self.status = status
        if !connection.isBodyComplete || loop.isDraining { keepsAlive = false }
        connection.withOutbox { buffer in
            if status == upstream.head.status {
                writeStatusLine(of: upstream, to: &buffer)
            } else {
                StatusLine.write(status, to: &buffer)
            }
            let names = answerNames(of: upstream.head) + (coded?.dropped ?? [])
            upstream.head.writeFields(except: dropped, names: names, to: &buffer)
            writeLocations(of: upstream, to: &buffer)
            writeMissingDate(of: upstream.head, to: &buffer)
            if let coded { buffer.writeBytes(coded.lines) }
            own(&buffer)
            writeCommonLines(isPreflight: false, to: &buffer)
            buffer.writeStaticString("\r\n")
        }
    }

    /// Writes a body that is there whole.
    func writeBody(_ body: ArraySlice<UInt8>) {
        guard method != .head, !body.isEmpty else { return }
        bodySent = body.count
        if body.count <= 16 * 1024 {
            connection.withOutbox { _ = $0.writeBytes(body) }
        } else {
            connection.write(ByteBuffer(bytes: body))
        }
    }

    /// Ends an answer that the gateway wrote itself.
    func endVersioned() {
        upstream = nil
        finish()
    }
}

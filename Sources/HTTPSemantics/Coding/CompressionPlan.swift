/// Whether an answer is coded on the way to the client, and under which tag it goes out.
///
/// To carry out ``code(_:tag:)``: set `Content-Encoding` to the coding's name and `ETag` to the tag; remove
/// `Content-Length` (unless the coded body is there whole), `Accept-Ranges` and every field of ``DigestFields``, from
/// trailers too; add to `Vary` with ``VaryField``. For HEAD do the same with the head alone, so that it is the head that
/// GET would get.
package enum CompressionPlan: Sendable, Equatable {
    /// The body goes out as it came; `tag` is what `ETag` becomes, `nil` where it stays as it is.
    case leave(Reason, tag: [UInt8]?)
    /// The body goes out in the coding; `tag` is what `ETag` becomes, `nil` where it stays as it is.
    case code(AnswerCoding, tag: [UInt8]?)

    /// Why a body goes out as it came.
    package enum Reason: Sendable, Equatable {
        /// There is none: 1xx, 204, 205, or no bytes.
        case noContent
        /// 304: there is none, and the tag is that of the answer that the client holds.
        case notModified
        /// It is a part: 206, or `Content-Range`.
        case partial
        /// The upstream has coded it.
        case alreadyCoded
        /// `no-transform`, on either side.
        case transformForbidden
        /// The media type is not one that shrinks, or not known.
        case typeNotWorthwhile
        /// It is shorter than the rules want.
        case tooShort
        /// The upstream's tag is malformed or there are several, so that it could not be mapped back (log it).
        case tagNotMappable
        /// The method is not known, and so whether the tag names this body.
        case tagOfUnknownMeaning
        /// The request takes none of the codings offered.
        case notAccepted

        /// Whether another request would have got another coding, so that ``VaryField`` is due all the same.
        ///
        /// On 304 it may be so, and saying it does no harm.
        package var needsVary: Bool { self == .notAccepted || self == .notModified }
    }

    /// Decides about one answer.
    ///
    /// Where the request refuses uncoded bytes (`identity;q=0`), neither length nor media type is asked, since to leave
    /// the body as it is would be to send what the client says it cannot take.
    package static func decide(
        _ request: CompressionRequest,
        _ answer: CompressionAnswer,
        _ rules: CompressionRules
    ) -> CompressionPlan {
        if answer.status == 304 { return .leave(.notModified, tag: notModifiedTag(request, answer, rules)) }
        if let reason = reasonToLeave(request, answer, rules) {
            return .leave(reason, tag: tag(answer, coding: nil))
        }
        guard let coding = request.accepted.choice(among: rules.codings) else {
            return .leave(.notAccepted, tag: tag(answer, coding: nil))
        }
        // A write's answer holds something else than what its tag names, which the client sent uncoded.
        return .code(coding, tag: tag(answer, coding: request.method == .write ? nil : coding))
    }

    /// Whether flushing is in order when the upstream pauses: a strong tag promises the same bytes each time.
    package static func allowsFlushing(_ answer: CompressionAnswer) -> Bool {
        guard let etag = answer.etag, !answer.isTagRepeated else { return true }
        return EntityTag(field: Array(etag))?.isWeak ?? true
    }

    private static func reasonToLeave(
        _ request: CompressionRequest,
        _ answer: CompressionAnswer,
        _ rules: CompressionRules
    ) -> Reason? {
        if answer.status < 200 || answer.status == 204 || answer.status == 205 || answer.length == 0 {
            return .noContent
        }
        if answer.status == 206 || answer.isPartial { return .partial }
        if answer.isCoded { return .alreadyCoded }
        if answer.forbidsTransforming || request.forbidsTransforming { return .transformForbidden }
        if !request.accepted.refusesUncoded {
            guard let type = answer.contentType, CompressibleType.isWorthwhile(type) else { return .typeNotWorthwhile }
            if let length = answer.length, length < rules.minimumLength { return .tooShort }
        }
        guard let etag = answer.etag else { return nil }
        if answer.isTagRepeated || EntityTag(field: Array(etag)) == nil { return .tagNotMappable }
        return request.method == .other ? .tagOfUnknownMeaning : nil
    }

    private static func tag(_ answer: CompressionAnswer, coding: AnswerCoding?) -> [UInt8]? {
        guard let etag = answer.etag, !answer.isTagRepeated else { return nil }
        return CodedTagFields.mappedOut(etag: etag, coding: coding)
    }

    private static func notModifiedTag(
        _ request: CompressionRequest,
        _ answer: CompressionAnswer,
        _ rules: CompressionRules
    ) -> [UInt8]? {
        guard let etag = answer.etag, !answer.isTagRepeated else { return nil }
        return NotModifiedTag.mappedOut(
            etag: etag,
            lines: request.ifNoneMatch,
            accepted: request.accepted,
            offered: rules.codings
        )
    }
}

/// The lines of the fields of a request that name entity tags, and of those whose meaning hangs on them.
package struct ConditionLines: Sendable, Equatable {
    /// `If-Match`.
    package var ifMatch: [[UInt8]]
    /// `If-None-Match`.
    package var ifNoneMatch: [[UInt8]]
    /// `If-Range`.
    package var ifRange: [[UInt8]]
    /// `If` of WebDAV.
    package var davIf: [[UInt8]]
    /// Whether `Range` goes along.
    package var keepsRange = true
    /// Whether `If-Modified-Since` goes along.
    package var keepsModifiedSince = true

    /// The lines of each field in order, without white space around them; a field that is absent has none.
    package init(
        ifMatch: [[UInt8]] = [],
        ifNoneMatch: [[UInt8]] = [],
        ifRange: [[UInt8]] = [],
        davIf: [[UInt8]] = []
    ) {
        self.ifMatch = ifMatch
        self.ifNoneMatch = ifNoneMatch
        self.ifRange = ifRange
        self.davIf = davIf
    }

    /// The conditions as whoever judges them is to see them; `nil` if all stay as they are.
    ///
    /// That is the upstream, or the gateway itself at level `serialise`. `isRead` says whether the method is GET or
    /// HEAD, `accepted` what the request accepts.
    ///
    /// 1. Every tag in every field is the upstream's again, on every method (standards §4.4, rule 2), but for these:
    /// 2. Ranges are only ever served of uncoded bytes. A client that names a coded representation in `If-Range` or
    ///    `If-Match` holds coded bytes, and a piece of the uncoded ones would spoil them: `Range` and `If-Range` are
    ///    left out, so that the whole is sent again (RFC 9110, section 14.2 allows it).
    /// 3. On a read, `If-None-Match` asks whether the client may keep what it holds. A coded representation that the
    ///    request does not accept is none that it could be sent, so a 304 would be wrong: that member is left out, and
    ///    with the last one the field, and then `If-Modified-Since` too, which the field would have overruled.
    ///    On a write all members are mapped, since there the question is which version is current.
    package func mappedBack(isRead: Bool, accepted: AcceptEncoding) -> ConditionLines? {
        guard
            ifMatch.contains(where: CodedTagFields.mayHoldOurs)
                || ifNoneMatch.contains(where: CodedTagFields.mayHoldOurs)
                || ifRange.contains(where: CodedTagFields.mayHoldOurs)
                || davIf.contains(where: CodedTagFields.mayHoldOurs)
        else { return nil }
        var mapped = self
        mapped.ifMatch = ifMatch.map { CodedTagFields.mappedBack(list: $0) ?? $0 }
        mapped.ifRange = ifRange.map { CodedTagFields.mappedBack(list: $0) ?? $0 }
        mapped.davIf = davIf.map { CodedTagFields.mappedBack(davIf: $0) ?? $0 }
        let kept = isRead ? ifNoneMatch.compactMap { Self.keepable($0, accepted) } : ifNoneMatch
        mapped.ifNoneMatch = kept.map { CodedTagFields.mappedBack(list: $0) ?? $0 }
        mapped.keepsModifiedSince = kept.isEmpty == ifNoneMatch.isEmpty
        if isRead, (ifMatch + ifRange).contains(where: CodedTagFields.namesCoded) {
            mapped.ifRange = []
            mapped.keepsRange = false
        }
        return mapped == self ? nil : mapped
    }

    /// A line of `If-None-Match` without the coded representations that are not accepted; `nil` if nothing is left.
    ///
    /// A line with a malformed member stays whole: it is the upstream's to judge.
    private static func keepable(_ line: [UInt8], _ accepted: AcceptEncoding) -> [UInt8]? {
        guard CodedTagFields.mayHoldOurs(line) else { return line }
        var kept: [EntityTag] = []
        var count = 0
        for member in EntityTagMembers(line) {
            guard let tag = member.tag else { return line }
            count += 1
            if let coding = CodedTag(sent: tag).coding, !accepted.accepts(coding) { continue }
            kept.append(tag)
        }
        if kept.count == count { return line }
        return kept.isEmpty ? nil : Array(kept.map(\.bytes).joined(separator: [ASCII.comma, ASCII.space]))
    }
}

/// Which tag a 304 carries on a route that codes answers.
package enum NotModifiedTag {
    /// `ETag` of a 304 as the client gets it; `nil` if the upstream's stays as it is.
    ///
    /// A 304 says which stored answer is still good (RFC 9111, section 4.3.4), and has no body from which its coding
    /// could be told. So it names the one that the client itself named: among the members of the request's
    /// `If-None-Match` that stand for the upstream's tag and that the request accepts, the one in the coding that would
    /// be chosen now, else the uncoded one, else the first. Where no member does (`*`, or only `If-Modified-Since`),
    /// it is the tag in the coding that would be chosen now. `lines` are the client's, not yet mapped back.
    package static func mappedOut(
        etag: ArraySlice<UInt8>,
        lines: [[UInt8]],
        accepted: AcceptEncoding,
        offered: [AnswerCoding]
    ) -> [UInt8]? {
        guard let tag = EntityTag(field: Array(etag)) else { return nil }
        let wanted = accepted.choice(among: offered)
        let coding = coding(of: tag, in: lines, accepted, wanted)
        return CodedTagFields.mappedOut(etag: etag, coding: coding)
    }

    private static func coding(
        of tag: EntityTag,
        in lines: [[UInt8]],
        _ accepted: AcceptEncoding,
        _ wanted: AnswerCoding?
    ) -> AnswerCoding? {
        var first: AnswerCoding?
        var hasUncoded = false
        for member in lines.lazy.flatMap({ EntityTagMembers($0) }) {
            guard let named = member.tag.map(CodedTag.init(sent:)), named.original.matchesWeakly(tag) else { continue }
            if named.coding == wanted { return wanted }
            if let coding = named.coding {
                if first == nil, accepted.accepts(coding) { first = coding }
            } else {
                hasUncoded = true
            }
        }
        if hasUncoded { return nil }
        return first ?? wanted
    }
}

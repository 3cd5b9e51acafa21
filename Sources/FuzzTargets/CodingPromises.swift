import HTTPSemantics

/// What holds for the fields that bear on coding answers, and for entity tags on their way out and back.
enum CodingPromises {
    /// Reads `input` as each of these fields; its lines are those of a repeated field.
    static func check(_ input: [UInt8]) throws(Disagreement) {
        let lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
        let tags = lines.compactMap { EntityTag(field: $0) }
        for tag in tags.prefix(8) { try checkTag(tag) }
        for line in lines.prefix(8) {
            try checkList(line)
            try checkDAVIf(line)
        }
        try checkConditions(lines)
        try checkAccepting(lines)
        try checkVary(lines)
        try checkPlan(lines)
    }

    /// Out and back is no change, and no two codings share a tag.
    private static func checkTag(_ tag: EntityTag) throws(Disagreement) {
        let codings: [AnswerCoding?] = [nil] + AnswerCoding.allCases
        var seen: Set<EntityTag> = []
        for coding in codings {
            let coded = CodedTag(original: tag, coding: coding)
            try Disagreement.unless(CodedTag(sent: coded.sent) == coded, "a tag does not come back as it went out")
            try Disagreement.unless(coded.sent.isWeak == tag.isWeak, "a tag changes its weakness")
            try Disagreement.unless(seen.insert(coded.sent).inserted, "two codings share a tag")
            let field = CodedTagFields.mappedOut(etag: tag.bytes[...], coding: coding) ?? tag.bytes
            try Disagreement.unless(field == coded.sent.bytes, "a field is not mapped as its tag is")
            let back = CodedTagFields.mappedBack(list: field) ?? field
            try Disagreement.unless(back == tag.bytes, "a field does not come back as it went out")
        }
    }

    /// Mapping a list is mapping each of its members.
    private static func checkList(_ line: [UInt8]) throws(Disagreement) {
        let mapped = CodedTagFields.mappedBack(list: line)
        try Disagreement.unless(mapped != line, "a change that changes nothing")
        try Disagreement.unless((mapped ?? line).count <= line.count, "a list grows on its way back")
        guard case .tags(let tags)? = try? EntityTagCondition(fieldLines: [line]) else { return }
        let wanted = tags.map { CodedTag(sent: $0).original }
        let found = try? EntityTagCondition(fieldLines: [mapped ?? line])
        try Disagreement.unless(found == .tags(wanted), "a list is not mapped member by member")
        let isCoded = tags.contains { CodedTag(sent: $0).coding != nil }
        try Disagreement.unless(CodedTagFields.namesCoded(line) == isCoded, "a coded tag is overlooked, or made up")
    }

    /// What is left when the suffixes are taken away is the same before and after.
    private static func checkDAVIf(_ line: [UInt8]) throws(Disagreement) {
        guard let mapped = CodedTagFields.mappedBack(davIf: line) else { return }
        try Disagreement.unless(mapped.count < line.count, "a WebDAV condition changes without losing a suffix")
        let brackets = { (bytes: [UInt8]) in bytes.filter { [0x28, 0x29, 0x3C, 0x3E, 0x5B, 0x5D].contains($0) } }
        try Disagreement.unless(brackets(mapped) == brackets(line), "a WebDAV condition changes its shape")
    }

    private static func checkConditions(_ lines: [[UInt8]]) throws(Disagreement) {
        let conditions = ConditionLines(ifMatch: lines, ifNoneMatch: lines, ifRange: lines, davIf: lines)
        let accepted = AcceptEncoding(lines: lines)
        for isRead in [true, false] {
            guard let mapped = conditions.mappedBack(isRead: isRead, accepted: accepted) else { continue }
            try Disagreement.unless(mapped != conditions, "conditions change to what they were")
            try Disagreement.unless(mapped.ifMatch.count == lines.count, "a line of If-Match is lost")
            let isWhole = mapped.ifNoneMatch.count == lines.count && mapped.keepsRange && mapped.keepsModifiedSince
            try Disagreement.unless(isRead || isWhole, "a write loses a condition")
        }
    }

    private static func checkAccepting(_ lines: [[UInt8]]) throws(Disagreement) {
        let accepted = AcceptEncoding(lines: lines)
        let chosen = accepted.choice(among: AnswerCoding.allCases)
        try Disagreement.unless(chosen.map(accepted.accepts) ?? true, "a coding is chosen that is not accepted")
        try Disagreement.unless(accepted.choice(among: []) == nil, "a coding is chosen that is not offered")
    }

    private static func checkVary(_ lines: [[UInt8]]) throws(Disagreement) {
        guard let merged = VaryField.withAcceptEncoding(lines) else { return }
        try Disagreement.unless(VaryField.withAcceptEncoding([merged]) == nil, "Vary names Accept-Encoding twice")
    }

    private static func checkPlan(_ lines: [[UInt8]]) throws(Disagreement) {
        let first = lines.first ?? []
        let request = CompressionRequest(
            method: .read,
            accepted: AcceptEncoding(lines: lines),
            ifNoneMatch: lines,
            forbidsTransforming: CacheDirective.forbidsTransforming(first[...])
        )
        for status in [200, 206, 304] {
            var answer = CompressionAnswer(status: status)
            answer.contentType = lines.last?[...]
            answer.etag = first[...]
            let plan = CompressionPlan.decide(request, answer, CompressionRules())
            guard case .code(_, let tag) = plan else { continue }
            let back = tag.flatMap { CodedTagFields.mappedBack(list: $0) }
            try Disagreement.unless(status == 200, "an answer with \(status) is coded")
            try Disagreement.unless(back == EntityTag(field: first)?.bytes, "a coded answer's tag does not lead back")
        }
        _ = DigestFields.recomputed(lines, original: [], coded: []) { _, _ in [] }
    }
}

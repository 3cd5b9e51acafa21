import HTTPSemantics

/// What holds for the `If` field, the small fields beside it, and the bodies of LOCK requests.
enum LockPromises {
    /// Reads `input` as each of these; its lines are those of a repeated field.
    static func check(_ input: [UInt8]) throws(Disagreement) {
        let lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
        try checkCondition(lines)
        try checkCondition([input])
        try checkFields(lines)
        try checkBody(input)
        try checkText(input)
    }

    private static func checkCondition(_ lines: [[UInt8]]) throws(Disagreement) {
        let header: IfHeader
        do throws(IfHeaderFault) {
            header = try IfHeader(fieldLines: lines)
        } catch {
            let length = lines.first?.count ?? 0
            try Disagreement.unless((0...length).contains(error.offset), "a fault at \(error.offset) of \(length)")
            return try Disagreement.unless(!error.summary.isEmpty, "a fault without words")
        }
        let again = try? IfHeader(fieldLines: [header.bytes])
        try Disagreement.unless(again == header, "an If field does not read as it was written")
        try Disagreement.unless(!header.submittedTokens.contains(.noLock), "DAV:no-lock counts as a lock")
        let everything = IfResourceState(tokens: Set(header.submittedTokens))
        let isSatisfied = header.holds { _ in everything }
        let asks = header.productions.flatMap(\.lists).contains { list in
            list.allSatisfy { $0.holds(for: everything) }
        }
        try Disagreement.unless(isSatisfied == asks, "an If field is not the alternative of its lists")
    }

    private static func checkFields(_ lines: [[UInt8]]) throws(Disagreement) {
        let seconds = TimeoutField(fieldLines: lines).seconds(cappedAt: 600)
        try Disagreement.unless((1...600).contains(seconds), "a timeout of \(seconds) s where 600 are the most")
        _ = try? DepthField.ofLock(lines)
        guard let field = try? LockTokenField(fieldLines: lines) else { return }
        let again = try? LockTokenField(fieldLines: [field.bytes])
        try Disagreement.unless(again == field, "a lock token does not read as it was written")
    }

    private static func checkBody(_ body: [UInt8]) throws(Disagreement) {
        let info: LockInfo
        do throws(XMLFault) {
            info = try LockInfo(body: body)
        } catch {
            let isInside = (0...body.count).contains(error.offset)
            return try Disagreement.unless(isInside, "a fault at \(error.offset) of \(body.count)")
        }
        try Disagreement.unless(Self.isDocument(body), "the body of a lock is no XML")
        let again = try? LockInfo(body: info.bytes)
        try Disagreement.unless(again == info, "a lockinfo does not read as it was written")
        guard let owner = info.owner else { return }
        let same = try? LockOwner(element: owner.element)
        try Disagreement.unless(same == owner, "an owner does not read as it was written")
        let lock = ActiveLock(
            scope: info.scope,
            depth: .infinity,
            owner: owner.element,
            timeout: 1,
            token: .noLock,
            root: body
        )
        let answer = DAVDocument.lockDiscovery([lock, lock])
        try Disagreement.unless(Self.isDocument(answer), "an owner breaks the answer that repeats it")
    }

    private static func checkText(_ text: [UInt8]) throws(Disagreement) {
        let answer = DAVDocument.error(.lockTokenSubmitted([text, text]))
        try Disagreement.unless(Self.isDocument(answer), "a path breaks the answer that names it")
        guard let owner = LockOwner(text: String(decoding: text, as: UTF8.self)) else { return }
        try Disagreement.unless(Self.isDocument(owner.element), "an owner of text is no XML")
    }

    private static func isDocument(_ bytes: [UInt8]) -> Bool {
        do throws(XMLFault) {
            try XMLText.check(bytes)
            return true
        } catch {
            return false
        }
    }
}

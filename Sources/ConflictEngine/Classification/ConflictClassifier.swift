package import Catalog

/// Decides of which kind a conflict in an upstream's answer is, or that there is none.
///
/// Asks the operator's rules first, then the dialects of known systems, then codes that speak for themselves, then
/// words. A status that always means conflict (409, 412, 423, 428) gets a kind in any case; others need proof in
/// headers or body.
package struct ConflictClassifier: Sendable {
    /// Statuses that mean conflict whatever else is said.
    package static let alwaysConflict: Set<Int> = [409, 412, 423, 428]
    /// Statuses that hide a conflict now and then.
    package static let sometimesConflict: Set<Int> = [400, 405, 422, 424, 429, 449, 500, 503]

    private let rules: [RuleMatcher]

    /// A classifier that tries `rules` before the built-in ones.
    package init(rules: [ClassificationRule] = []) {
        self.rules = rules.compactMap { RuleMatcher($0) }
    }

    /// Whether answers with this status have to be looked at.
    package func inspects(status: Int) -> Bool {
        Self.alwaysConflict.contains(status) || Self.sometimesConflict.contains(status)
            || rules.contains { $0.status == status }
    }

    /// The conflict that an answer reports, or `nil`.
    ///
    /// Looks at 64 KiB of the body at most; never fails.
    package func classify(_ answer: ObservedAnswer) -> ConflictFinding? {
        guard inspects(status: answer.status) else { return nil }
        if let rule = rules.first(where: { $0.matches(answer) }) {
            return FindingDetails.complete(rule.kind, dialect: "rule", reading: AnswerReading(answer))
        }
        let isConflict = Self.alwaysConflict.contains(answer.status)
        guard isConflict || Self.sometimesConflict.contains(answer.status) else { return nil }
        let reading = AnswerReading(answer)
        guard let verdict = verdict(reading) else { return nil }
        return FindingDetails.complete(verdict.kind, dialect: verdict.dialect, reading: reading)
    }

    private func verdict(_ reading: AnswerReading) -> (kind: ConflictKind, dialect: String?)? {
        let answer = reading.answer
        switch answer.status {
        case 409 where answer.isRead: return (.suspectedBlock, nil)
        case 423: return (.locked, dialect(of: reading)?.name)
        case 428: return (.preconditionMissing, dialect(of: reading)?.name)
        default: break
        }
        let known = dialect(of: reading)
        if let known, let kind = known.kind {
            return Self.isCredible(kind, reading) ? (Self.refined(kind, answer), known.name) : nil
        }
        if let kind = Self.generalKind(reading, isOrdinary: known != nil) {
            return (Self.refined(kind, answer), known?.name)
        }
        return reading.statusIsConflict ? (Self.silentKind(reading), known?.name) : nil
    }

    /// The first dialect with an opinion; `kind` is `nil` where it says that the error is an ordinary one.
    private func dialect(of reading: AnswerReading) -> (name: String, kind: ConflictKind?)? {
        for dialect in DialectOrder.all {
            switch dialect.judge(reading) {
            case .conflict(let kind): return (dialect.name, kind)
            case .ordinary: return (dialect.name, nil)
            case nil: continue
            }
        }
        return nil
    }

    private static func generalKind(_ reading: AnswerReading, isOrdinary: Bool) -> ConflictKind? {
        let answer = reading.answer
        if reading.statusIsConflict { return conflictKind(reading) }
        guard !isOrdinary else { return nil }
        let kind: ConflictKind? =
            switch answer.status {
            case 429: StrictWords.inRateLimit(reading)
            case 500, 503: GeneralCodes.kind(reading) ?? StrictWords.inServerError(reading)
            default: IdempotencyWords.kind(reading) ?? GeneralCodes.kind(reading) ?? StrictWords.inClientError(reading)
            }
        return kind.flatMap { isCredible($0, reading) ? $0 : nil }
    }

    /// The kind of a 409 or 412 that no dialect knows.
    private static func conflictKind(_ reading: AnswerReading) -> ConflictKind? {
        let answer = reading.answer
        if answer.status == 412 {
            // The condition that was sent has failed; words cannot say anything truer.
            if answer.conditions.ifNoneMatchAny { return .alreadyExists }
            if answer.conditions.namedVersion { return .staleVersion }
        }
        return IdempotencyWords.kind(reading) ?? GeneralCodes.kind(reading) ?? LooseWords.kind(reading)
    }

    /// The kind where the answer says nothing but its status.
    private static func silentKind(_ reading: AnswerReading) -> ConflictKind {
        let answer = reading.answer
        if answer.status == 412 { return .staleVersion }
        if answer.conditions.ifNoneMatchAny { return .alreadyExists }
        guard answer.field("retry-after") != nil else { return .unspecified }
        return answer.conditions.idempotencyKey ? .duplicateInFlight : .contended
    }

    /// Reads do not collide with anything but locks.
    private static func isCredible(_ kind: ConflictKind, _ reading: AnswerReading) -> Bool {
        let answer = reading.answer
        guard answer.isRead || answer.method == "OPTIONS", !alwaysConflict.contains(answer.status) else { return true }
        return kind == .contended || kind == .locked
    }

    /// Stale versions have two names: with a precondition in the header and without.
    private static func refined(_ kind: ConflictKind, _ answer: ObservedAnswer) -> ConflictKind {
        guard kind == .staleVersion || kind == .staleVersionImplicit else { return kind }
        return answer.status == 412 || answer.conditions.namedVersion ? .staleVersion : .staleVersionImplicit
    }
}

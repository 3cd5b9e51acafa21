import HTTPSemantics

/// Fills a finding with what else the answer tells.
enum FindingDetails {
    /// The finding with message, version, waiting time and field.
    static func complete(_ kind: ConflictKind, dialect: String?, reading: AnswerReading) -> ConflictFinding {
        ConflictFinding(
            kind: kind,
            dialect: dialect,
            message: message(reading),
            currentVersion: currentVersion(kind, reading),
            retryAfterSeconds: retryAfter(reading),
            field: field(kind, reading),
        )
    }

    private static func message(_ reading: AnswerReading) -> String? {
        let best = reading.pieces.enumerated().min { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        guard let piece = best?.element else { return nil }
        let text = SecretRedaction.redacted(piece.searchable)
        return text.isEmpty ? nil : text
    }

    private static let versionKeys: Set<String> = [
        "currentversion", "currentetag", "currentrevision", "latestversion", "serverversion", "actualversion",
        "currentrev",
        "latestrevision", "existingversion", "foundversion",
    ]

    private static func currentVersion(_ kind: ConflictKind, _ reading: AnswerReading) -> String? {
        if kind == .offset {
            return reading.answer.field("upload-offset") ?? reading.anyValue("expectedoffset")
                ?? reading.anyValue("correctoffset")
        }
        guard kind == .staleVersion || kind == .staleVersionImplicit else { return nil }
        if let named = reading.members.first(where: { versionKeys.contains($0.key) })?.value { return bounded(named) }
        if let number = BracketedName.after("current document has seqno [", in: reading.words),
            let term = BracketedName.after("and primary term [", in: reading.words)
        {
            return "\(number)/\(term)"
        }
        for opening in ["current version is: [", "current version ["] {
            if let version = BracketedName.after(opening, in: reading.words) { return version }
        }
        // On other statuses frameworks add tags of the error page itself.
        guard reading.answer.status == 412, let tag = reading.answer.field("etag"), tag.hasPrefix("\"") else {
            return nil
        }
        return bounded(tag)
    }

    private static func retryAfter(_ reading: AnswerReading) -> Int? {
        let answer = reading.answer
        if let value = answer.field("retry-after") {
            if let seconds = Int(value), seconds >= 0 { return min(seconds, 31_536_000) }
            if let date = HTTPDate.seconds(parsing: Array(value.utf8)), let now = answer.field("date"),
                let start = HTTPDate.seconds(parsing: Array(now.utf8)), date >= start
            {
                let (wait, overflow) = date.subtractingReportingOverflow(start)
                return overflow ? nil : Int(min(wait, 31_536_000))
            }
        }
        if let value = answer.field("x-ms-retry-after-ms") ?? answer.field("retry-after-ms"), let wait = Int(value),
            wait >= 0
        {
            return min(wait, 31_536_000_000) / 1000 + (wait % 1000 > 0 ? 1 : 0)
        }
        let named = reading.anyValue("retryafterseconds") ?? reading.anyValue("retryafter")
        return named.flatMap { Int($0) }.flatMap { $0 >= 0 ? min($0, 31_536_000) : nil }
    }

    private static let constraintOpenings = [
        "unique constraint \"", "foreign key constraint \"", "exclusion constraint \"", "for key '",
        "unique key constraint '",
        "constraint \"", "constraint '", "constraint [", "unique index '", "key (", "dup key: { ", "fields: (",
    ]

    private static func field(_ kind: ConflictKind, _ reading: AnswerReading) -> String? {
        guard [.uniqueness, .referential, .alreadyExists, .fieldOwnership].contains(kind) else { return nil }
        if kind == .fieldOwnership, let field = reading.value("details.causes.field") { return bounded(field) }
        for opening in constraintOpenings {
            guard let name = BracketedName.after(opening, in: reading.words) ?? wordAfter(opening, reading) else {
                continue
            }
            return bounded(name)
        }
        for opening in ["unique constraint failed: ", "index: "] {
            if let name = BracketedName.word(after: opening, in: reading.words) { return bounded(name) }
        }
        if let named = reading.members.first(where: { ["field", "target", "constraint", "attribute"].contains($0.key) })
        {
            return bounded(named.value)
        }
        guard kind == .uniqueness, let piece = reading.pieces.first(where: { $0.nameSpeaks }) else { return nil }
        return bounded(piece.name)
    }

    private static func wordAfter(_ opening: String, _ reading: AnswerReading) -> String? {
        opening.hasSuffix("{ ") ? BracketedName.word(after: opening, in: reading.words) : nil
    }

    private static func bounded(_ text: String) -> String {
        SecretRedaction.redacted(text, limit: 256)
    }
}

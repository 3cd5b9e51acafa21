/// Exact codes of a vendor and the kind that each one shows.
struct CodeTable: Sendable {
    private var kinds: [String: ConflictKind] = [:]

    /// A table of kinds, each with the codes that show it, separated by spaces, in any spelling.
    init(_ rows: [(kind: ConflictKind, codes: String)]) {
        for row in rows {
            for code in row.codes.split(separator: " ") { kinds[ASCIIText.squeezed(String(code))] = row.kind }
        }
    }

    /// The kind of the first code that the table knows.
    func kind(_ reading: AnswerReading) -> ConflictKind? {
        for code in reading.codes {
            if let kind = kinds[code.whole] ?? kinds[code.name] { return kind }
            // Java has its own ConcurrentModificationException, which is a mistake in a program.
            guard reading.answer.status < 500 else { continue }
            for suffix in ["exception", "fault", "error"] where code.name.hasSuffix(suffix) {
                if let kind = kinds[String(code.name.dropLast(suffix.count))] { return kind }
            }
        }
        return nil
    }

    /// The kind of the first of some codes that the table knows.
    func kind(of codes: [ErrorCode]) -> ConflictKind? {
        codes.lazy.compactMap { kinds[$0.name] }.first
    }

    /// The kind as a judgement.
    func judge(_ reading: AnswerReading) -> Judgement? {
        kind(reading).map { .conflict($0) }
    }
}

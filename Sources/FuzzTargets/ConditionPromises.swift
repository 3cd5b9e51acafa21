import HTTPSemantics

/// What holds for entity tags, conditions, ranges and dates.
enum ConditionPromises {
    /// Reads `input` as each of these fields; its lines are those of a repeated field.
    static func check(_ input: [UInt8]) throws(Disagreement) {
        let lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
        try checkTag(input)
        try checkCondition(lines)
        try checkDates(input)
        for length in [0, 1, 10, 1000, Int.max] { try checkRange(lines, length) }
        try checkEvaluation(lines)
        _ = IfRange(field: input).holds(tag: EntityTag(field: input), lastModified: 1, date: 2)
        _ = MediaType(field: input)?.parameter("charset")
    }

    private static func checkTag(_ field: [UInt8]) throws(Disagreement) {
        guard let tag = EntityTag(field: field) else { return }
        try Disagreement.unless(EntityTag(field: tag.bytes) == tag, "a tag does not read as it was written")
        try Disagreement.unless(tag.matchesStrongly(tag) == !tag.isWeak, "a tag does not match itself")
    }

    private static func checkCondition(_ lines: [[UInt8]]) throws(Disagreement) {
        guard case .tags(let tags)? = try? EntityTagCondition(fieldLines: lines) else { return }
        try Disagreement.unless(!tags.isEmpty, "a condition names no tags")
        let joined = Array(tags.map(\.bytes).joined(separator: Array(", ".utf8)))
        let again = try? EntityTagCondition(fieldLines: [joined])
        try Disagreement.unless(again == .tags(tags), "a list of tags does not read as it was written")
    }

    private static func checkEvaluation(_ lines: [[UInt8]]) throws(Disagreement) {
        let fields = ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since"]
        let tag = lines.lazy.compactMap { EntityTag(field: $0) }.first
        for isSafe in [true, false] {
            let read = { (name: String) -> [[UInt8]] in
                let place = fields.firstIndex(of: name.lowercased()) ?? 0
                return lines.enumerated().filter { $0.offset % fields.count == place }.map(\.element)
            }
            guard let conditions = try? Preconditions(reading: read, isSafe: isSafe) else { continue }
            let verdict = conditions.evaluate(
                isSafeRead: isSafe,
                current: .present(tag: tag, lastModified: 784_111_777)
            )
            let isRefusal = if case .failed = verdict { true } else { false }
            try Disagreement.unless(isSafe || isRefusal || verdict == .perform, "an unsafe method gets \(verdict)")
        }
    }

    private static func checkRange(_ lines: [[UInt8]], _ length: Int) throws(Disagreement) {
        guard case .satisfiable(let range) = ByteRangeRequest(fieldLines: lines, length: length) else { return }
        let fits = !range.isEmpty && range.lowerBound >= 0 && range.upperBound <= length
        try Disagreement.unless(fits, "the range \(range) of \(length) bytes")
        try Disagreement.unless(!ByteRangeRequest.contentRange(range, of: length).isEmpty, "an empty Content-Range")
    }

    private static func checkDates(_ field: [UInt8]) throws(Disagreement) {
        if let seconds = HTTPDate.seconds(parsing: field) {
            let again = HTTPDate.seconds(parsing: HTTPDate.bytes(seconds))
            try Disagreement.unless(again == seconds, "a date does not read as it was written")
        }
        if let milliseconds = RFC3339.milliseconds(parsing: field) {
            let again = RFC3339.milliseconds(parsing: RFC3339.bytes(milliseconds: milliseconds))
            try Disagreement.unless(again == milliseconds, "a time does not read as it was written")
        }
    }
}

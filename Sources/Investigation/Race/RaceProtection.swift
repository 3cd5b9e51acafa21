/// What an API was seen to do against lost updates.
package struct RaceProtection: Sendable, Equatable {
    /// The tags that reads came with.
    package enum Tags: String, Sendable {
        /// No ETag at all.
        case none
        /// Weak tags, which If-Match never matches (RFC 9110, section 13.1.1).
        case weak
        /// Strong tags.
        case strong
    }

    /// The tags that reads came with; strong if any was.
    package let tags: Tags
    /// Writes that carried If-Match.
    package let conditionalWrites: Int
    /// How many writes were refused or turned away, by status.
    package let refusals: [Int: Int]
    /// Writes whose If-Match named a version that another successful write had named too.
    package let staleConditionsAccepted: Int

    /// What `history` shows.
    package init(_ history: RaceHistory) {
        let reads = history.operations.filter { $0.method == "GET" && $0.outcome == .done }
        let tags = reads.compactMap(\.tag)
        self.tags = tags.isEmpty ? .none : tags.contains { !$0.hasPrefix("W/") } ? .strong : .weak
        let writes = history.writes
        conditionalWrites = writes.count { $0.condition != nil }
        var refusals: [Int: Int] = [:]
        for write in writes where write.outcome == .refused || write.outcome == .turnedAway {
            if let status = write.status { refusals[status, default: 0] += 1 }
        }
        self.refusals = refusals
        var accepted = 0
        for round in history.rounds {
            var named: Set<String> = []
            for attempt in round.attempts {
                guard let write = attempt.write, write.outcome == .done, let tag = write.condition else { continue }
                if !named.insert(tag).inserted { accepted += 1 }
            }
        }
        staleConditionsAccepted = accepted
    }

    /// Whether any write was refused because of somebody else.
    package var refusesConflicts: Bool { [409, 412, 423, 428].contains { refusals[$0] != nil } }

    /// What was seen, a sentence for each protection.
    package var sentences: [String] {
        [tagSentence, conditionSentence, demandSentence].compactMap(\.self)
    }

    private var tagSentence: String {
        switch tags {
        case .none: "ETag: none was given, so no client can say which version it changes"
        case .weak: "ETag: weak tags only, which If-Match never matches"
        case .strong: "ETag: strong tags"
        }
    }

    private var conditionSentence: String {
        guard conditionalWrites > 0 else { return "If-Match: not sent" }
        let refused = (refusals[412] ?? 0) + (refusals[409] ?? 0)
        if staleConditionsAccepted > 0 {
            let other = refused > 0 ? ", though \(Self.times(refused)) it was refused" : ""
            return "If-Match: a stale tag was ACCEPTED \(Self.times(staleConditionsAccepted))\(other)"
        }
        return refused > 0
            ? "If-Match: a stale tag was refused \(Self.times(refused))" : "If-Match: no stale tag came up"
    }

    private var demandSentence: String? {
        var parts: [String] = []
        if let count = refusals[428] { parts.append("428: a write without condition was refused \(Self.times(count))") }
        if conditionalWrites == 0, let count = refusals[409] {
            parts.append("409: a write was refused \(Self.times(count))")
        }
        if let count = refusals[423] { parts.append("423: the resource was locked \(Self.times(count))") }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }
}

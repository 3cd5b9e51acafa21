/// Finds lost increments of a number.
///
/// Where `k` successful writes of a round each added one, the number has grown by `k`, or by less if some are lost.
struct CountCheck {
    private let history: RaceHistory

    /// A check of one history.
    init(_ history: RaceHistory) { self.history = history }

    /// Adds losses to `report`.
    func check(into report: inout LostUpdateReport) {
        var hasUnknown = false
        for (index, round) in history.rounds.enumerated() {
            let acknowledged = round.attempts.filter { $0.write?.outcome == .done }
            let unknown = round.attempts.count { $0.write?.outcome == .unknown }
            defer { hasUnknown = hasUnknown || unknown > 0 }
            guard !acknowledged.isEmpty else { continue }
            let reads = history.readsAfter(index)
            // The most charitable reading: the lowest start and the highest end.
            guard let before = acknowledged.compactMap({ $0.read.field?.count }).min(),
                let shown = reads.max(by: { ($0.field?.count ?? .min) < ($1.field?.count ?? .min) }),
                let after = shown.field?.count
            else { continue }
            let (growth, overflow) = after.subtractingReportingOverflow(before)
            guard !overflow, growth < acknowledged.count else { continue }
            let missing = min(acknowledged.count, growth < 0 ? acknowledged.count : acknowledged.count - growth)
            // One write of the round may stand last; only what it or a late write covered was replaced by this race.
            let explained = min(missing, hasUnknown || unknown > 0 ? acknowledged.count : acknowledged.count - 1)
            report.lost += explained
            report.vanished += missing - explained
            if report.proof == nil, explained > 0 {
                report.proof = proof(round, acknowledged, shown, expected: before &+ acknowledged.count)
            }
        }
    }

    /// The pair of one version that shows it best: the write that is there at the end, and one that it covered.
    private func proof(
        _ round: RaceHistory.Round,
        _ acknowledged: [RaceHistory.Attempt],
        _ shown: RaceOperation,
        expected: Int
    ) -> LostUpdateReport.Proof? {
        let rivals = round.attempts.filter { $0.write?.mayBeApplied ?? false }
        let ordered = rivals.sorted { ($0.write?.ended ?? 0) < ($1.write?.ended ?? 0) }
        let winner = ordered.last { $0.write?.tag != nil && $0.write?.tag == shown.tag } ?? ordered.last
        guard let winner else { return nil }
        let victim = acknowledged.first { $0 != winner && $0.read.field == winner.read.field }
        guard let victim = victim ?? acknowledged.first(where: { $0 != winner }) else { return nil }
        let total = expected == Int.max ? nil : expected
        return LostUpdateCheck.proof(lost: victim, replacement: winner, shownBy: shown, expected: total)
    }
}

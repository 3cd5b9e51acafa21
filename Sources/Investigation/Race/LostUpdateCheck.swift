/// Finds lost updates in the history of a race.
///
/// A write is lost if the server said that it succeeded, and what was read later lacks its effect although every write
/// was made from what had been read. Only losses that a write of the same race explains are counted, so that somebody
/// else's work, or a field that ignores writes, is not called a lost update. Writes of unknown outcome can hide a loss
/// and never make one up.
package enum LostUpdateCheck {
    /// What `history` proves.
    package static func check(_ history: RaceHistory) -> LostUpdateReport {
        var report = LostUpdateReport()
        let writes = history.writes
        report.acknowledged = writes.count { $0.outcome == .done }
        report.unknown = writes.count { $0.outcome == .unknown }
        report.contests = history.rounds.count { round in
            round.attempts.count { $0.write.map { $0.outcome != .notSent } ?? false } > 1
        }
        if writes.contains(where: { $0.mark != nil }) {
            MarkCheck(history).check(into: &report)
        } else {
            CountCheck(history).check(into: &report)
        }
        return report
    }

    /// The two attempts and the read that shows the loss, as a proof.
    static func proof(
        lost: RaceHistory.Attempt,
        replacement: RaceHistory.Attempt,
        shownBy read: RaceOperation,
        expected: Int? = nil
    ) -> LostUpdateReport.Proof? {
        guard let lostWrite = lost.write, let replacing = replacement.write else { return nil }
        let operations = [lost.read, replacement.read, lostWrite, replacing]
            .sorted { ($0.ended, $0.writer) < ($1.ended, $1.writer) }
        return LostUpdateReport.Proof(
            operations: operations + [read],
            lost: lostWrite,
            replacement: replacing,
            expected: expected
        )
    }
}

/// Finds lost marks in a text or a list.
///
/// Every write adds a mark of its own to what was read, so a mark that is gone was dropped by a write that had not read
/// it.
struct MarkCheck {
    private let history: RaceHistory

    /// A check of one history.
    init(_ history: RaceHistory) { self.history = history }

    /// Adds losses to `report`.
    func check(into report: inout LostUpdateReport) {
        guard let last = history.lastReads.last(where: { $0.field != nil }), let final = last.field else { return }
        for (index, round) in history.rounds.enumerated() {
            for attempt in round.attempts {
                guard let write = attempt.write, let mark = write.mark else { continue }
                if write.outcome == .refused, final.holds(mark) { report.appliedThoughRefused += 1 }
                guard write.outcome == .done, !final.holds(mark) else { continue }
                guard let replacement = replacement(of: attempt, mark, in: index) else {
                    report.vanished += 1
                    continue
                }
                report.lost += 1
                if report.proof == nil {
                    let shown = history.readsAfter(index).first { !($0.field?.holds(mark) ?? true) } ?? last
                    report.proof = LostUpdateCheck.proof(lost: attempt, replacement: replacement, shownBy: shown)
                }
            }
        }
    }

    /// A write that may have been applied and was made from a version without `mark`: in the same round, one of unknown
    /// outcome in an earlier one, or one that had read something old later on.
    private func replacement(
        of attempt: RaceHistory.Attempt,
        _ mark: String,
        in index: Int
    ) -> RaceHistory.Attempt? {
        let rivals = history.rounds[index].attempts.filter { $0 != attempt && ($0.write?.mayBeApplied ?? false) }
        let after = history.readsAfter(index)
        let winner = rivals.first { rival in
            rival.write?.mark.map { mark in after.contains { $0.field?.holds(mark) ?? false } } ?? false
        }
        if let rival = winner ?? rivals.last { return rival }
        for (number, round) in history.rounds.enumerated() where number != index {
            let wanted: RaceOperation.Outcome? = number < index ? .unknown : nil
            let culprit = round.attempts.first { other in
                guard let write = other.write, write.mayBeApplied, !(other.read.field?.holds(mark) ?? true) else {
                    return false
                }
                return wanted == nil || write.outcome == wanted
            }
            if let culprit { return culprit }
        }
        return nil
    }
}

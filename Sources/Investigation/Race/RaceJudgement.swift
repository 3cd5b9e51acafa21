/// What a round means for the rest of a race.
enum RaceJudgement {
    /// Rounds in a row without any answer that is of use, after which a race ends.
    private static let mostIdleRounds = 5
    /// The longest pause that a race takes for a server, in milliseconds.
    private static let longestPause: UInt64 = 30_000
    /// The longest a race waits in all, in milliseconds.
    private static let longestWait: UInt64 = 120_000

    /// Counts what the last round got through, and says why the race cannot go on if it cannot.
    static func judge(_ course: inout Race.Course) {
        guard let round = course.history.rounds.last else { return }
        for write in round.attempts.compactMap(\.write) where write.mayBeApplied {
            if course.remaining.indices.contains(write.writer) { course.remaining[write.writer] -= 1 }
        }
        checkPatience(round, &course)
    }

    /// Why nothing can be told if the lone first write was acknowledged and `sights` do not show it; else `nil`.
    ///
    /// No later loss could be told from that.
    static func fault(in history: RaceHistory, before sights: [RaceReading.Sight]) -> RaceFault? {
        guard let first = history.rounds.last, first.attempts.count == 1, let write = first.attempts[0].write,
            write.outcome == .done, history.writes.count(where: { $0.mayBeApplied }) == 1,
            let before = first.attempts[0].read.field
        else { return nil }
        let seen = sights.compactMap(\.operation.field)
        guard !seen.isEmpty, seen.allSatisfy({ $0 == before }) else { return nil }
        let status = write.status.map { String($0) } ?? "success"
        return .cannotTell(
            "\(write.method) was answered with \(status), but reading shows the field unchanged",
            remedy: "name a field that clients may change, or see whether a cache answers the reads"
        )
    }

    private static func checkPatience(_ round: RaceHistory.Round, _ course: inout Race.Course) {
        let isAlone = round.attempts.count == 1 && !course.history.writes.contains { $0.outcome == .done }
        let isIdle = round.attempts.allSatisfy { attempt in
            guard let write = attempt.write else { return true }
            // Nobody else wrote, so this refusal is no conflict that another try could win.
            if isAlone, write.outcome == .refused { return true }
            return write.outcome == .notSent || write.outcome == .turnedAway || write.status == 423
        }
        course.idleRounds = isIdle ? course.idleRounds + 1 : 0
        if isIdle, course.pause == 0 { course.pause = 100 << UInt64(min(course.idleRounds, 5)) }
        guard course.fault == nil else { return }
        if course.pause > longestPause || course.waited + course.pause > longestWait {
            course.fault = .cannotTell(
                "the server asks for a pause of \(course.pause / 1000) s",
                remedy: "race when it is less busy, or where no rate limit applies"
            )
        } else if course.idleRounds >= mostIdleRounds {
            let statuses = Set(round.attempts.compactMap { $0.write?.status ?? $0.read.status }).sorted()
            let list = statuses.map { String($0) }.joined(separator: ", ")
            course.fault = .cannotTell(
                "\(mostIdleRounds) rounds in a row came to nothing" + (list.isEmpty ? "" : " (\(list))"),
                remedy: "see that the server is up and not limiting you, or raise --timeout"
            )
        }
    }
}

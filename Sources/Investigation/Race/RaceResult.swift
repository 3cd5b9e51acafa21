/// A race that is over.
package struct RaceResult: Sendable, Equatable {
    /// The resource that was raced on.
    package var url: String
    /// Whether the race created it.
    package var wasCreated = false
    /// The field, as a JSON pointer.
    package var field: String
    /// What was sent, in order.
    package var history = RaceHistory()
    /// What the history proves.
    package var report = LostUpdateReport()
    /// How many requests were sent, and how many could have been.
    package var sent = RaceBudget.Count()
    /// The most that could have been sent.
    package var limit = RaceBudget.Count()
    /// Why the race ended before all writes were through; `nil` if they are.
    package var endedEarly: RaceFault?
    /// How many writes were to get through.
    package var wanted = 0

    /// The result of a race on `url` that has not begun.
    package init(url: String, field: String) {
        self.url = url
        self.field = field
    }

    /// What the API was seen to do against lost updates.
    package var protection: RaceProtection { RaceProtection(history) }

    /// What the race comes to.
    package var verdict: RaceVerdict {
        if report.lost > 0 { return .lostUpdates(report.lost) }
        if report.acknowledged == 0, protection.refusesConflicts { return nothingSucceeded }
        if case .cannotTell(let reason, let remedy) = endedEarly { return .cannotTell(reason, remedy: remedy) }
        if report.vanished > 0 {
            return .cannotTell(
                "\(report.vanished) successful writes never showed, and no write of this race replaced them",
                remedy:
                    "see that nobody else writes to the resource and that no cache answers the reads, and race again"
            )
        }
        if report.acknowledged == 0 { return nothingSucceeded }
        if report.contests == 0 {
            return .cannotTell("no two writes were on their way at once", remedy: "use at least two --writers")
        }
        return .noLostUpdate(writes: report.acknowledged)
    }

    private var nothingSucceeded: RaceVerdict {
        let protection = protection
        if protection.refusals[428] != nil {
            return .cannotTell(
                "every write was refused with 428, so writers without a condition cannot lose anything here",
                remedy: protection.tags == .none
                    ? "see how this API names versions; it gives no ETag" : "race without --no-condition"
            )
        }
        if protection.tags == .weak, protection.refusals[412] != nil {
            return .cannotTell(
                "every write was refused with 412, because If-Match never matches the weak tags of this API",
                remedy: "race with --no-condition, and have the API give strong tags"
            )
        }
        if let (status, count) = protection.refusals.max(by: { $0.value < $1.value }) {
            return .cannotTell(
                "no write succeeded; \(count) were refused with \(status)",
                remedy: "see with curl what a single write needs"
            )
        }
        return .cannotTell("no write succeeded", remedy: "raise --timeout, or see with curl what a single write needs")
    }
}

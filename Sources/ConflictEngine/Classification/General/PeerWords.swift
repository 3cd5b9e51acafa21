/// Tells of somebody else who was quicker or is still at work: «another user has changed the row», «another payment
/// operation is in progress».
enum PeerWords {
    private static let others = [
        "another user", "other user", "someone else", "somebody else", "another client", "another person",
        "another session", "other session", "another editor", "another process", "a different user",
    ]
    private static let changes = ["changed", "modified", "updated", "edited", "altered"]
    private static let demands = ["password", "must ", "required", "requires", "approv", "will be", "to be "]
    private static let openings = [
        "another ", "existing ", "previous ", "conflicting ", "concurrent ", "operation", "scaling activity", "change",
    ]
    private static let work = [
        "operation", "update", "job", "deployment", "task", "refresh", "request", "activity", "transaction", "change",
        "action", "rollback", "migration of",
    ]
    private static let running = [
        "in progress", "in-progress", "already running", "already executing", "still running", "already in process",
        "is executing", "being executed",
    ]
    private static let limits = [
        "too many", "maximum", "limit", "per user", "exceed", "session", "maintenance", "not in",
    ]

    /// Whether one sentence says that another party has changed the thing.
    static func tellsOfChange(_ sentences: [SearchText]) -> Bool {
        sentences.contains { sentence in
            sentence.holds(any: others) && sentence.holds(any: changes) && !sentence.holds(any: demands)
        }
    }

    /// Whether one sentence says that other work on the thing is still running.
    static func tellsOfWork(_ sentences: [SearchText]) -> Bool {
        sentences.contains { sentence in
            sentence.holds(any: running) && sentence.holds(any: openings) && sentence.holds(any: work)
                && !sentence.holds(any: limits)
        }
    }
}

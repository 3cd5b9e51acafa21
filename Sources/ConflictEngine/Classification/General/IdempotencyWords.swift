/// Tells the three things apart that are said about idempotency keys.
enum IdempotencyWords {
    private static let missing = [
        "is missing", "is required", "missing idempotency", "must be provided", "not provided", "must provide",
    ]
    private static let malformed = [
        "pattern", "format", "regex", "not a valid", "must be a valid", "too long", "characters", "malformed",
    ]
    private static let running = [
        "in progress", "in-progress", "being processed", "outstanding", "in flight", "in-flight", "still processing",
        "still running", "concurrent", "currently processing", "already processing", "simultaneous",
        "has not completed",
        "not yet finished", "not yet completed", "is pending", "currently being", "in use",
        "already executing", "still executing",
    ]
    private static let reused = [
        "different", "mismatch", "reuse", "re-use", "does not match", "doesn't match", "not match",
        "same parameters", "same payload",
        "another request", "already been used", "already used", "was used", "conflicts with",
        "same request body", "already exists",
    ]
    private static let unknown = ["outcome", "unknown result", "uncertain", "unknown state"]

    /// The kind, if the answer speaks of idempotency keys and reports trouble between two requests.
    static func kind(_ reading: AnswerReading) -> ConflictKind? {
        let words = reading.words
        let speaksOfKeys =
            words.holds(any: ["idempot", "clienttoken", "client token", "request token", "retry token"])
            || words.holds("request-id") && words.holds("duplicate")
        guard speaksOfKeys else { return nil }
        if words.holds("retry token"), words.holds("earlier request") { return .keyReused }
        if words.holds("in use with a different") || words.holds("inconsistent with arguments") { return .keyReused }
        if words.holds(any: running) { return .duplicateInFlight }
        if words.holds(any: ["already been created", "already created"]) { return .alreadyExists }
        if words.holds(any: unknown) { return .outcomeUnknown }
        if !reading.statusIsConflict, words.holds(any: missing) || words.holds(any: malformed) { return nil }
        if words.holds(any: reused) { return .keyReused }
        return nil
    }
}

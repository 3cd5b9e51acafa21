/// How far a race is.
package struct RaceProgress: Sendable, Equatable {
    /// Writes that are through.
    package let writes: Int
    /// Writes that are to get through.
    package let wanted: Int
    /// Requests sent.
    package let requests: Int
    /// Requests that may be sent.
    package let limit: Int

    /// Progress of a race with a budget.
    init(writes: Int, of wanted: Int, _ budget: RaceBudget) {
        self.writes = writes
        self.wanted = wanted
        requests = budget.sent.all
        limit = budget.limit.all
    }

    /// A bar and numbers, as one line.
    package var line: String {
        let width = 24
        let filled = wanted > 0 ? min(width, writes * width / wanted) : 0
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        return "\(bar) \(writes) of \(wanted) writes, \(requests) of at most \(limit) requests"
    }
}

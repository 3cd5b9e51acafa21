/// How many requests there were, and how many of them were of each sort.
package struct TrafficCounts: Sendable, Equatable {
    /// All requests answered.
    package var requests: Int
    /// Those with a method that may change something: all but GET, HEAD, OPTIONS and TRACE.
    package var writes: Int
    /// Writes that were answered with a status below 400.
    package var accepted: Int
    /// Requests answered with a status of 500 or above.
    package var serverErrors: Int

    /// Counts, none unless said.
    package init(requests: Int = 0, writes: Int = 0, accepted: Int = 0, serverErrors: Int = 0) {
        self.requests = requests
        self.writes = writes
        self.accepted = accepted
        self.serverErrors = serverErrors
    }

    /// Adds other counts to these.
    package mutating func add(_ other: TrafficCounts) {
        requests &+= other.requests
        writes &+= other.writes
        accepted &+= other.accepted
        serverErrors &+= other.serverErrors
    }

    /// Whether nothing was counted.
    package var isNothing: Bool { self == TrafficCounts() }
}

/// How many requests a race may still send; nothing is sent that was not taken from here first.
package struct RaceBudget: Sendable, Equatable {
    /// Requests by sort.
    package struct Count: Sendable, Equatable {
        /// Creations.
        package var creations = 0
        /// Reads.
        package var reads = 0
        /// Writes.
        package var writes = 0

        /// No requests.
        package init() {}

        /// All together.
        package var all: Int { creations + reads + writes }
    }

    /// Reads when all is over: a second one where the first shows a loss, since it could be out of date.
    static let lastReads = 2
    /// What no default goes beyond.
    static let most = 10_000

    /// The most that may be sent.
    package let limit: Count
    /// What has been sent.
    package private(set) var sent = Count()

    /// The budget of a race.
    ///
    /// Every attempt is a read and a write. By default there are as many as it takes when of all writers at work only
    /// one gets through at a time.
    package init(_ settings: RaceSettings, creates: Bool) {
        var limit = Count()
        limit.creations = creates ? 1 : 0
        let fixed = limit.creations + Self.lastReads
        let needed = settings.writers * settings.writers * settings.writes
        let allowed = ((settings.maximumRequests ?? Self.most) - fixed) / 2
        let attempts = max(0, min(needed, allowed))
        limit.reads = attempts + Self.lastReads
        limit.writes = attempts
        self.limit = limit
    }

    /// How many more attempts fit, the last reads kept aside.
    var attempts: Int {
        max(0, min(limit.reads - Self.lastReads - sent.reads, limit.writes - sent.writes))
    }

    /// Takes the creation.
    mutating func takeCreation() -> Bool {
        guard sent.creations < limit.creations else { return false }
        sent.creations += 1
        return true
    }

    /// Takes a read.
    mutating func takeRead() -> Bool {
        guard sent.reads < limit.reads else { return false }
        sent.reads += 1
        return true
    }

    /// Takes a write.
    mutating func takeWrite() -> Bool {
        guard sent.writes < limit.writes else { return false }
        sent.writes += 1
        return true
    }

    /// What will be sent, in one sentence.
    package var announcement: String {
        let creation = limit.creations > 0 ? "1 request that creates the resource, " : ""
        return "will send \(creation)at most \(limit.reads) GETs and at most \(limit.writes) writes"
    }
}

/// How often requests collide and how often they fail: two numbers that are kept apart (contract, section 8).
package struct ConflictRates: Sendable, Equatable {
    /// All requests answered.
    package private(set) var requests = 0
    /// Requests that may change something.
    package private(set) var writes = 0
    /// Writes answered with a status below 400.
    package private(set) var accepted = 0
    /// All conflicts in the journal, those that only waited among them.
    package private(set) var conflicts = 0
    /// Writes that collided with another; see ``KindTally/collisions``.
    package private(set) var collisions = 0
    /// Server errors (status 500 and above) that were no conflicts.
    package private(set) var errors = 0

    /// The rates over all of `tallies`.
    package init(_ tallies: [RouteTally]) {
        var failures = 0
        for tally in tallies {
            requests &+= tally.requests
            writes &+= tally.writes
            accepted &+= tally.accepted
            failures &+= tally.serverErrors
            for kind in tally.kinds {
                conflicts &+= kind.count
                collisions &+= kind.collisions
                failures &-= kind.serverErrors
            }
        }
        errors = max(0, failures)
    }

    /// Collisions per write, from 0 to 1; `nil` without writes.
    ///
    /// Traffic is counted a few seconds later than conflicts, so the newest moments may show more collisions than writes.
    package var conflictRate: Double? { Self.share(collisions, of: writes) }

    /// Errors per request, from 0 to 1; `nil` without requests.
    package var errorRate: Double? { Self.share(errors, of: requests) }

    /// `part` of `whole`, from 0 to 1; `nil` if there is no whole.
    static func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? min(1, max(0, Double(part) / Double(whole))) : nil
    }
}

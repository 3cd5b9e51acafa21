/// What conflicts cost: attempts that came to nothing, and time spent waiting.
package struct WastedWork: Sendable, Equatable {
    /// Requests that met a conflict and were turned away.
    package var refused = 0
    /// Writes that were accepted.
    package var accepted = 0
    /// Conflicts that waited for a turn and then went on.
    package var queued = 0
    /// How long they waited, all together, in milliseconds.
    package var waitedMilliseconds = 0

    /// The cost over all of `tallies`.
    init(_ tallies: [RouteTally]) {
        for tally in tallies {
            accepted &+= tally.accepted
            for kind in tally.kinds {
                refused &+= kind.refused
                queued &+= kind.queued
                waitedMilliseconds &+= kind.waitedMilliseconds
            }
        }
    }

    /// Attempts that came to nothing for each write that was accepted; `nil` if none was.
    package var refusedPerAccepted: Double? {
        accepted > 0 ? Double(refused) / Double(accepted) : nil
    }
}

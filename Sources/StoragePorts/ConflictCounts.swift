/// How many conflicts of one kind there were, and how they ended.
package struct ConflictCounts: Sendable, Equatable {
    /// All of them.
    package var count = 0
    /// Those whose request was turned away, by the gateway or the upstream.
    package var refused = 0
    /// Those whose request waited for its turn and then went on.
    package var queued = 0
    /// Those that were answered with a status of 500 or above.
    package var serverErrors = 0
    /// How long their requests waited, all together, in milliseconds; more than a day each counts as a day.
    package var waitedMilliseconds = 0

    /// No conflicts yet.
    package init() {}

    /// What `entry` adds.
    package init(_ entry: ConflictEntry) {
        count = 1
        let status = entry.status ?? 0
        switch entry.resolution.outcome {
        case .queued: queued = 1
        case .refused, .passed: refused = status >= 400 ? 1 : 0
        case .merged, .replayed: break
        }
        serverErrors = status >= 500 ? 1 : 0
        waitedMilliseconds = min(max(0, entry.resolution.waitMilliseconds ?? 0), Int(RollupSpan.day.rawValue))
    }

    /// Adds other counts to these.
    package mutating func add(_ other: ConflictCounts) {
        count &+= other.count
        refused &+= other.refused
        queued &+= other.queued
        serverErrors &+= other.serverErrors
        waitedMilliseconds &+= other.waitedMilliseconds
    }
}

/// How often one kind of conflict was met, and how it ended.
package struct KindTally: Sendable, Equatable {
    /// The kind's name.
    package var kind: String
    /// All conflicts of the kind.
    package var count: Int
    /// Those whose request was turned away, by the gateway or the upstream.
    package var refused: Int
    /// Those whose request waited for its turn and then went on.
    package var queued: Int
    /// Those that were answered with a status of 500 or above.
    package var serverErrors: Int
    /// How long they waited for turns, all together, in milliseconds.
    package var waitedMilliseconds: Int

    /// So many conflicts of `kind`, with nothing else known of them yet.
    package init(_ kind: String, count: Int, refused: Int = 0, queued: Int = 0) {
        self.kind = kind
        self.count = count
        self.refused = refused
        self.queued = queued
        serverErrors = 0
        waitedMilliseconds = 0
    }

    /// Writes that collided with another.
    ///
    /// A write that merely waited its turn did not; a write seen from elsewhere and a refused read are no writes of ours.
    package var collisions: Int {
        switch ConflictKind(rawValue: kind) {
        case .outOfBandWrite, .suspectedBlock: 0
        default: max(0, count &- queued)
        }
    }
}

/// What a race's history proves.
package struct LostUpdateReport: Sendable, Equatable {
    /// Two writes from one version that both succeeded, and a read that shows that one of them is gone.
    package struct Proof: Sendable, Equatable {
        /// The reads, the writes and the read that follows, as they ended one after another.
        package var operations: [RaceOperation]
        /// The write whose effect is gone.
        package var lost: RaceOperation
        /// The write that replaced it.
        package var replacement: RaceOperation
        /// What the field would hold if nothing were lost, where it is a number.
        package var expected: Int?

        /// The version both started from, in a few words.
        package var base: RaceOperation? { operations.first }
    }

    /// Writes that succeeded.
    package var acknowledged = 0
    /// Writes that succeeded and whose effect was replaced by a write that had not seen them; a lower bound where
    /// outcomes are unknown.
    package var lost = 0
    /// Writes that succeeded and whose effect nobody ever saw, though no write of this race can have replaced it.
    package var vanished = 0
    /// Refused writes whose mark is in the field all the same.
    package var appliedThoughRefused = 0
    /// Writes of which nobody can tell whether they were applied.
    package var unknown = 0
    /// Rounds in which at least two writes competed.
    package var contests = 0
    /// The shortest history that shows a loss; `nil` if nothing was lost.
    package var proof: Proof?

    /// A report of nothing.
    package init() {}
}

/// Everything that a race sent, in rounds.
///
/// In a round every writer first reads, and when all have read, all write at once what they made of it. So writes of
/// one round compete with each other, and what the next round reads is what they came to.
package struct RaceHistory: Sendable, Equatable {
    /// A read and the write that is based on it.
    package struct Attempt: Sendable, Equatable {
        /// The read.
        package var read: RaceOperation
        /// The write, if the read allowed one.
        package var write: RaceOperation?

        /// An attempt.
        package init(read: RaceOperation, write: RaceOperation? = nil) {
            self.read = read
            self.write = write
        }
    }

    /// Attempts that ran at once.
    package struct Round: Sendable, Equatable {
        /// One for each writer that took part.
        package var attempts: [Attempt]

        /// A round.
        package init(_ attempts: [Attempt] = []) { self.attempts = attempts }
    }

    /// The rounds in their order.
    package var rounds: [Round] = []
    /// The reads when all was over.
    package var lastReads: [RaceOperation] = []

    /// An empty history.
    package init() {}

    /// All writes in the order of the rounds.
    package var writes: [RaceOperation] { rounds.flatMap { $0.attempts.compactMap(\.write) } }
    /// Everything in the order of the rounds, reads first.
    package var operations: [RaceOperation] {
        rounds.flatMap { round in round.attempts.map(\.read) + round.attempts.compactMap(\.write) } + lastReads
    }

    /// The reads that saw what round `index` came to; none where nothing was read afterwards.
    func readsAfter(_ index: Int) -> [RaceOperation] {
        for later in rounds.dropFirst(index + 1) {
            let reads = later.attempts.map(\.read).filter { $0.field != nil }
            if !reads.isEmpty { return reads }
        }
        return lastReads.filter { $0.field != nil }
    }
}

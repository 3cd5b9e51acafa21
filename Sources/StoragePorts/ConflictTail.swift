/// What was appended to the journal since a reader last looked.
package struct ConflictTail: Sendable, Equatable {
    /// The entries, oldest first.
    package var entries: [ConflictEntry]
    /// Where to look from next time.
    package var position: JournalPosition

    /// New entries and the place behind them.
    package init(entries: [ConflictEntry], position: JournalPosition) {
        self.entries = entries
        self.position = position
    }
}

/// One page of a list of conflicts.
package struct ConflictPage: Sendable, Equatable {
    /// The entries, newest first.
    package var entries: [ConflictEntry]
    /// Where the next page starts; `nil` if there is none.
    package var next: ConflictCursor?

    /// A page and the place behind it.
    package init(entries: [ConflictEntry], next: ConflictCursor?) {
        self.entries = entries
        self.next = next
    }
}

/// A place between two entries of a list that is ordered newest first.
package struct ConflictCursor: Sendable, Hashable {
    /// Time of the last entry shown, in milliseconds since 1970 UTC.
    package var time: Int64
    /// Where that entry stands, which orders entries of the same time.
    package var position: JournalPosition

    /// The place behind the entry of `time` at `position`.
    package init(time: Int64, position: JournalPosition) {
        self.time = time
        self.position = position
    }

    /// The cursor as one opaque word of `0-9a-z`, `-` and `.`.
    package var text: String {
        String(time, radix: 36) + "." + String(position.number, radix: 36)
    }

    /// Reads what ``text`` wrote; `nil` for anything else.
    package init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let time = Int64(parts[0], radix: 36), let number = Int64(parts[1], radix: 36) else {
            return nil
        }
        self.init(time: time, position: JournalPosition(number))
    }
}

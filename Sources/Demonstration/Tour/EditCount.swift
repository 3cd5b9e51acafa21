/// What became of the edits of a crowd.
struct EditCount: Sendable {
    /// Writes that were sent.
    var attempts = 0
    /// Writes that the editor was told are saved.
    var saved = 0
    /// Writes that were refused, and tried again after another look.
    var refused = 0
    /// Lines that are in the item at the end.
    var kept = 0
    /// How long it took.
    var milliseconds: Int64 = 0

    /// Edits that the editor was told are saved and that are not there.
    var lost: Int { saved - kept }

    /// Adds what one editor counted.
    mutating func add(_ other: EditCount) {
        attempts += other.attempts
        saved += other.saved
        refused += other.refused
    }
}

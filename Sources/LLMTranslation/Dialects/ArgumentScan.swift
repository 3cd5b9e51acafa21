/// Tells when the pieces of a call's arguments make up a whole JSON object.
struct ArgumentScan {
    private var nesting = JSONNesting()
    /// Whether an object has begun and ended.
    private(set) var isComplete = false

    /// Nothing seen yet.
    init() {}

    /// Takes the next piece.
    mutating func take(_ piece: String) {
        for byte in piece.utf8 where !isComplete { isComplete = nesting.take(byte) && nesting.depth <= 0 }
    }
}

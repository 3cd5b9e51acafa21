import HTTPSemantics

/// The locks that are held, as JSON.
struct LocksDocument {
    private let locks: [JSONObject]

    /// The document of `locks`.
    init(_ locks: [JSONObject]) { self.locks = locks }

    /// All of them, oldest first.
    var json: JSONValue { ["items": .array(locks.map { .object($0) })] }
}

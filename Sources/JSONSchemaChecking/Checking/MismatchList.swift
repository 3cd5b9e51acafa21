/// The first few mismatches by their order in the document.
struct MismatchList {
    private static let longest = 1_000

    private let limit: Int
    private var entries: [(positions: [Int], mismatch: JSONSchemaMismatch)] = []

    /// A list of at most `limit`; at least 1, since an empty one would say that all is well, and at most 1,000.
    init(limit: Int) { self.limit = min(max(1, limit), Self.longest) }

    /// What has been kept.
    var mismatches: [JSONSchemaMismatch] { entries.map(\.mismatch) }

    /// Adds one behind those of the same place, unless it is there already or too far behind.
    mutating func add(_ keyword: String, at path: ValuePath, _ message: () -> String) {
        var spot = entries.count
        while spot > 0, path.positions.lexicographicallyPrecedes(entries[spot - 1].positions) { spot -= 1 }
        guard spot < limit else { return }
        let mismatch = JSONSchemaMismatch(place: path.text, keyword: keyword, message: message())
        guard !entries.contains(where: { $0.mismatch == mismatch && $0.positions == path.positions }) else { return }
        entries.insert((path.positions, mismatch), at: spot)
        if entries.count > limit { _ = entries.popLast() }
    }
}

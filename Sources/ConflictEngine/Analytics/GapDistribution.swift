/// How long before a conflict the write had come that it collided with.
package struct GapDistribution: Sendable, Equatable {
    /// Upper bounds in milliseconds, inclusive.
    package static let bounds: [Int64] = [200, 2_000, 10_000, 60_000]

    /// Conflicts of which the time of the other write is known.
    package private(set) var known = 0
    /// How many of these came within each of ``bounds``; cumulative.
    package private(set) var within: [Int]
    /// The gap that half of them do not exceed, in milliseconds; `nil` if none is known.
    package private(set) var median: Int64?

    /// The distribution of the gaps of `sightings`.
    init(_ sightings: [ConflictSighting]) {
        let gaps = sightings.compactMap(\.gap).sorted()
        known = gaps.count
        within = Self.bounds.map { bound in gaps.count { $0 <= bound } }
        median = gaps.isEmpty ? nil : gaps[(gaps.count - 1) / 2]
    }

    /// How many gaps are no longer than `milliseconds`, which must be one of ``bounds``; else 0.
    func count(within milliseconds: Int64) -> Int {
        Self.bounds.firstIndex(of: milliseconds).map { within[$0] } ?? 0
    }
}

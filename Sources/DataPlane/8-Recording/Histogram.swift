/// Durations sorted into buckets.
package struct Histogram: Sendable {
    /// Upper bounds of the buckets in nanoseconds; one more bucket takes what is above.
    package static let bounds: [UInt64] = [
        500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000,
        500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000, 30_000_000_000,
    ]

    /// How many fell into each bucket (not cumulative); one more than there are bounds.
    package private(set) var counts = [UInt64](repeating: 0, count: Histogram.bounds.count + 1)
    /// Their sum in nanoseconds.
    package private(set) var sum: UInt64 = 0

    /// No durations yet.
    package init() {}

    /// Counts one duration in nanoseconds.
    package mutating func record(_ nanoseconds: UInt64) {
        var bucket = 0
        while bucket < Self.bounds.count, nanoseconds > Self.bounds[bucket] { bucket &+= 1 }
        counts[bucket] &+= 1
        sum &+= nanoseconds
    }

    /// Adds another histogram's counts.
    package mutating func add(_ other: Histogram) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        sum &+= other.sum
    }
}

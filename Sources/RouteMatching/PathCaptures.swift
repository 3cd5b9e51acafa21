/// Where the parameters of a pattern were found in a path, in the pattern's order; kept inline, without the heap.
package struct PathCaptures: Sendable, Equatable {
    /// The most parameters one pattern may have.
    package static let capacity = 16

    /// How many parameters were captured.
    package private(set) var count = 0
    /// Start in the upper half, end in the lower half.
    private var packed = InlineArray<16, UInt32>(repeating: 0)

    /// No captures.
    package init() {}

    /// Captures of these ranges; those beyond the capacity or beyond 65,535 are left out.
    package init(_ ranges: [Range<Int>]) {
        for range in ranges { append(from: range.lowerBound, to: range.upperBound) }
    }

    /// The byte range of capture `index` within the path; `nil` where there is no such capture.
    package subscript(index: Int) -> Range<Int>? {
        guard index >= 0, index < count else { return nil }
        let start = Int(packed[index] >> 16)
        return start..<max(start, Int(packed[index] & 0xFFFF))
    }

    /// Adds a range; one that is out of room or of order is left out, which compiled patterns never cause.
    mutating func append(from start: Int, to end: Int) {
        guard count < Self.capacity, start >= 0, start <= end, end <= 0xFFFF else { return }
        packed[count] = UInt32(truncatingIfNeeded: start) << 16 | UInt32(truncatingIfNeeded: end)
        count += 1
    }

    /// Forgets all captures but the first `kept`.
    mutating func shrink(to kept: Int) {
        count = min(count, max(0, kept))
    }

    /// Whether both hold the same ranges in the same order.
    package static func == (left: Self, right: Self) -> Bool {
        guard left.count == right.count else { return false }
        return (0..<left.count).allSatisfy { left.packed[$0] == right.packed[$0] }
    }
}

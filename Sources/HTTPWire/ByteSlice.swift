/// A range of a head's bytes; a head is always shorter than 64 KiB.
package struct ByteSlice: Sendable, Equatable {
    /// First byte.
    package var start: UInt16
    /// Number of bytes.
    package var length: UInt16

    /// The range from `start` up to `end`, both at most 65,535.
    @inlinable package init(_ start: Int, _ end: Int) {
        self.start = UInt16(truncatingIfNeeded: start)
        self.length = UInt16(truncatingIfNeeded: end &- start)
    }

    /// The range as offsets.
    @inlinable package var range: Range<Int> {
        Int(start)..<(Int(start) &+ Int(length))
    }

    /// Whether it holds no byte.
    @inlinable package var isEmpty: Bool { length == 0 }
}

/// A place in the order of appending; grows, and is never used twice.
package struct JournalPosition: Sendable, Hashable, Comparable {
    /// The number of the entry at this place; 0 is before the first.
    package var number: Int64

    /// The place of entry `number`.
    package init(_ number: Int64) { self.number = number }

    /// Orders places by age.
    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

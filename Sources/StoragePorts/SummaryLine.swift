/// How many conflicts share one value.
package struct SummaryLine: Sendable, Equatable {
    /// The value they share.
    package var key: String
    /// How many there are.
    package var count: Int

    /// A value and its number.
    package init(key: String, count: Int) {
        self.key = key
        self.count = count
    }
}

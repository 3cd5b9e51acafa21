/// What was used of a budget or a quota since its window began.
package struct QuotaWindow: Sendable, Equatable {
    /// Whose and which, such as `consumer/alice/budget/USD` or `group/writers/tokens`.
    package var key: String
    /// When the window began, in milliseconds since 1970 UTC.
    package var opened: Int64
    /// What was used in it: picounits (10^-12) of a currency, or tokens.
    package var used: Int64

    /// What was used of `key` since `opened`.
    package init(key: String, opened: Int64, used: Int64) {
        self.key = key
        self.opened = opened
        self.used = used
    }
}

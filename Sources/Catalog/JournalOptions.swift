/// How much of the conflict journal is kept.
package struct JournalOptions: Sendable, Equatable {
    /// Age at which entries are dropped.
    package var keep: Duration = .seconds(30 * 86_400)
    /// Bytes above which the oldest entries are dropped.
    package var size: Int = 1 << 30

    /// The defaults of the contract.
    package init() {}
}

/// Keeps what calls of language models took and cost, and how far budgets and quotas are used up.
package protocol UsageLedger: Sendable {
    /// Adds the calls of `batch`, and keeps `windows` in place of those of the same keys: all, or none if it throws.
    ///
    /// Nobody looks whether a call is there already. Of several windows of one key the last counts.
    func append(_ batch: CallBatch, windows: [QuotaWindow]) async throws(StoreError)

    /// The windows kept, by key; they stay until they are replaced, whatever their age.
    func windows() async throws(StoreError) -> [QuotaWindow]

    /// What the calls that `query` lets through took and cost, by the key it names.
    ///
    /// Days come in their order; other keys by cost, largest first, then by number of calls, then by name. Calls that
    /// have no value, such as those of unknown consumers, count under the key `nil`.
    func totals(_ query: UsageQuery) async throws(StoreError) -> [UsageTotal]

    /// Calls that pass `filter`, newest first and then by id, largest first, at most `limit` (at least 1), from behind
    /// `cursor` on.
    func calls(_ filter: UsageFilter, after cursor: UsageCursor?, limit: Int) async throws(StoreError) -> UsagePage

    /// Forgets calls older than `time` (milliseconds since 1970), and no windows.
    ///
    /// - Returns: How many calls went.
    @discardableResult
    func prune(before time: Int64) async throws(StoreError) -> Int
}

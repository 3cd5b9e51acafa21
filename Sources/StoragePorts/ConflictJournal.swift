/// Keeps conflicts and finds them again.
package protocol ConflictJournal: Sendable {
    /// Adds `entries` in order, all or none; an id that is there already is skipped.
    func append(_ entries: [ConflictEntry]) async throws(StoreError)

    /// Entries that pass `filter`, newest first, at most `limit` (at least 1), from behind `cursor` on.
    func page(_ filter: ConflictFilter, after cursor: ConflictCursor?, limit: Int) async throws(StoreError)
        -> ConflictPage

    /// The entry called `id`, if it is kept.
    func entry(_ id: String) async throws(StoreError) -> ConflictEntry?

    /// How many entries that pass `filter` share each value of `key`; largest first, then by value, at most `limit`.
    func summary(
        by key: SummaryKey,
        _ filter: ConflictFilter,
        limit: Int
    ) async throws(StoreError) -> [SummaryLine]

    /// Entries that pass `filter` and were appended after `position`, oldest first, at most `limit` (at least 1).
    ///
    /// A `nil` position asks for nothing but the place to follow from: the end of the journal as it is now.
    func follow(
        _ filter: ConflictFilter,
        from position: JournalPosition?,
        limit: Int
    ) async throws(StoreError) -> ConflictTail

    /// Forgets entries older than `time` (milliseconds since 1970), then the oldest until `maximumBytes` are enough.
    ///
    /// - Returns: How many entries went.
    @discardableResult
    func prune(olderThan time: Int64, maximumBytes: Int) async throws(StoreError) -> Int
}

/// Keeps counts of traffic and conflicts over time, in buckets that grow coarser with age (contract, section 8).
///
/// Conflicts are counted by the journal itself, in the transaction that appends them: whatever is in the journal is counted
/// exactly once, and stays counted when the journal forgets it. Buckets of every ``RollupSpan`` are written at once, so there
/// is no rolling up that could be missed or done twice.
package protocol ConflictAnalytics: Sendable {
    /// Adds the counts of `buckets` to those kept, all or none.
    func record(_ buckets: [TrafficBucket]) async throws(StoreError)

    /// What was counted in `window`, in steps of `step` milliseconds, oldest first; steps without any count are left out.
    ///
    /// `step` is taken as the next multiple of the window's span, and steps begin at multiples of it since 1970.
    func series(_ window: AnalyticsWindow, step: Int64) async throws(StoreError) -> [AnalyticsPoint]

    /// What was counted of each route in `window`, by service and route.
    func routes(_ window: AnalyticsWindow) async throws(StoreError) -> [RouteAnalytics]

    /// Forgets the buckets that are older at the moment `now` (milliseconds since 1970) than their span is kept.
    ///
    /// - Returns: How many rows went.
    @discardableResult
    func forget(at now: Int64) async throws(StoreError) -> Int
}

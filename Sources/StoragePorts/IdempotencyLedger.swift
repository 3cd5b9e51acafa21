package import ConflictEngine

/// Keeps the keys of requests that must not be carried out twice (standards §7).
///
/// Every call is answered once, on any thread, after what it says is on durable storage. Calls about one key take effect
/// in the order in which they were made.
package protocol IdempotencyLedger: Sendable {
    /// Rules on a claim; of any number of claims for a free key at most one is told to begin.
    func begin(_ claim: IdempotencyClaim, _ done: @escaping StoreCompletion<IdempotencyRuling>)

    /// Settles what the claim `fence` began; the answer is whether that claim was still the one that is kept.
    func settle(
        _ scope: IdempotencyScope,
        fence: Int64,
        as settlement: IdempotencySettlement,
        _ done: @escaping StoreCompletion<Bool>
    )

    /// Lets the claim `fence` stand until `leaseEnd` (ms since 1970); the answer is whether it is still kept.
    func renew(_ scope: IdempotencyScope, fence: Int64, until leaseEnd: Int64, _ done: @escaping StoreCompletion<Bool>)

    /// Forgets at most `limit` answers and keys whose time is over at `time` (ms since 1970); the answer is how many.
    func prune(at time: Int64, limit: Int, _ done: @escaping StoreCompletion<Int>)
}

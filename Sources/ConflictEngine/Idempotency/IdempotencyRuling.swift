/// What a ledger says to a claim.
package enum IdempotencyRuling: Sendable, Equatable {
    /// The key is the caller's: carry the request out, and settle it under this number.
    case begun(fence: Int64)
    /// The same request is being carried out; its claim stands until then (ms since 1970).
    case running(leaseEnd: Int64)
    /// The same request was carried out; this was its answer.
    case completed(KeptAnswer)
    /// The same request was carried out at this time (ms since 1970); its answer is no longer kept.
    case spent(completedAt: Int64)
    /// The same request was begun at this time (ms since 1970), and nobody knows whether it took effect.
    case uncertain(begunAt: Int64)
    /// The key belongs to another request.
    case keyReused
}

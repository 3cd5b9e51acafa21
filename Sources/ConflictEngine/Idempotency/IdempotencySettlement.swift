/// What became of a request that had been begun under a key.
package enum IdempotencySettlement: Sendable, Equatable {
    /// It was carried out and answered; the answer is kept until then, the key itself for longer (ms since 1970).
    case completed(KeptAnswer, at: Int64, keptUntil: Int64, rememberedUntil: Int64)
    /// It provably had no effect: the key is free again.
    case notApplied
    /// Nobody knows: it is never carried out again under this key.
    case uncertain
}

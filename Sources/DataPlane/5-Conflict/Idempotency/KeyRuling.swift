import ConflictEngine
import StoragePorts

/// What is to be done with a request that carries an idempotency key.
enum KeyRuling {
    /// It is carried out.
    case go
    /// It was carried out: this was the answer.
    case replay(KeptAnswer)
    /// It is still being carried out.
    case running
    /// The key belongs to another request.
    case reused
    /// It was begun then (ms since 1970), and nobody knows whether it took effect.
    case uncertain(begunAt: Int64)
    /// It was carried out then (ms since 1970); its answer is no longer kept.
    case spent(completedAt: Int64)
    /// Nobody can tell: the ledger cannot be used.
    case unavailable
}

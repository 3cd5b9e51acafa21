/// What is to be done with a call that may carry an idempotency key.
package enum ServiceKeyRuling {
    /// It is carried out.
    case go
    /// It was carried out and answered with this status: ``ServiceCall/replay()`` answers it so again.
    case replay(status: Int)
    /// It is still being carried out.
    case running
    /// The key belongs to another call.
    case reused
    /// It was begun then (ms since 1970), and nobody knows what came of it.
    case uncertain(begunAt: Int64)
    /// It was carried out then (ms since 1970); its answer is not kept.
    case spent(completedAt: Int64)
    /// Nobody can tell whether it is a retry.
    case unavailable
    /// It has no key that can be used where one is needed.
    case refused(ServiceRefusal)
}

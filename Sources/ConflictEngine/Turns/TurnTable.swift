import Synchronization

/// Who may write to which resource, for the whole process; safe to use from every thread.
///
/// Resources are spread over shards with a lock each. A waiter is called after the lock is released, on the thread
/// that released the turn before it; it should only hop to its own event loop. It may be called before
/// ``request(_:limit:waiter:)`` has returned to its caller, when the turn comes free at that moment on another thread.
package final class TurnTable: Sendable {
    /// Told once that the turn is its own.
    ///
    /// Whoever is told must release the turn.
    package typealias Waiter = @Sendable (Turn) -> Void

    private final class Shard: Sendable {
        let queues = Mutex(TurnQueues())
    }

    private let shards: [Shard]

    /// A table with nobody in it; the number of shards is rounded up to a power of two, 1,024 at most.
    package init(shards: Int = 64) {
        var count = 1
        while count < min(shards, 1024) { count *= 2 }
        self.shards = (0..<count).map { _ in Shard() }
    }

    /// Asks for the turn of a resource, of which `limit` others may be waiting already.
    package func request(
        _ identity: ResourceIdentity,
        limit: Int,
        waiter: @escaping Waiter
    ) -> TurnRequest {
        shard(of: identity).queues.withLock { $0.request(identity, limit: limit, waiter: waiter) }
    }

    /// Leaves the line: the wait took too long or the client is gone.
    ///
    /// - Returns: Whether it was still waiting; the waiter will then never be called. If false, the turn was granted:
    ///   the waiter has been or is about to be called, and the turn it is given must be released.
    package func cancel(_ ticket: TurnTicket) -> Bool {
        shard(of: ticket.identity).queues.withLock { $0.cancel(ticket) }
    }

    /// Gives a turn back; the next in line is told before this returns.
    ///
    /// - Returns: Whether the turn was held; a second release changes nothing.
    @discardableResult
    package func release(_ turn: Turn) -> Bool {
        switch shard(of: turn.identity).queues.withLock({ $0.release(turn) }) {
        case .notHeld:
            return false
        case .freed:
            return true
        case .passed(let next, let waiter):
            waiter(next)
            return true
        }
    }

    /// How many writers wait for a resource, its holder not counted.
    package func waiting(for identity: ResourceIdentity) -> Int {
        shard(of: identity).queues.withLock { $0.waiting(for: identity) }
    }

    /// How many turns are held and how many writers wait, over all resources; a sum of moments, for metrics.
    package var load: (held: Int, waiting: Int) {
        shards.reduce((0, 0)) { sum, shard in
            shard.queues.withLock { (sum.0 + $0.held, sum.1 + $0.waiting) }
        }
    }

    private func shard(of identity: ResourceIdentity) -> Shard {
        shards[(identity.digest >> 32) & (shards.count - 1)]
    }
}

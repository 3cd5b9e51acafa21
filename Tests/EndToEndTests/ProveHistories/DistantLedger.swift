import ConflictEngine
import NIOCore
import NIOPosix
import StorageContract
import StoragePorts

/// A ledger that answers from a thread of its own, one call after another, as one with a disk does.
final class DistantLedger: IdempotencyLedger {
    private let ledger = InMemoryIdempotencyLedger()
    private let loop = MultiThreadedEventLoopGroup.singleton.next()

    /// Rules on a claim.
    func begin(_ claim: IdempotencyClaim, _ done: @escaping StoreCompletion<IdempotencyRuling>) {
        loop.execute { [ledger] in ledger.begin(claim, done) }
    }

    /// Settles what a claim began.
    func settle(
        _ scope: IdempotencyScope,
        fence: Int64,
        as settlement: IdempotencySettlement,
        _ done: @escaping StoreCompletion<Bool>
    ) {
        loop.execute { [ledger] in ledger.settle(scope, fence: fence, as: settlement, done) }
    }

    /// Lets a claim stand.
    func renew(_ scope: IdempotencyScope, fence: Int64, until end: Int64, _ done: @escaping StoreCompletion<Bool>) {
        loop.execute { [ledger] in ledger.renew(scope, fence: fence, until: end, done) }
    }

    /// Forgets what is over.
    func prune(at time: Int64, limit: Int, _ done: @escaping StoreCompletion<Int>) {
        loop.execute { [ledger] in ledger.prune(at: time, limit: limit, done) }
    }
}

import ConflictEngine
import StoragePorts

/// One call of the ledger that waits for its place in a transaction.
enum LedgerWish: Sendable {
    case begin(IdempotencyClaim, StoreCompletion<IdempotencyRuling>)
    case settle(IdempotencyScope, fence: Int64, IdempotencySettlement, StoreCompletion<Bool>)
    case renew(IdempotencyScope, fence: Int64, until: Int64, StoreCompletion<Bool>)
    case prune(at: Int64, limit: Int, StoreCompletion<Int>)

    /// What the call will be told once the transaction is on the disk.
    enum Reply: Sendable {
        case ruling(IdempotencyRuling)
        case isKept(Bool)
        case count(Int)
    }

    /// Tells the caller how it went.
    func answer(_ result: Result<Reply, StoreError>) {
        switch (self, result) {
        case (.begin(_, let done), .success(.ruling(let ruling))): done(.success(ruling))
        case (.begin(_, let done), .failure(let fault)): done(.failure(fault))
        case (.settle(_, _, _, let done), .success(.isKept(let isKept))): done(.success(isKept))
        case (.settle(_, _, _, let done), .failure(let fault)): done(.failure(fault))
        case (.renew(_, _, _, let done), .success(.isKept(let isKept))): done(.success(isKept))
        case (.renew(_, _, _, let done), .failure(let fault)): done(.failure(fault))
        case (.prune(_, _, let done), .success(.count(let count))): done(.success(count))
        case (.prune(_, _, let done), .failure(let fault)): done(.failure(fault))
        default: break
        }
    }
}

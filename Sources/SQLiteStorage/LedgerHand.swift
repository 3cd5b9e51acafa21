import ConflictEngine
import GRDB
import StoragePorts

/// Carries out calls of the ledger within one transaction.
struct LedgerHand {
    /// The tables.
    let row: LedgerRow
    /// The largest number of a claim so far.
    var fence: Int64
    /// Keys that are kept.
    var count: Int
    /// Keys that may be kept.
    let capacity: Int

    /// Carries out one call.
    mutating func reply(to wish: LedgerWish) throws -> Result<LedgerWish.Reply, StoreError> {
        switch wish {
        case .begin(let claim, _): return try begin(claim)
        case .settle(let scope, let fence, let settlement, _):
            return try change(scope) { IdempotencyRecord.settle(&$0, fence: fence, as: settlement) }
        case .renew(let scope, let fence, let leaseEnd, _):
            return try change(scope) { IdempotencyRecord.renew(&$0, fence: fence, until: leaseEnd) }
        case .prune(let now, let limit, _): return .success(.count(try prune(at: now, limit: limit)))
        }
    }

    /// Why a ledger that holds as many keys as it may takes no new one.
    static func fullness(_ count: Int) -> StoreError {
        let noun = StoreKind.ledger.noun
        return StoreError(
            .diskFull,
            "The \(noun) is full: it holds \(count) keys. Keys leave it once they are no longer retained."
        )
    }

    private mutating func begin(_ claim: IdempotencyClaim) throws -> Result<LedgerWish.Reply, StoreError> {
        let before = try row.record(claim.scope)
        guard before != nil || count < capacity else {
            return .failure(Self.fullness(count))
        }
        var after = before
        let next = fence + 1
        let ruling = IdempotencyRecord.rule(on: claim, &after, fence: { next })
        if case .begun = ruling { fence = next }
        try row.replace(claim.scope, before, by: after)
        if before == nil { count += 1 }
        return .success(.ruling(ruling))
    }

    private mutating func change(
        _ scope: IdempotencyScope,
        _ body: (inout IdempotencyRecord?) -> Bool
    ) throws -> Result<LedgerWish.Reply, StoreError> {
        let before = try row.record(scope)
        var after = before
        let isKept = body(&after)
        try row.replace(scope, before, by: after)
        if before != nil, after == nil { count -= 1 }
        return .success(.isKept(isKept))
    }

    private mutating func prune(at now: Int64, limit: Int) throws -> Int {
        let db = row.db
        try db.execute(
            sql: "DELETE FROM answer WHERE id IN (SELECT id FROM answer WHERE kept_until <= ? LIMIT ?)",
            arguments: [now, limit]
        )
        let answers = db.changesCount
        try db.execute(
            sql: """
                DELETE FROM record WHERE scope IN (SELECT scope FROM record
                    WHERE remembered_until IS NOT NULL AND remembered_until <= ? LIMIT ?)
                """,
            arguments: [now, max(0, limit - answers)]
        )
        let keys = db.changesCount
        count -= keys
        if answers + keys > 0 { try db.execute(sql: "PRAGMA incremental_vacuum(200)") }
        return answers + keys
    }
}

package import ConflictEngine
package import StoragePorts

/// The ledger's calls as calls that wait for their answer.
extension IdempotencyLedger {
    /// What the ledger says to a claim.
    package func begin(_ claim: IdempotencyClaim) async throws(StoreError) -> IdempotencyRuling {
        let result = await withCheckedContinuation { waiting in
            begin(claim) { waiting.resume(returning: $0) }
        }
        return try result.get()
    }

    /// Whether the settlement was taken.
    package func settle(
        _ scope: IdempotencyScope,
        fence: Int64,
        as settlement: IdempotencySettlement
    ) async throws(StoreError) -> Bool {
        let result = await withCheckedContinuation { waiting in
            settle(scope, fence: fence, as: settlement) { waiting.resume(returning: $0) }
        }
        return try result.get()
    }

    /// Whether the claim is still kept.
    package func renew(_ scope: IdempotencyScope, fence: Int64, until end: Int64) async throws(StoreError) -> Bool {
        let result = await withCheckedContinuation { waiting in
            renew(scope, fence: fence, until: end) { waiting.resume(returning: $0) }
        }
        return try result.get()
    }

    /// How many answers and keys were forgotten.
    package func prune(at time: Int64, limit: Int) async throws(StoreError) -> Int {
        let result = await withCheckedContinuation { waiting in
            prune(at: time, limit: limit) { waiting.resume(returning: $0) }
        }
        return try result.get()
    }

    /// The number under which a claim began; throws ``BrokenPromise`` if it was told anything else.
    package func fence(of claim: IdempotencyClaim) async throws -> Int64 {
        let ruling = try await begin(claim)
        guard case .begun(let fence) = ruling else { throw BrokenPromise("claim: expected to begin, got \(ruling)") }
        return fence
    }
}

package import ConflictEngine
package import StoragePorts
import Synchronization

/// A ledger without a disk, for tests; trusted because it keeps every clause of ``IdempotencyLedgerContract``.
///
/// Answers come before the call returns, on the caller's thread.
package final class InMemoryIdempotencyLedger: IdempotencyLedger {
    private struct State {
        var records: [IdempotencyScope: IdempotencyRecord] = [:]
        /// The keys whose answers were not pruned yet.
        var answered: Set<IdempotencyScope> = []
        var fence: Int64 = 0
        var fault: StoreError?
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// An empty ledger for at most `capacity` keys.
    package init(capacity: Int = .max) { self.capacity = capacity }

    /// Makes every call fail with `fault` from now on; `nil` ends that.
    package func fail(with fault: StoreError?) {
        state.withLock { $0.fault = fault }
    }

    /// Keys that are kept.
    package var count: Int { state.withLock { $0.records.count } }

    package func begin(_ claim: IdempotencyClaim, _ done: @escaping StoreCompletion<IdempotencyRuling>) {
        done(
            working { state throws(StoreError) in
                var record = state.records[claim.scope]
                guard record != nil || state.records.count < capacity else {
                    throw StoreError(.diskFull, "The ledger is full: it holds \(state.records.count) keys.")
                }
                let next = state.fence + 1
                let ruling = IdempotencyRecord.rule(on: claim, &record, fence: { next })
                if case .begun = ruling {
                    state.fence = next
                    state.answered.remove(claim.scope)
                }
                state.records[claim.scope] = record
                return ruling
            }
        )
    }

    package func settle(
        _ scope: IdempotencyScope,
        fence: Int64,
        as settlement: IdempotencySettlement,
        _ done: @escaping StoreCompletion<Bool>
    ) {
        done(
            working { state throws(StoreError) in
                let isTaken = IdempotencyRecord.settle(&state.records[scope], fence: fence, as: settlement)
                if isTaken, case .completed = settlement { state.answered.insert(scope) }
                return isTaken
            }
        )
    }

    package func renew(
        _ scope: IdempotencyScope,
        fence: Int64,
        until leaseEnd: Int64,
        _ done: @escaping StoreCompletion<Bool>
    ) {
        done(
            working { state throws(StoreError) in
                IdempotencyRecord.renew(&state.records[scope], fence: fence, until: leaseEnd)
            }
        )
    }

    package func prune(at time: Int64, limit: Int, _ done: @escaping StoreCompletion<Int>) {
        done(
            working { state throws(StoreError) in
                let answers = state.answered.filter { Self.answerEnd(state.records[$0]) <= time }.prefix(max(0, limit))
                state.answered.subtract(answers)
                for scope in answers { Self.dropAnswer(&state.records[scope]) }
                let keys = state.records.filter { $0.value.isForgotten(at: time) }.prefix(max(0, limit) - answers.count)
                for (scope, _) in keys { state.records[scope] = nil }
                return answers.count + keys.count
            }
        )
    }

    private static func answerEnd(_ record: IdempotencyRecord?) -> Int64 {
        guard case .completed(_, _, let keptUntil, _)? = record?.state else { return .min }
        return keptUntil
    }

    /// Leaves of a completed record what a ledger knows once the answer is gone.
    private static func dropAnswer(_ record: inout IdempotencyRecord?) {
        guard case .completed(let answer, let time, _, let rememberedUntil)? = record?.state else { return }
        let rest = KeptAnswer(status: answer.status, lines: [], body: nil)
        record?.state = .completed(rest, at: time, keptUntil: .min, rememberedUntil: rememberedUntil)
    }

    private func working<Value: Sendable>(
        _ body: (inout State) throws(StoreError) -> Value
    ) -> Result<Value, StoreError> {
        state.withLock { state in
            if let fault = state.fault { return .failure(fault) }
            do throws(StoreError) {
                return .success(try body(&state))
            } catch {
                return .failure(error)
            }
        }
    }
}

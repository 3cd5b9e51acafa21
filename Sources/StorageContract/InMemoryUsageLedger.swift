package import StoragePorts
import Synchronization

/// A usage ledger without a disk, for tests; trusted because it keeps every clause of ``UsageLedgerContract``.
package final class InMemoryUsageLedger: UsageLedger {
    private struct State {
        var records: [ModelCallRecord] = []
        var windows: [String: QuotaWindow] = [:]
        var fault: StoreError?
    }

    private let state = Mutex(State())

    /// An empty ledger.
    package init() {}

    /// Makes every call throw `fault` from now on; `nil` ends that.
    package func fail(with fault: StoreError?) {
        state.withLock { $0.fault = fault }
    }

    package func append(_ batch: CallBatch, windows: [QuotaWindow]) async throws(StoreError) {
        let records: [ModelCallRecord]
        do {
            records = try CallBlock(batch.packed()).records()
        } catch {
            throw StoreError(.corrupt, "What was packed cannot be read.")
        }
        try working { state in
            for window in windows { state.windows[window.key] = window }
            state.records += records
        }
    }

    package func windows() async throws(StoreError) -> [QuotaWindow] {
        try working { state in state.windows.values.sorted { $0.key < $1.key } }
    }

    package func totals(_ query: UsageQuery) async throws(StoreError) -> [UsageTotal] {
        try working { state in
            var totals: [[UInt8]?: UsageTotal] = [:]
            for record in state.records where query.filter.admits(record) {
                let value = query.key.value(of: record)
                totals[value.map { Array($0.utf8) }, default: UsageTotal(key: value)].add(record)
            }
            return UsageTotal.ordered(totals.values, by: query.key)
        }
    }

    package func calls(
        _ filter: UsageFilter,
        after cursor: UsageCursor?,
        limit: Int
    ) async throws(StoreError) -> UsagePage {
        try working { state in
            let newestFirst = state.records.filter(filter.admits)
                .sorted { UsageCursor(behind: $1).comesBehind(UsageCursor(behind: $0)) }
            let behind = newestFirst.filter { record in
                guard let cursor else { return true }
                return UsageCursor(behind: record).comesBehind(cursor)
            }
            let shown = Array(behind.prefix(max(1, limit)))
            let next = behind.count > shown.count ? shown.last : nil
            return UsagePage(records: shown, next: next.map(UsageCursor.init(behind:)))
        }
    }

    @discardableResult
    package func prune(before time: Int64) async throws(StoreError) -> Int {
        try working { state in
            let before = state.records.count
            state.records = state.records.filter { $0.time >= time }
            return before - state.records.count
        }
    }

    /// Runs `body` on what is kept, unless told to fail.
    private func working<Value: Sendable>(_ body: (inout State) -> Value) throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = state.withLock { state in
            if let fault = state.fault { return .failure(fault) }
            return .success(body(&state))
        }
        return try result.get()
    }
}

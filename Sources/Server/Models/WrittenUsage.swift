import SQLiteStorage
import StoragePorts

/// The usage ledger as the console reads it: with every call that is over, also those that wait to be written.
///
/// Who has the answer of a call finds the call in the ledger.
struct WrittenUsage: UsageLedger {
    /// The ledger.
    let ledger: any UsageLedger
    /// What writes it.
    let writer: UsageWriter

    func append(_ batch: CallBatch, windows: [QuotaWindow]) async throws(StoreError) {
        try await ledger.append(batch, windows: windows)
    }

    func windows() async throws(StoreError) -> [QuotaWindow] {
        await writer.flush()
        return try await ledger.windows()
    }

    func totals(_ query: UsageQuery) async throws(StoreError) -> [UsageTotal] {
        await writer.flush()
        return try await ledger.totals(query)
    }

    func calls(
        _ filter: UsageFilter,
        after cursor: UsageCursor?,
        limit: Int
    ) async throws(StoreError) -> UsagePage {
        await writer.flush()
        return try await ledger.calls(filter, after: cursor, limit: limit)
    }

    @discardableResult
    func prune(before time: Int64) async throws(StoreError) -> Int { try await ledger.prune(before: time) }
}

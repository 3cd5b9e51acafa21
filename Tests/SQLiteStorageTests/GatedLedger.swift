import StoragePorts
import Synchronization

/// Lets each write to another ledger begin only when it is told to.
final class GatedLedger: UsageLedger {
    private let other: any UsageLedger
    private let writes = Mutex<[CheckedContinuation<Void, Never>]>([])

    init(_ other: any UsageLedger) { self.other = other }

    /// How many writes wait.
    var waiting: Int { writes.withLock(\.count) }

    /// Lets the oldest write begin.
    func open() { writes.withLock { $0.isEmpty ? nil : $0.removeFirst() }?.resume() }

    func append(_ batch: CallBatch, windows: [QuotaWindow]) async throws(StoreError) {
        await withCheckedContinuation { write in writes.withLock { $0.append(write) } }
        try await other.append(batch, windows: windows)
    }

    func windows() async throws(StoreError) -> [QuotaWindow] { try await other.windows() }

    func totals(_ query: UsageQuery) async throws(StoreError) -> [UsageTotal] { try await other.totals(query) }

    func calls(_ filter: UsageFilter, after cursor: UsageCursor?, limit: Int) async throws(StoreError) -> UsagePage {
        try await other.calls(filter, after: cursor, limit: limit)
    }

    func prune(before time: Int64) async throws(StoreError) -> Int { try await other.prune(before: time) }
}

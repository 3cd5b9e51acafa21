import StoragePorts
import Synchronization

/// Counts what is written to another ledger.
final class CountingLedger: UsageLedger {
    private let other: any UsageLedger
    private let next = Mutex<(@Sendable () -> Void)?>(nil)
    private let each = Mutex<@Sendable () -> Void>({})
    private let written = Mutex((batches: [Int](), windows: 0))

    init(_ other: any UsageLedger) { self.other = other }

    var windows: Int { written.withLock(\.windows) }
    var batches: [Int] { written.withLock(\.batches) }

    /// Does something in the middle of the next write.
    func beforeNext(_ body: @escaping @Sendable () -> Void) { next.withLock { $0 = body } }

    /// Does something in the middle of every write.
    func beforeEach(_ body: @escaping @Sendable () -> Void) { each.withLock { $0 = body } }

    func append(_ batch: CallBatch, windows: [QuotaWindow]) async throws(StoreError) {
        each.withLock(\.self)()
        let body = next.withLock { next in
            defer { next = nil }
            return next
        }
        body?()
        written.withLock { written in
            written.windows += windows.count
            written.batches.append(batch.count)
        }
        try await other.append(batch, windows: windows)
    }

    func windows() async throws(StoreError) -> [QuotaWindow] { try await other.windows() }

    func totals(_ query: UsageQuery) async throws(StoreError) -> [UsageTotal] { try await other.totals(query) }

    func calls(_ filter: UsageFilter, after cursor: UsageCursor?, limit: Int) async throws(StoreError) -> UsagePage {
        try await other.calls(filter, after: cursor, limit: limit)
    }

    func prune(before time: Int64) async throws(StoreError) -> Int { try await other.prune(before: time) }
}

package import ConflictEngine
package import StoragePorts

/// The idempotency ledger in a SQLite file.
///
/// Calls that arrive while the disk is busy share the next transaction, so that one wait for the disk serves them all.
/// A disk that is full fails calls until there is room again; nothing else of the server depends on this file.
package final class SQLiteIdempotencyLedger: IdempotencyLedger {
    /// Calls that one transaction carries at most: more would make the first of them wait for the last.
    private static let largestBatch = 512

    /// How the last use went.
    package let health: StoreHealth
    private let line: WriteLine<LedgerWish>

    /// The ledger of a server that has claimed `directory`, for at most `capacity` keys; `report` gets a sentence when it
    /// begins to fail, and when it works again.
    ///
    /// - Throws: `tooNew`, or `directoryUnwritable`; other faults are met again by each call until they are gone.
    package init(
        in directory: DataDirectory,
        capacity: Int = 4_000_000,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(StoreError) {
        health = StoreHealth(of: .ledger, "requests with a key that it must remember get 503", report: report)
        let file = LedgerFile(path: directory.file(LedgerFile.name))
        var opened: LedgerFile.Opened?
        do {
            opened = try file.open(isFirst: true)
        } catch {
            let fault = StoreError(error, of: .ledger, at: file.path)
            if fault.code == .tooNew || fault.code == .directoryUnwritable { throw fault }
            health.note(fault)
        }
        do {
            let worker = try LedgerWorker(file, opened, capacity: capacity, health: health)
            line = WriteLine(largestBatch: Self.largestBatch) { worker.carryOut($0, $1) }
        } catch {
            throw StoreError(error, of: .ledger, at: file.path)
        }
    }

    package func begin(_ claim: IdempotencyClaim, _ done: @escaping StoreCompletion<IdempotencyRuling>) {
        line.add(.begin(claim, done))
    }

    package func settle(
        _ scope: IdempotencyScope,
        fence: Int64,
        as settlement: IdempotencySettlement,
        _ done: @escaping StoreCompletion<Bool>
    ) {
        line.add(.settle(scope, fence: fence, settlement, done))
    }

    package func renew(
        _ scope: IdempotencyScope,
        fence: Int64,
        until leaseEnd: Int64,
        _ done: @escaping StoreCompletion<Bool>
    ) {
        line.add(.renew(scope, fence: fence, until: leaseEnd, done))
    }

    package func prune(at time: Int64, limit: Int, _ done: @escaping StoreCompletion<Int>) {
        line.add(.prune(at: time, limit: limit, done))
    }
}

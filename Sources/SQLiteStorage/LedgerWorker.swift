import ConflictEngine
import GRDB
import StoragePorts
import Synchronization

/// Carries out the ledger's calls, one transaction after another, on the thread of its database.
final class LedgerWorker: Sendable {
    private let file: LedgerFile
    private let capacity: Int
    private let health: StoreHealth
    private let state: Mutex<State>

    private struct State {
        /// The connection; where ``isUsable`` is false, only its thread is used.
        var database: DatabaseQueue
        /// Whether the connection is one to the ledger's file.
        var isUsable: Bool
        /// Whether the file was never open yet.
        var isFirst: Bool
        var fence: Int64
        var count: Int
    }

    /// A worker on a file, which may be open already, for at most `capacity` keys; `health` hears how each use went.
    ///
    /// - Throws: What SQLite says if it cannot even begin.
    init(_ file: LedgerFile, _ opened: LedgerFile.Opened?, capacity: Int, health: StoreHealth) throws {
        self.file = file
        self.health = health
        self.capacity = capacity
        state = Mutex(
            State(
                database: try opened?.database ?? DatabaseQueue(),
                isUsable: opened != nil,
                isFirst: opened == nil,
                fence: opened?.fence ?? 0,
                count: opened?.count ?? 0
            )
        )
    }

    /// Carries out calls in one transaction, and answers them once it is on the disk; then calls `done`.
    func carryOut(_ batch: [LedgerWish], _ done: @escaping @Sendable () -> Void) {
        let database = state.withLock { $0.database }
        database.asyncWriteWithoutTransaction { [self] db in
            do {
                let replies = try write(batch, through: db)
                health.note(fullness)
                for (wish, reply) in zip(batch, replies) { wish.answer(reply) }
            } catch {
                let fault = StoreError(error, of: .ledger, at: file.path)
                health.note(fault)
                // A file that turned out to be unusable is opened anew by the next call.
                state.withLock { $0.isUsable = false }
                for wish in batch { wish.answer(.failure(fault)) }
            }
            done()
        }
    }

    /// Why new keys are refused although the file can be written; `nil` if they are not.
    private var fullness: StoreError? {
        let count = state.withLock { $0.count }
        return count < capacity ? nil : LedgerHand.fullness(count)
    }

    private func write(_ batch: [LedgerWish], through db: Database) throws -> [Result<LedgerWish.Reply, StoreError>] {
        guard state.withLock({ $0.isUsable }) else {
            let opened = try reopen()
            return try opened.write { try carryOut(batch, in: $0) }
        }
        var replies: [Result<LedgerWish.Reply, StoreError>] = []
        try db.inTransaction(.immediate) {
            replies = try carryOut(batch, in: db)
            return .commit
        }
        return replies
    }

    private func carryOut(_ batch: [LedgerWish], in db: Database) throws -> [Result<LedgerWish.Reply, StoreError>] {
        let (fence, count) = state.withLock { ($0.fence, $0.count) }
        var hand = LedgerHand(row: LedgerRow(db: db), fence: fence, count: count, capacity: capacity)
        let replies = try batch.map { try hand.reply(to: $0) }
        // While the store fails, each transaction writes: one that only looks around proves nothing about the disk.
        if hand.fence != fence || health.fault != nil {
            try db.cachedStatement(sql: "UPDATE last_claim SET fence = ?").execute(arguments: [hand.fence])
        }
        let (newFence, newCount) = (hand.fence, hand.count)
        db.afterNextTransaction { [self] _ in
            state.withLock { ($0.fence, $0.count) = (newFence, newCount) }
        }
        return replies
    }

    private func reopen() throws -> DatabaseQueue {
        let isFirst = state.withLock { $0.isFirst }
        let opened = try file.open(isFirst: isFirst)
        state.withLock { state in
            state.database = opened.database
            state.isUsable = true
            state.isFirst = false
            state.fence = max(state.fence, opened.fence)
            state.count = opened.count
        }
        return opened.database
    }
}

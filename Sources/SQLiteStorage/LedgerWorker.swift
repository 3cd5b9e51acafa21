import ConflictEngine
import GRDB
import StoragePorts

/// Carries out the ledger's calls, one transaction after another.
actor LedgerWorker {
    private let file: LedgerFile
    private let capacity: Int
    private var database: DatabaseQueue?
    private var fence: Int64
    private var count: Int
    /// Whether the file was never open yet.
    private var isFirst: Bool

    /// A worker on a file, which may be open already, for at most `capacity` keys.
    init(_ file: LedgerFile, _ opened: LedgerFile.Opened?, capacity: Int) {
        self.file = file
        self.capacity = capacity
        database = opened?.database
        fence = opened?.fence ?? 0
        count = opened?.count ?? 0
        isFirst = opened == nil
    }

    /// Carries out calls in one transaction, and answers them once it is on the disk.
    func carryOut(_ batch: [LedgerWish]) async {
        do {
            let replies = try await write(batch)
            for (wish, reply) in zip(batch, replies) { wish.answer(reply) }
        } catch {
            let fault = StoreError(error, at: file.path)
            database = nil  // a file that turned out to be unusable is opened anew by the next call
            for wish in batch { wish.answer(.failure(fault)) }
        }
    }

    private func write(_ batch: [LedgerWish]) async throws -> [Result<LedgerWish.Reply, StoreError>] {
        let database = try usableDatabase()
        let (fence, count, capacity) = (fence, count, capacity)
        let (replies, newFence, newCount) = try await database.write { db in
            var hand = LedgerHand(row: LedgerRow(db: db), fence: fence, count: count, capacity: capacity)
            let replies = try batch.map { try hand.reply(to: $0) }
            if hand.fence != fence {
                try db.execute(sql: "UPDATE last_claim SET fence = ?", arguments: [hand.fence])
            }
            return (replies, hand.fence, hand.count)
        }
        (self.fence, self.count) = (newFence, newCount)
        return replies
    }

    private func usableDatabase() throws -> DatabaseQueue {
        if let database { return database }
        let opened = try file.open(isFirst: isFirst)
        isFirst = false
        database = opened.database
        fence = max(fence, opened.fence)
        count = opened.count
        return opened.database
    }
}

import FoundationEssentials
import GRDB
import StoragePorts

/// The table `call_block`: calls of language models, packed as they came to be written together.
struct UsageBlocks {
    private let db: Database

    /// Blocks taken at a time when calls are forgotten or gathered, so that writing never waits long.
    private static let stride = 64
    /// Fewer calls than this make a small block; the index of small blocks says the same.
    private static let small = 64

    private static let insertion = "INSERT INTO call_block (first, last, calls, body) VALUES (?, ?, ?, ?)"
    private static let naming = "INSERT OR IGNORE INTO call_block_consumer (consumer, last, block) VALUES (?, ?, ?)"
    private static let unnaming = "DELETE FROM call_block_consumer WHERE consumer = ? AND last = ? AND block = ?"

    /// The blocks of `db`, to be used within one access to it.
    init(in db: Database) { self.db = db }

    /// Adds the calls of `batch` as a block, if there are any.
    func insert(_ batch: CallBatch) throws {
        guard batch.count > 0 else { return }
        let body = Data(batch.packed())
        try db.cachedStatement(sql: Self.insertion).execute(
            arguments: [batch.first, batch.last, batch.count, body]
        )
        let block = db.lastInsertedRowID
        for consumer in batch.consumers {
            try db.cachedStatement(sql: Self.naming).execute(
                arguments: [StoredText.text(of: consumer), batch.last, block]
            )
        }
    }

    /// Up to `limit` calls that pass `filter`, newest first, from behind `cursor` on.
    func page(_ filter: UsageFilter, after cursor: UsageCursor?, limit: Int) throws -> [ModelCallRecord] {
        var selection = UsageSelection(filter)
        if let cursor { selection.begin(at: cursor) }
        var page: [ModelCallRecord] = []
        let rows = try selection.blocks(in: db)
        while let row = try rows.next() {
            // Blocks come by their latest call: once the page is full of later ones, none can add to it.
            if page.count == limit, let oldest = page.last, oldest.time > row["last"] as Int64 { break }
            let found = try Self.block(of: row).records(filter, after: cursor)
            guard !found.isEmpty else { continue }
            page += found
            page.sort { UsageCursor(behind: $1).comesBehind(UsageCursor(behind: $0)) }
            page.removeLast(max(0, page.count - limit))
        }
        return page
    }

    /// The sums that `query` asks for, in no order.
    func totals(_ query: UsageQuery) throws -> [UsageTotal] {
        var sums = CallSums(query)
        let rows = try UsageSelection(query.filter).blocks(in: db)
        while let row = try rows.next() { try sums.add(Self.block(of: row)) }
        return sums.totals
    }

    /// Forgets calls older than `time`, of some of the blocks that have any.
    ///
    /// - Returns: How many went, and whether there may be more.
    func forget(before time: Int64) throws -> (calls: Int, isDone: Bool) {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT id, last, calls, body FROM call_block WHERE first < ? ORDER BY first LIMIT ?",
            arguments: [time, Self.stride]
        )
        var gone = 0
        for row in rows {
            gone += row["calls"]
            var rest = CallBatch()
            if row["last"] as Int64 >= time {
                for record in try Self.block(of: row).records() where record.time >= time { rest.add(record) }
            }
            gone -= rest.count
            try delete(row)
            try insert(rest)
        }
        if gone > 0 { try db.releaseFreePages() }
        return (gone, rows.count < Self.stride)
    }

    /// Packs small blocks together, the oldest first: where calls are few each comes as a block of its own, and a block takes
    /// much longer to read than a call within it.
    ///
    /// - Returns: Whether there may be more to gather.
    func gather() throws -> Bool {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT id, last, calls, body FROM call_block WHERE calls < \(Self.small) ORDER BY id LIMIT ?",
            arguments: [Self.stride]
        )
        guard rows.reduce(0, { $0 + ($1["calls"] as Int) }) >= Self.small else { return false }
        var batch = CallBatch()
        for row in rows {
            for record in try Self.block(of: row).records() { batch.add(record) }
            try delete(row)
        }
        try insert(batch)
        return rows.count == Self.stride
    }

    private func delete(_ row: Row) throws {
        let id: Int64 = row["id"]
        for consumer in try Self.block(of: row).consumers() {
            try db.cachedStatement(sql: Self.unnaming).execute(
                arguments: [StoredText.text(of: consumer), row["last"] as Int64, id]
            )
        }
        try db.cachedStatement(sql: "DELETE FROM call_block WHERE id = ?").execute(arguments: [id])
    }

    private static func block(of row: Row) throws -> CallBlock { try CallBlock([UInt8](row["body"] as Data)) }
}

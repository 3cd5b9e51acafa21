import FoundationEssentials
import GRDB
import StoragePorts

/// The table `call_block`: calls of language models, packed as they came to be written together.
struct UsageBlocks {
    private let db: Database

    /// Blocks looked at in one step of forgetting.
    private static let stride = 16
    /// Fewer calls than this make a small block; the index of small blocks says the same.
    private static let small = 64
    /// Calls that a gathered block has at least, if there are as many: some 0.3 ms of work.
    private static let gathered = 256

    private static let insertion = "INSERT INTO call_block (first, last, calls, body) VALUES (?, ?, ?, ?)"
    private static let naming =
        "INSERT OR IGNORE INTO call_block_consumer (consumer, last, block, first) VALUES (?, ?, ?, ?)"
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
                arguments: [StoredText.text(of: consumer), batch.last, block, batch.first]
            )
        }
    }

    /// Up to `limit` calls that pass `filter`, newest first, from behind `cursor` on.
    ///
    /// - Throws: ``DamagedCalls``, or what SQLite says.
    func page(_ filter: UsageFilter, after cursor: UsageCursor?, limit: Int) throws -> [ModelCallRecord] {
        var page: [ModelCallRecord] = []
        let rows = try UsageSelection(filter, from: cursor).blocks(in: db)
        while let row = try rows.next() {
            let block = try StoredBlock(row)
            // Blocks come by their latest call: once the page is full of later ones, none can add to it.
            if page.count == limit, let oldest = page.last, oldest.time > block.last { break }
            let found = try block.reading { calls throws(DamagedBlock) in try calls.records(filter, after: cursor) }
            guard !found.isEmpty else { continue }
            page += found
            page.sort { UsageCursor(behind: $1).comesBehind(UsageCursor(behind: $0)) }
            page.removeLast(max(0, page.count - limit))
        }
        return page
    }

    /// The sums that `query` asks for, in no order.
    ///
    /// - Throws: ``DamagedCalls``, or what SQLite says.
    func totals(_ query: UsageQuery) throws -> [UsageTotal] {
        var sums = CallSums(query)
        let rows = try UsageSelection(query.filter).blocks(in: db)
        while let row = try rows.next() {
            let block = try StoredBlock(row)
            try block.reading { calls throws(DamagedBlock) in try sums.add(calls) }
        }
        return sums.totals
    }

    /// Forgets calls older than `time`, of some of the blocks that have any.
    ///
    /// - Returns: How many went, and whether there may be more.
    /// - Throws: ``DamagedCalls``, or what SQLite says.
    func forget(before time: Int64) throws -> (calls: Int, isDone: Bool) {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT id, last, body FROM call_block WHERE first < ? ORDER BY first LIMIT ?",
            arguments: [time, Self.stride]
        )
        var gone = 0
        for row in rows {
            let block = try StoredBlock(row)
            var rest = CallBatch()
            var count = block.calls.count
            if block.last >= time {
                let records = try block.reading { calls throws(DamagedBlock) in try calls.records() }
                for record in records where record.time >= time { rest.add(record) }
                count = records.count - rest.count
            }
            gone += count
            try delete(block)
            try insert(rest)
        }
        return (gone, rows.count < Self.stride)
    }

    /// Packs small blocks together, the oldest first: where calls are few each comes as a block of its own, and a block takes
    /// much longer to read than a call within it.
    ///
    /// - Returns: Whether there may be more to gather.
    /// - Throws: ``DamagedCalls``, or what SQLite says.
    func gather() throws -> Bool {
        let (batch, blocks) = try smallBlocks()
        guard batch.count >= Self.small else { return false }
        for block in blocks { try delete(block) }
        try insert(batch)
        return batch.count >= Self.gathered
    }

    /// The oldest small blocks, and their calls.
    private func smallBlocks() throws -> (batch: CallBatch, blocks: [StoredBlock]) {
        var batch = CallBatch()
        var blocks: [StoredBlock] = []
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT id, last, body FROM call_block WHERE calls < \(Self.small) ORDER BY id LIMIT \(Self.gathered)"
        )
        while batch.count < Self.gathered, let row = try rows.next() {
            let block = try StoredBlock(row)
            for record in try block.reading({ calls throws(DamagedBlock) in try calls.records() }) { batch.add(record) }
            blocks.append(block)
        }
        return (batch, blocks)
    }

    /// Takes a damaged block out, whatever it held.
    func drop(_ damaged: DamagedCalls) throws {
        try db.execute(sql: "DELETE FROM call_block_consumer WHERE block = ?", arguments: [damaged.block])
        try db.execute(sql: "DELETE FROM call_block WHERE id = ?", arguments: [damaged.block])
    }

    private func delete(_ block: StoredBlock) throws {
        for consumer in try block.reading({ calls throws(DamagedBlock) in try calls.consumers() }) {
            try db.cachedStatement(sql: Self.unnaming).execute(
                arguments: [StoredText.text(of: consumer), block.last, block.id]
            )
        }
        try db.cachedStatement(sql: "DELETE FROM call_block WHERE id = ?").execute(arguments: [block.id])
    }
}

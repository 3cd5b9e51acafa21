import GRDB
import StoragePorts

/// A question to the table `call_block` for blocks that may have calls that pass a filter: constant text with bound values.
struct UsageSelection {
    private let consumer: String?
    /// The text of the conditions, joined by AND; always at least one.
    private var conditions = ["1"]
    /// The values of the conditions, in order.
    private var values = StatementArguments()

    /// Asks for the blocks in which `filter` may find something.
    init(_ filter: UsageFilter) {
        consumer = filter.consumer.map(StoredText.text)
        if let consumer { require("c.consumer = ?", consumer) }
        if let since = filter.since { require(consumer == nil ? "b.last >= ?" : "c.last >= ?", since) }
        if let until = filter.until { require("b.first < ?", until) }
    }

    /// Leaves out blocks whose calls all come before `cursor` in a list that is ordered newest first.
    mutating func begin(at cursor: UsageCursor) { require("b.first <= ?", cursor.time) }

    /// The blocks, by their latest call, the latest first.
    func blocks(in db: Database) throws -> RowCursor {
        let condition = conditions.joined(separator: " AND ")
        return try Row.fetchCursor(db, sql: Self.text(consumer == nil, condition), arguments: values)
    }

    /// The question for all blocks, or for those of a consumer.
    static func text(_ isForAll: Bool, _ condition: String) -> String {
        isForAll
            ? "SELECT b.last, b.body FROM call_block b WHERE \(condition) ORDER BY b.last DESC"
            : """
            SELECT c.last, b.body FROM call_block_consumer c JOIN call_block b ON b.id = c.block
            WHERE \(condition) ORDER BY c.last DESC
            """
    }

    private mutating func require(_ condition: String, _ value: any DatabaseValueConvertible) {
        conditions.append(condition)
        values += [value]
    }
}

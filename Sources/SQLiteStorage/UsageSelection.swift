import GRDB
package import StoragePorts

/// A question to the table `call_block` for blocks that may have calls that pass a filter: constant text with bound values.
package struct UsageSelection {
    /// The text of the question.
    package var text: String {
        let condition = conditions.joined(separator: " AND ")
        return isOfConsumer
            ? """
            SELECT b.id, c.last, b.body FROM call_block_consumer c JOIN call_block b ON b.id = c.block
            WHERE \(condition) ORDER BY c.last DESC
            """
            : "SELECT b.id, b.last, b.body FROM call_block b WHERE \(condition) ORDER BY b.last DESC"
    }

    private let isOfConsumer: Bool
    /// The text of the conditions, joined by AND; always at least one.
    private var conditions = ["1"]
    /// The values of the conditions, in order.
    private var values = StatementArguments()

    /// Asks for the blocks in which `filter` may find something from behind `cursor` on, in a list that is ordered newest
    /// first.
    package init(_ filter: UsageFilter, from cursor: UsageCursor? = nil) {
        isOfConsumer = filter.consumer != nil
        // Both tables have the times, so that blocks of other times are passed over without looking at them.
        let times = isOfConsumer ? "c" : "b"
        if let consumer = filter.consumer { require("c.consumer = ?", StoredText.text(of: consumer)) }
        if let since = filter.since { require("\(times).last >= ?", since) }
        if let until = filter.until { require("\(times).first < ?", until) }
        if let cursor { require("\(times).first <= ?", cursor.time) }
    }

    /// The blocks, by their latest call, the latest first.
    func blocks(in db: Database) throws -> RowCursor { try Row.fetchCursor(db, sql: text, arguments: values) }

    private mutating func require(_ condition: String, _ value: any DatabaseValueConvertible) {
        conditions.append(condition)
        values += [value]
    }
}

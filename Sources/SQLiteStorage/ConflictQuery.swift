import GRDB
import StoragePorts

/// A question to the table `conflict`: constant text with bound values.
struct ConflictQuery {
    /// The text of the conditions, joined by AND; always at least one.
    private(set) var conditions = ["1"]
    /// The values of the conditions, in order.
    private(set) var values = StatementArguments()

    /// Asks for what `filter` lets pass.
    init(_ filter: ConflictFilter) {
        require("time >= ?", filter.since)
        require("time < ?", filter.until)
        require("service = ?", filter.service)
        require("route = ?", filter.route)
        require("kind = ?", filter.kind)
        require("consumer = ?", filter.consumer)
        require("resource = ?", filter.resource)
    }

    /// Up to `limit` entries, newest first, from behind `cursor` on.
    func page(after cursor: ConflictCursor?, limit: Int, in db: Database) throws -> [Row] {
        var query = self
        if let cursor {
            query.require("(time, position) < (?, ?)", [cursor.time, cursor.position.number])
        }
        let text = "SELECT * FROM conflict WHERE \(query.condition) ORDER BY time DESC, position DESC LIMIT ?"
        return try Row.fetchAll(db, sql: text, arguments: query.values + [limit])
    }

    /// Up to `limit` entries appended after `position`, oldest first.
    func tail(from position: JournalPosition, limit: Int, in db: Database) throws -> [Row] {
        var query = self
        query.require("position > ?", position.number)
        let text = "SELECT * FROM conflict WHERE \(query.condition) ORDER BY position LIMIT ?"
        return try Row.fetchAll(db, sql: text, arguments: query.values + [limit])
    }

    /// How many entries share each value of `key`, largest first.
    func summary(by key: SummaryKey, limit: Int, in db: Database) throws -> [Row] {
        let (value, group, extra) = Self.grouping(by: key)
        let text = """
            SELECT \(value) AS key, count(*) AS number FROM conflict WHERE \(condition)\(extra)
            GROUP BY \(group) ORDER BY number DESC, key LIMIT ?
            """
        return try Row.fetchAll(db, sql: text, arguments: values + [limit])
    }

    private var condition: String { conditions.joined(separator: " AND ") }

    private mutating func require(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
        guard let value else { return }
        conditions.append(condition)
        values += [value]
    }

    private mutating func require(_ condition: String, _ bound: [Int64]) {
        conditions.append(condition)
        values += StatementArguments(bound)
    }

    private static func grouping(by key: SummaryKey) -> (value: String, group: String, extra: String) {
        switch key {
        case .route: ("service || '/' || route", "service, route", "")
        case .kind: ("kind", "kind", "")
        case .resource: ("resource", "resource", "")
        case .consumer: ("consumer", "consumer", " AND consumer IS NOT NULL")
        }
    }
}

import ConflictEngine
import FoundationEssentials
import GRDB

/// Reads and writes records of the ledger's tables.
struct LedgerRow {
    /// What the column `state` may say.
    private enum Code: Int { case running = 1, completed, uncertain }

    /// The database within a transaction.
    let db: Database

    /// The record under a scope, with its answer if that is kept.
    func record(_ scope: IdempotencyScope) throws -> IdempotencyRecord? {
        let statement = try db.cachedStatement(sql: Self.selection)
        guard let row = try Row.fetchOne(statement, arguments: [Self.data(scope.digest)]) else { return nil }
        return IdempotencyRecord(
            fingerprint: Self.bytes(row[0]),
            fence: row[1],
            begunAt: row[2],
            state: state(of: row)
        )
    }

    private func state(of row: Row) -> IdempotencyRecord.State {
        switch Code(rawValue: row[3]) {
        case .running: return .running(leaseEnd: row[4] ?? 0)
        case .completed:
            let lines: Data? = row[9]
            let answer = KeptAnswer(
                status: row[8] ?? 200,
                lines: Self.bytes(lines),
                body: (row[10] as Data?).map { Array($0) }
            )
            // An answer that was pruned ahead of its time is no answer.
            let keptUntil: Int64 = lines == nil ? 0 : row[6] ?? 0
            return .completed(answer, at: row[5] ?? 0, keptUntil: keptUntil, rememberedUntil: row[7] ?? 0)
        case .uncertain, nil: return .uncertain
        }
    }

    /// Makes `after` what is kept under a scope where `before` was.
    func replace(_ scope: IdempotencyScope, _ before: IdempotencyRecord?, by after: IdempotencyRecord?) throws {
        guard before != after else { return }
        let key = Self.data(scope.digest)
        if case .completed? = before?.state {
            try db.cachedStatement(sql: "DELETE FROM answer WHERE scope = ?").execute(arguments: [key])
        }
        guard let after else {
            return try db.cachedStatement(sql: "DELETE FROM record WHERE scope = ?").execute(arguments: [key])
        }
        var arguments: [(any DatabaseValueConvertible)?] = [
            key, Self.data(after.fingerprint), after.fence, after.begunAt,
        ]
        switch after.state {
        case .running(let leaseEnd): arguments += [Code.running.rawValue, leaseEnd, nil, nil, nil, nil]
        case .uncertain: arguments += [Code.uncertain.rawValue, nil, nil, nil, nil, nil]
        case .completed(let answer, let time, let keptUntil, let rememberedUntil):
            arguments += [Code.completed.rawValue, nil, time, keptUntil, rememberedUntil, answer.status]
            try db.cachedStatement(sql: Self.answerInsertion).execute(
                arguments: [key, keptUntil, Self.data(answer.lines), answer.body.map(Self.data)]
            )
        }
        try db.cachedStatement(sql: Self.insertion).execute(arguments: StatementArguments(arguments))
    }

    private static let selection = """
        SELECT r.fingerprint, r.fence, r.begun_at, r.state, r.lease_end, r.completed_at, r.kept_until,
            r.remembered_until, r.status, a.lines, a.body
        FROM record r LEFT JOIN answer a ON a.scope = r.scope AND r.state = 2 WHERE r.scope = ?
        """
    private static let insertion = """
        INSERT OR REPLACE INTO record (scope, fingerprint, fence, begun_at, state, lease_end, completed_at, kept_until,
            remembered_until, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    private static let answerInsertion =
        "INSERT OR REPLACE INTO answer (scope, kept_until, lines, body) VALUES (?, ?, ?, ?)"

    private static func data(_ bytes: [UInt8]) -> Data { Data(bytes) }
    private static func bytes(_ blob: Data?) -> [UInt8] { blob.map { Array($0) } ?? [] }
}

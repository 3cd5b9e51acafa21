import GRDB
import StoragePorts

/// The counts of one batch of conflicts, gathered so that each bucket is written once.
struct ConflictRollup {
    private struct Key: Hashable {
        let span: RollupSpan
        let start: Int64
        let service: String
        let route: String
        let kind: String
    }

    private var counts: [Key: ConflictCounts] = [:]

    private static let addition = """
        INSERT INTO conflict_rollup (span, start, service, route, kind, count, refused, queued, server_errors, waited_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (span, start, service, route, kind) DO UPDATE SET count = count + excluded.count,
            refused = refused + excluded.refused, queued = queued + excluded.queued,
            server_errors = server_errors + excluded.server_errors, waited_ms = waited_ms + excluded.waited_ms
        """

    /// Counts `entry` in the buckets of every span.
    mutating func add(_ entry: ConflictEntry) {
        let one = ConflictCounts(entry)
        for span in RollupSpan.allCases {
            let key = Key(
                span: span,
                start: span.start(of: entry.time),
                service: entry.service,
                route: entry.route,
                kind: entry.kind
            )
            counts[key, default: ConflictCounts()].add(one)
        }
    }

    /// Adds what was gathered to the buckets kept.
    func write(to db: Database) throws {
        guard !counts.isEmpty else { return }
        let statement = try db.cachedStatement(sql: Self.addition)
        for (key, counts) in counts {
            try statement.execute(arguments: [
                key.span.rawValue, key.start, key.service, key.route, key.kind, counts.count, counts.refused,
                counts.queued, counts.serverErrors, counts.waitedMilliseconds,
            ])
        }
    }
}

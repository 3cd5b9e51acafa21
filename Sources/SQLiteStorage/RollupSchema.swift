import GRDB
import StoragePorts

/// The tables of counts over time.
enum RollupSchema {
    /// The least that the rows take: their numbers, a byte or more each, and their names.
    private static let sizes = """
        SELECT ifnull((SELECT sum(24 + length(service) + length(route)) FROM traffic_rollup), 0)
            + ifnull((SELECT sum(26 + length(service) + length(route) + length(kind)) FROM conflict_rollup), 0)
        """

    /// Two tables: traffic by route, and conflicts by route and kind; `span` and `start` are milliseconds.
    static let tables = """
        CREATE TABLE traffic_rollup (
            span INTEGER NOT NULL CHECK (span IN (60000, 3600000, 86400000)),
            start INTEGER NOT NULL,
            service TEXT NOT NULL,
            route TEXT NOT NULL,
            requests INTEGER NOT NULL,
            writes INTEGER NOT NULL,
            accepted INTEGER NOT NULL,
            server_errors INTEGER NOT NULL,
            PRIMARY KEY (span, start, service, route)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE conflict_rollup (
            span INTEGER NOT NULL CHECK (span IN (60000, 3600000, 86400000)),
            start INTEGER NOT NULL,
            service TEXT NOT NULL,
            route TEXT NOT NULL,
            kind TEXT NOT NULL,
            count INTEGER NOT NULL,
            refused INTEGER NOT NULL,
            queued INTEGER NOT NULL,
            server_errors INTEGER NOT NULL,
            waited_ms INTEGER NOT NULL,
            PRIMARY KEY (span, start, service, route, kind)
        ) STRICT, WITHOUT ROWID;
        """

    /// Counts the conflicts that an earlier version journaled, as ``ConflictCounts`` does.
    static let countingOfWhatIsThere = """
        INSERT INTO conflict_rollup
        SELECT spans.span, time - ((time % spans.span) + spans.span) % spans.span AS start, service, route, kind,
            count(*), sum(outcome IN ('refused', 'passed') AND ifnull(status, 0) >= 400), sum(outcome = 'queued'),
            sum(ifnull(status, 0) >= 500), sum(min(ifnull(wait_ms, 0), 86400000))
        FROM conflict, (SELECT 60000 AS span UNION ALL SELECT 3600000 UNION ALL SELECT 86400000) AS spans
        WHERE time BETWEEN -4611686018427387904 AND 4611686018427387904
        GROUP BY spans.span, start, service, route, kind
        """

    /// Bytes that the counts take at least; not worked out while the whole file fits into `limit`.
    ///
    /// Too small a number costs a small journal some entries; too large a one would keep it above its limit.
    static func leastBytes(in db: Database, above limit: Int) throws -> Int {
        guard try db.usedBytes() > limit else { return 0 }
        return try Int.fetchOne(db, sql: sizes) ?? 0
    }
}

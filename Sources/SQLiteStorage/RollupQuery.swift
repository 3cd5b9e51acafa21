import GRDB
import StoragePorts

/// A question to the tables of counts: constant text with bound values.
struct RollupQuery {
    private var conditions = "span = ? AND start >= ? AND start < ?"
    private var values: StatementArguments

    /// Sums of the columns of `traffic_rollup`.
    private static let trafficSums =
        "sum(requests) AS requests, sum(writes) AS writes, sum(accepted) AS accepted, sum(server_errors) AS server_errors"
    /// Sums of the columns of `conflict_rollup`.
    private static let conflictSums =
        "sum(count) AS number, sum(refused) AS refused, sum(queued) AS queued, sum(server_errors) AS server_errors, "
        + "sum(waited_ms) AS waited_ms"

    /// Asks for the buckets of `window`.
    init(_ window: AnalyticsWindow) {
        values = [window.span.rawValue, window.since, window.until]
        if let service = window.service {
            conditions += " AND service = ?"
            values += [service]
        }
        if let route = window.route {
            conditions += " AND route = ?"
            values += [route]
        }
    }

    /// The series in steps of `step` milliseconds, which is a multiple of the span.
    func series(step: Int64, in db: Database) throws -> [AnalyticsPoint] {
        // The remainder takes the sign of the time, so it is brought above zero before it is taken away.
        let start = "start - ((start % ?) + ?) % ? AS time"
        let steps: StatementArguments = [step, step, step]
        var points: [Int64: AnalyticsPoint] = [:]
        let traffic = "SELECT \(start), \(Self.trafficSums) FROM traffic_rollup WHERE \(conditions) GROUP BY 1"
        for row in try Row.fetchAll(db, sql: traffic, arguments: steps + values) {
            let time: Int64 = row["time"]
            points[time, default: AnalyticsPoint(time: time)].traffic = Self.traffic(row)
        }
        let conflicts =
            "SELECT \(start), kind, \(Self.conflictSums) FROM conflict_rollup WHERE \(conditions) GROUP BY 1, 2"
        for row in try Row.fetchAll(db, sql: conflicts, arguments: steps + values) {
            let time: Int64 = row["time"]
            points[time, default: AnalyticsPoint(time: time)].conflicts[row["kind"]] = Self.conflicts(row)
        }
        return points.values.sorted { $0.time < $1.time }
    }

    /// The sums by route.
    func routes(in db: Database) throws -> [RouteAnalytics] {
        var routes: [[String]: RouteAnalytics] = [:]
        let traffic =
            "SELECT service, route, \(Self.trafficSums) FROM traffic_rollup WHERE \(conditions) GROUP BY 1, 2"
        for row in try Row.fetchAll(db, sql: traffic, arguments: values) {
            let fresh = RouteAnalytics(service: row["service"], route: row["route"])
            routes[[fresh.service, fresh.route], default: fresh].traffic = Self.traffic(row)
        }
        let conflicts =
            "SELECT service, route, kind, \(Self.conflictSums) FROM conflict_rollup WHERE \(conditions) GROUP BY 1, 2, 3"
        for row in try Row.fetchAll(db, sql: conflicts, arguments: values) {
            let fresh = RouteAnalytics(service: row["service"], route: row["route"])
            routes[[fresh.service, fresh.route], default: fresh].conflicts[row["kind"]] = Self.conflicts(row)
        }
        return routes.values.sorted { ($0.service, $0.route) < ($1.service, $1.route) }
    }

    private static func traffic(_ row: Row) -> TrafficCounts {
        TrafficCounts(
            requests: row["requests"],
            writes: row["writes"],
            accepted: row["accepted"],
            serverErrors: row["server_errors"]
        )
    }

    private static func conflicts(_ row: Row) -> ConflictCounts {
        var counts = ConflictCounts()
        counts.count = row["number"]
        counts.refused = row["refused"]
        counts.queued = row["queued"]
        counts.serverErrors = row["server_errors"]
        counts.waitedMilliseconds = row["waited_ms"]
        return counts
    }
}

import Foundation
import GRDB
import SQLiteStorage
import StorageContract
import StoragePorts
import Testing

struct SQLiteConflictAnalyticsTests {
    private let folder: TemporaryFolder
    private let start: Int64 = 1_700_000_000_000
    private let window = AnalyticsWindow(.day, since: 0, until: .max)

    init() throws { folder = try TemporaryFolder() }

    private var database: String { folder.path + "/journal.sqlite" }

    private func bucket(_ route: String = "items", at time: Int64 = 1_700_000_000_000) -> TrafficBucket {
        TrafficBucket(at: time, service: "shop", route: route, TrafficCounts(requests: 2, writes: 1))
    }

    @Test(arguments: ConflictAnalyticsContract.clauses)
    func `keeps every promise of the port`(_ clause: ConflictAnalyticsContract.Promise) async throws {
        try await clause.check(SQLiteConflictJournal(in: DataDirectory(claiming: folder.path)))
    }

    @Test func `what a killed server counted is there for the next one`() async throws {
        let journal = try SQLiteConflictJournal(in: DataDirectory(claiming: folder.path))
        try await journal.append((1...50).map { .full($0) })
        try await journal.record((0..<5).map { bucket("route-\($0)") })
        // The files as they are while the server runs are what a kill leaves behind, but for the shared memory.
        let wreck = try TemporaryFolder()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: database + suffix, toPath: wreck.path + "/journal.sqlite" + suffix)
        }
        let next = try SQLiteConflictJournal(in: DataDirectory(claiming: wreck.path))
        let routes = try await next.routes(window)
        #expect(routes.map(\.route) == ["items"] + (0..<5).map { "route-\($0)" })
        #expect(routes.first?.conflicts["stale-version"]?.count == 50)
    }

    @Test func `a batch that is refused is not counted either`() async throws {
        let journal = try SQLiteConflictJournal(in: DataDirectory(claiming: folder.path))
        var bad = ConflictEntry.sample(2)
        bad.status = 7
        await #expect(throws: StoreError.self) { try await journal.append([.sample(1), bad]) }
        #expect(try await journal.routes(window).isEmpty)
    }

    @Test func `counts what an earlier version has journaled, as if it had counted itself`() async throws {
        let directory = try DataDirectory(claiming: folder.path)
        let journal = try SQLiteConflictJournal(in: directory)
        var refused = ConflictEntry.sample(3, at: -1)
        refused.status = 503
        var noted = ConflictEntry.sample(4, at: start)
        noted.status = nil
        try await journal.append([.full(1), .full(2, at: start + 86_400_000), refused, noted])
        let wide = AnalyticsWindow(.minute, since: .min, until: .max)
        let expected = try await (journal.series(wide, step: 1), journal.routes(wide))
        journal.close()
        try await DatabaseQueue(path: database).write { db in
            try db.execute(
                sql: """
                    DROP TABLE traffic_rollup; DROP TABLE conflict_rollup;
                    DELETE FROM grdb_migrations WHERE identifier = 'conflict-analytics-1'
                    """
            )
        }
        let upgraded = try SQLiteConflictJournal(in: directory)
        #expect(try await upgraded.series(wide, step: 1) == expected.0)
        #expect(try await upgraded.routes(wide) == expected.1)
        #expect(expected.0.count == 3)
    }

    @Test func `a reader sees the counts and changes nothing`() async throws {
        let directory = try DataDirectory(claiming: folder.path)
        let journal = try SQLiteConflictJournal(in: directory)
        let reader = try SQLiteConflictJournal(reading: folder.path)
        try await journal.record([bucket()])
        #expect(try await reader.routes(window).first?.traffic.requests == 2)
        await #expect(throws: StoreError.self) { try await reader.record([bucket()]) }
        await #expect(throws: StoreError.self) { try await reader.forget(at: .max) }
        #expect(try await journal.routes(window).first?.traffic.requests == 2)
    }

    @Test func `many counts do not cost the journal its entries`() async throws {
        let journal = try SQLiteConflictJournal(in: DataDirectory(claiming: folder.path))
        for hour in 0..<10 {
            try await journal.record((0..<1_000).map { bucket("route-\($0)", at: start + Int64(hour) * 3_600_000) })
        }
        try await journal.append((1...200).map { .full($0) })
        #expect(try await journal.prune(olderThan: .min, maximumBytes: 512 << 10) == 0)
        #expect(try await journal.prune(olderThan: .min, maximumBytes: 0) == 200)
    }

    @Test(arguments: [
        "SELECT sum(requests) FROM traffic_rollup WHERE span = 60000 AND start >= 5 AND start < 9 GROUP BY service",
        "SELECT sum(count) FROM conflict_rollup WHERE span = 60000 AND start >= 5 AND start < 9 GROUP BY service",
        "DELETE FROM traffic_rollup WHERE span = 60000 AND start < 5",
        "DELETE FROM conflict_rollup WHERE span = 60000 AND start < 5",
    ])
    func `questions read only the buckets of their window`(query: String) async throws {
        try SQLiteConflictJournal(in: DataDirectory(claiming: folder.path)).close()
        let plan = try await DatabaseQueue(path: database).read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + query).map { row -> String in row["detail"] }
        }
        #expect(plan.contains { $0.hasPrefix("SEARCH") && $0.contains("PRIMARY KEY") })
        #expect(!plan.contains { $0.hasPrefix("SCAN") })
    }
}

import ConflictEngine
import ConsoleBasics
import StorageContract
import StoragePorts
import Testing

struct AnalyticsReportTests {
    private let journal = InMemoryConflictJournal()
    private let now: Int64 = 1_700_000_010_000

    private func report(_ query: String = "since=1h") async throws -> AnalyticsReport {
        let parameters = try QueryParameters(query, allowed: AnalyticsSearch.names)
        return try await AnalyticsReport(AnalyticsSearch(parameters, now: now), from: journal)
    }

    @Test func `a series has a point for every step, empty or not`() async throws {
        try await journal.append([.sample(1, at: now - 1_000)])
        let report = try await report()
        #expect(report.series.count == report.search.steps)
        #expect(report.series.count { !$0.conflicts.isEmpty } == 1)
        let times = report.series.map(\.time)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == report.search.step })
    }

    @Test func `an entry is read with all that is told of it`() async throws {
        try await journal.append([.full(1, at: now - 1_000)])
        let analysis = try await report().analysis
        #expect(analysis.pairs.map(\.first) == ["alice"])
        #expect(analysis.pairs.map(\.second) == ["bob"])
        #expect(analysis.gaps.median == 5)
        #expect(analysis.behind.known == 1)
        #expect(analysis.fields.contains { $0.pointer == "/status" })
        #expect(analysis.wasted.waitedMilliseconds == 12)
        #expect(analysis.isComplete)
    }

    @Test func `entries that were pruned leave a sample behind`() async throws {
        try await journal.append([.sample(1, at: now - 2_000), .sample(2, at: now - 1_000)])
        try await journal.prune(olderThan: now - 1_500, maximumBytes: .max)
        let report = try await report()
        #expect(!report.analysis.isComplete)
        #expect(report.analysis.considered == 1)
        #expect(report.analysis.rates.conflicts == 2)
        #expect(report.kinds.map(\.count) == [2])
    }

    @Test func `another route's conflicts and traffic stay out`() async throws {
        var other = ConflictEntry.sample(2, at: now - 1_000)
        other.route = "carts"
        try await journal.append([.sample(1, at: now - 1_000), other])
        let counts = TrafficCounts(requests: 3, writes: 2)
        try await journal.record([TrafficBucket(at: now, service: "shop", route: "carts", counts)])
        let items = try await report("since=1h&route=shop/items").analysis
        #expect(items.rates.conflicts == 1)
        #expect(items.rates.requests == 0)
        #expect(try await report("since=1h&route=carts").analysis.rates.requests == 3)
    }
}

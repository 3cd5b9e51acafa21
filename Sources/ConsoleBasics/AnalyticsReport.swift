package import ConflictEngine
package import StoragePorts

/// Analytics of some time: the series, and what its conflicts have in common.
package struct AnalyticsReport: Sendable {
    /// Conflicts looked at one by one at most, the newest; counts and rates cover all.
    package static let mostEntries = 10_000

    /// What was asked for.
    package let search: AnalyticsSearch
    /// One point for each step, oldest first; steps without any count are there too.
    package let series: [AnalyticsPoint]
    /// What the conflicts have in common.
    package let analysis: ConflictAnalysis
    /// All conflicts by kind, most first.
    package let kinds: [KindTally]

    /// Reads what `search` asks for; lists are cut at `limit`.
    package init(
        _ search: AnalyticsSearch,
        from store: any ConflictJournal & ConflictAnalytics,
        limit: Int = 10
    ) async throws(StoreError) {
        self.search = search
        var filter = ConflictFilter()
        filter.since = search.window.since
        filter.until = search.window.until
        filter.service = search.window.service
        filter.route = search.window.route
        let page = try await store.page(filter, after: nil, limit: Self.mostEntries)
        let traffic = try await store.routes(search.window).map(RouteTally.init)
        series = Self.filled(try await store.series(search.window, step: search.step), search)
        // Entries may have been pruned while their counts are kept; then what is left is a sample as well.
        let counted = traffic.reduce(0) { $0 &+ $1.kinds.reduce(0) { $0 &+ $1.count } }
        analysis = ConflictAnalysis(
            page.entries.map(ConflictSighting.init),
            isComplete: page.next == nil && page.entries.count >= counted,
            traffic: traffic,
            limit: limit
        )
        kinds = Self.kinds(of: traffic)
    }

    private static func filled(_ points: [AnalyticsPoint], _ search: AnalyticsSearch) -> [AnalyticsPoint] {
        let known = Dictionary(points.map { ($0.time, $0) }) { first, _ in first }
        return (0..<max(0, search.steps)).map { number in
            let time = search.window.since &+ Int64(number) &* search.step
            return known[time] ?? AnalyticsPoint(time: time)
        }
    }

    private static func kinds(of traffic: [RouteTally]) -> [KindTally] {
        var all: [String: KindTally] = [:]
        for tally in traffic.flatMap(\.kinds) {
            var sum = all[tally.kind] ?? KindTally(tally.kind, count: 0)
            sum.count &+= tally.count
            sum.refused &+= tally.refused
            sum.queued &+= tally.queued
            sum.serverErrors &+= tally.serverErrors
            sum.waitedMilliseconds &+= tally.waitedMilliseconds
            all[tally.kind] = sum
        }
        return all.values.sorted { ($1.count, $0.kind) < ($0.count, $1.kind) }
    }
}

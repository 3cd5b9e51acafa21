import ConsoleBasics
import StoragePorts
import Testing

struct AnalyticsSearchTests {
    /// 2023-11-14T22:13:30Z.
    private let now: Int64 = 1_700_000_010_000

    private func search(_ query: String) throws(ConsoleProblem) -> AnalyticsSearch {
        try AnalyticsSearch(QueryParameters(query, allowed: AnalyticsSearch.names), now: now)
    }

    @Test func `without words it means the last day in quarters of an hour`() throws {
        let search = try search("")
        #expect(search.step == 900_000)
        #expect(search.window.span == .minute)
        #expect(search.window.since % 900_000 == 0 && search.window.until % 900_000 == 0)
        #expect(search.window.since <= now - 86_400_000 && search.window.since > now - 87_300_000)
        #expect(search.window.until >= now && search.window.until < now + 900_000)
        #expect(search.steps == 97)
    }

    @Test(arguments: [
        ("since=1h", Int64(60_000), RollupSpan.minute), ("since=7d", 21_600_000, .hour),
        ("since=30d", 86_400_000, .day),
        ("since=400d", 604_800_000, .day), ("since=24h&step=1m", 60_000, .minute),
        ("since=24h&step=2h", 7_200_000, .hour),
        ("since=7d&step=1h", 3_600_000, .hour), ("since=60d&step=1d", 86_400_000, .day),
        ("since=60d&until=59d", 86_400_000, .day), ("since=1h&step=90m", 5_400_000, .minute),
    ])
    func `a step suits the time asked for, and is read from the coarsest buckets that fit`(
        query: String,
        step: Int64,
        span: RollupSpan
    ) throws {
        let search = try search(query)
        #expect(search.step == step)
        #expect(search.window.span == span)
        #expect(search.window.since % span.rawValue == 0)
    }

    @Test(arguments: [
        ("since=30h&step=15m", "step", "hours"), ("since=40d&step=1h", "step", "days"),
        ("since=24h&step=90s", "step", "whole minutes"), ("since=24h&step=soon", "step", "whole minutes"),
        ("since=24h&step=0m", "step", "whole minutes"), ("since=29d&until=30d", "since", "before `until`"),
        ("since=700000d", "since", "400 days"), ("since=30d&step=1h&until=2100-01-01", "step", "1440 steps"),
        ("since=soon", "since", "RFC 3339"), ("since=9999999999999w", "since", "RFC 3339"),
    ])
    func `what cannot be answered is named with what is allowed`(query: String, name: String, hint: String) {
        let problem = #expect(throws: ConsoleProblem.self) { try search(query) }
        #expect(problem?.parameter == name)
        #expect(problem?.detail.contains(hint) == true)
    }

    @Test func `a route is named alone or with its service`() throws {
        #expect(try search("route=items").window.service == nil)
        #expect(try search("route=items").window.route == "items")
        #expect(try search("route=shop/items").window.service == "shop")
        #expect(try search("route=shop/items").window.route == "items")
    }
}

import ConsoleBasics
import HTTPTypes
import StoragePorts
import Testing

struct ConflictSearchTests {
    private func search(_ query: String) throws -> ConflictSearch {
        try ConflictSearch(QueryParameters(query, allowed: ConflictSearch.names), now: 10_000_000)
    }

    @Test func `every parameter narrows the search`() throws {
        let cursor = ConflictCursor(time: 5, position: JournalPosition(6))
        let search = try search(
            "since=1h&until=1s&service=shop&route=items&kind=locked&consumer=a&resource=r&limit=7&after=\(cursor.text)"
        )
        var expected = ConflictFilter()
        expected.since = 6_400_000
        expected.until = 9_999_000
        expected.service = "shop"
        expected.route = "items"
        expected.kind = "locked"
        expected.consumer = "a"
        expected.resource = "r"
        #expect(search.filter == expected)
        #expect(search.limit == 7)
        #expect(search.cursor == cursor)
    }

    @Test func `a route may be written with its service, as summaries write it`() throws {
        #expect(try search("route=shop/items").filter.service == "shop")
        #expect(try search("route=shop/items").filter.route == "items")
        #expect(try search("route=items").filter.service == nil)
    }

    @Test(arguments: [
        ("kind=nonsense", "kind"), ("after=nonsense", "after"), ("since=nonsense", "since"), ("limit=0", "limit"),
    ])
    func `what means nothing is refused by name`(query: String, name: String) throws {
        let problem = try #require(throws: ConsoleProblem.self) { try search(query) }
        #expect(problem.parameter == name)
        #expect(problem.status == .badRequest)
        #expect(problem.detail.contains("Allowed"))
    }
}

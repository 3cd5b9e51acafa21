import ConsoleBasics
import Foundation
import Hummingbird
import HummingbirdTesting
import Portal
import StorageContract
import StoragePorts
import Testing

struct OverviewAnalyticsTests {
    private let journal = InMemoryConflictJournal()
    /// 2023-11-14T22:13:20Z.
    private let now: Int64 = 1_700_000_000_000

    private func overview() async throws -> String {
        let router = ConsoleRouter.guarded(by: nil)
        try Portal(gateway: StubGateway(), journal: journal, now: { [now] in now }).addRoutes(to: router)
        return try await Application(router: router).test(.router) { client in
            String(buffer: try await client.execute(uri: "/", method: .get, headers: [.accept: "text/html"]).body)
        }
    }

    private func aBusyHour(consumer: String = "alice", pointer: String = "/lines/0/quantity") async throws {
        for index in 0..<30 {
            var entry = ConflictEntry.sample(index, at: now - 1_800_000 + Int64(index) * 60_000)
            entry.consumer = consumer
            entry.competing = .init(consumer: "bob", time: entry.time - 150, changed: [pointer])
            try await journal.append([entry])
        }
        let counts = TrafficCounts(requests: 200, writes: 60, accepted: 30, serverErrors: 4)
        try await journal.record([TrafficBucket(at: now - 1_800_000, service: "shop", route: "items", counts)])
    }

    @Test func `conflict rate and error rate stand side by side`() async throws {
        try await aBusyHour()
        let page = try await overview()
        #expect(page.contains("<dt>Conflict rate</dt><dd>50 % <small>30 of 60 writes collided</small>"))
        #expect(page.contains("<dt>Error rate</dt><dd>2 % <small>of requests; conflicts are no errors</small>"))
    }

    @Test func `the chart has a bar for each step, a name, and its numbers in a table`() async throws {
        try await aBusyHour()
        let page = try await overview()
        #expect(page.components(separatedBy: "<rect class=\"conflict\" x=").count - 1 == 97)
        #expect(page.contains("<svg class=\"chart\" role=\"img\" aria-label=\"Collisions and errors"))
        #expect(page.contains("viewBox=\"0 0 970 100\""))
        #expect(page.contains("y=\"0\" width=\"4\" height=\"100\""))
        #expect(page.contains("in steps of 15 min; the tallest bar stands for 15"))
        #expect(page.contains("<summary>The same as a table</summary>"))
        #expect(page.contains("<time datetime=\"2023-11-14T21:30:00.000Z\">2023-11-14 21:30:00 UTC</time></th>"))
        #expect(page.contains("<td class=\"number\">200</td>"))
    }

    @Test func `pairs and advice are listed`() async throws {
        try await aBusyHour()
        let page = try await overview()
        #expect(page.contains("<th scope=\"row\">alice and bob</th>"))
        #expect(page.contains("/conflicts?since=24h&amp;service=shop&amp;route=items&amp;consumer=alice"))
        #expect(page.contains("<span class=\"badge\">merge</span> 50 % of writes to shop/items collide within 200 ms"))
        #expect(page.contains("<code>conflict: { merge: { mode: json, keyed: { /lines: id } } }</code>"))
    }

    @Test func `nothing counted is said, not drawn`() async throws {
        let page = try await overview()
        #expect(page.contains("Nothing has been counted in the last 24 hours."))
        #expect(page.contains("Nothing stands out, or too little has happened to tell."))
        #expect(page.contains("No two callers that are known by name."))
        #expect(!page.contains("class=\"chart\""))
    }

    @Test func `sections that need the journal are left out when it cannot be read`() async throws {
        journal.fail(with: StoreError(.failed, "The disk reports an error."))
        let page = try await overview()
        #expect(page.contains("The disk reports an error."))
        #expect(!page.contains("id=\"advice\""))
    }

    @Test func `names and pointers cannot become markup, and the page stays whole`() async throws {
        let hostile = "<script>x</script>\"' onload=x"
        try await aBusyHour(consumer: hostile, pointer: "/\(hostile)/0/x")
        let page = try await overview()
        #expect(!page.contains("<script"))
        #expect(!page.contains("{{"))
        #expect(!page.contains(" style="))
        for tag in ["section", "div", "table", "svg", "details", "ul", "p", "dl"] {
            let opened = page.components(separatedBy: "<\(tag)>").count + page.components(separatedBy: "<\(tag) ").count
            #expect(opened - 1 == page.components(separatedBy: "</\(tag)>").count, "\(tag)")
        }
    }

    @Test func `what is shown of a sample says so`() async throws {
        try await journal.append([.sample(1, at: now - 60_000), .sample(2, at: now - 30_000)])
        try await journal.prune(olderThan: now - 45_000, maximumBytes: .max)
        #expect(try await overview().contains("Pairs and advice come from the latest 1 conflicts."))
    }
}

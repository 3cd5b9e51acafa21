import ConsoleBasics
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Portal
import StorageContract
import StoragePorts
import Testing

struct PortalTests {
    private let journal = InMemoryConflictJournal()

    private func ask(
        _ path: String,
        accept: String = "text/html",
        _ gateway: StubGateway = StubGateway()
    ) async throws -> (status: HTTPResponse.Status, type: String?, text: String) {
        let router = ConsoleRouter.guarded(by: nil)
        try Portal(gateway: gateway, journal: journal, now: { 1_700_000_010_000 }).addRoutes(to: router)
        return try await Application(router: router).test(.router) { client in
            let answer = try await client.execute(uri: path, method: .get, headers: [.accept: accept])
            return (answer.status, answer.headers[.contentType], String(buffer: answer.body))
        }
    }

    private var busy: StubGateway {
        var gateway = StubGateway()
        var route = RouteMetrics(service: "shop", route: "items", bounds: [0.01, 0.1])
        route.requests = [
            RouteMetrics.RequestCount(method: "GET", status: 200, count: 12_345),
            RouteMetrics.RequestCount(method: "GET", status: 502, count: 5),
        ]
        route.requestDuration = Histogram(bounds: [0.01, 0.1], counts: [100, 0, 0], sum: 1)
        gateway.currentMetrics = MetricsSnapshot(
            routes: [route],
            conflicts: [
                ConflictCount(
                    service: "shop",
                    route: "items",
                    kind: "locked",
                    origin: "gateway",
                    resolution: "refused",
                    count: 247
                )
            ]
        )
        return gateway
    }

    @Test func `the overview shows traffic, conflict rate, hot resources and upstream health`() async throws {
        try await journal.append([.sample(1), .sample(2, kind: "locked")])
        let page = try await ask("/", busy)
        #expect(page.status == .ok)
        #expect(page.type == "text/html; charset=utf-8")
        #expect(page.text.contains("12\u{202F}350"))
        #expect(page.text.contains("2 %"))
        #expect(page.text.contains("shop/items/1</a>"))
        #expect(page.text.contains("/conflicts?since=24h&amp;resource=shop%2Fitems%2F1"))
        #expect(page.text.contains("http://127.0.0.1:9001"))
        #expect(page.text.contains("<span class=\"badge bad\">ejected</span>"))
        #expect(page.text.contains("/etc/parley.yaml"))
    }

    @Test func `the overview works on an empty gateway`() async throws {
        var gateway = StubGateway()
        gateway.currentStatus.upstreams = []
        let page = try await ask("/", gateway)
        #expect(page.status == .ok)
        #expect(page.text.contains("No conflicts in the last 24 hours."))
        #expect(page.text.contains("No upstream is configured."))
    }

    @Test func `the overview is shown even when the journal cannot be read`() async throws {
        journal.fail(with: StoreError(.failed, "The disk reports an error."))
        let page = try await ask("/", busy)
        #expect(page.status == .ok)
        #expect(page.text.contains("The disk reports an error."))
    }

    @Test func `the overview says what is degraded`() async throws {
        var gateway = StubGateway()
        gateway.currentReadiness = Readiness(
            isReady: true,
            parts: [Readiness.Part("journal", .degraded, detail: "No space is left.")]
        )
        let page = try await ask("/", gateway)
        #expect(page.text.contains("Degraded."))
        #expect(page.text.contains("<strong>journal</strong> is degraded. No space is left."))
    }

    @Test func `the list shows conflicts, keeps the search and pages on`() async throws {
        try await journal.append((1...3).map { .sample($0, at: 1_700_000_000_000 + Int64($0)) })
        let page = try await ask("/conflicts?service=shop&limit=2&since=1h")
        #expect(page.text.contains("href=\"/conflicts/entry-3\""))
        #expect(!page.text.contains("href=\"/conflicts/entry-1\""))
        #expect(page.text.contains("name=\"service\" value=\"shop\""))
        #expect(page.text.contains("<option value=\"1h\" selected>"))
        let start = try #require(
            page.text.range(of: "<a href=\"/conflicts?since=1h&amp;service=shop&amp;limit=2&amp;after=")
        )
        let cursor = page.text[start.upperBound...].prefix { $0 != "\"" }
        let second = try await ask("/conflicts?service=shop&limit=2&since=1h&after=\(cursor)")
        #expect(second.text.contains("href=\"/conflicts/entry-1\""))
        #expect(second.text.contains("rel=\"first\""))
        #expect(!second.text.contains("rel=\"next\""))
    }

    @Test func `one conflict says who, when, which pointers and what to send next`() async throws {
        var entry = ConflictEntry.full(1)
        entry.currentVersion = "\"v2\""
        try await journal.append([entry])
        let page = try await ask("/conflicts/entry-1")
        #expect(page.status == .ok)
        for expected in [
            "alice", "bob", "2023-11-14 22:13:20 UTC", "<code>/status</code>", "<code>(the whole document)</code>",
            "GET /items/1", "PUT /items/1\nIf-Match: &quot;v2&quot;", "request-1", "queued for 12 ms",
            "it&#39;s &quot;taken&quot;; DROP TABLE",
        ] {
            #expect(page.text.contains(expected))
        }
    }

    @Test(arguments: ["/conflicts/nobody", "/nowhere", "/conflicts?since=soon", "/conflicts?limit=0"])
    func `people get errors as pages, programs as problem documents`(path: String) async throws {
        let page = try await ask(path)
        #expect(page.type == "text/html; charset=utf-8")
        #expect(page.text.contains("<h1>"))
        let document = try await ask(path, accept: "application/json")
        #expect(document.type == "application/problem+json")
        #expect(document.status == page.status)
        #expect(page.status.kind == .clientError)
    }

    @Test func `nothing that others sent can become markup`() async throws {
        // A combining character after a quote hides it from escaping that goes by characters.
        let hostile = "<script>x</script>\"\u{301} onload=\u{22}x' & <\u{338}img src=x>"
        var entry = ConflictEntry.sample(1)
        entry.service = hostile
        entry.route = hostile
        entry.resource = hostile
        entry.method = hostile
        entry.consumer = hostile
        entry.requestID = hostile
        entry.yourVersion = hostile
        entry.currentVersion = hostile
        entry.upstreamMessage = hostile
        entry.competing = ConflictEntry.Competing(consumer: hostile, time: 1, requestID: hostile, changed: [hostile])
        try await journal.append([entry])
        var gateway = busy
        gateway.currentMetrics.routes[0].route = hostile
        gateway.currentStatus.configuration.source = hostile
        gateway.currentStatus.configuration.lastError = hostile
        gateway.currentStatus.upstreams[0].targets[0].state = hostile
        gateway.currentReadiness = Readiness(
            isReady: true,
            parts: [Readiness.Part(hostile, .degraded, detail: hostile)]
        )
        let query = hostile.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        for path in ["/", "/conflicts", "/conflicts/entry-1", "/conflicts?resource=\(query)", "/conflicts?\(query)=1"] {
            let scalars = Array(try await ask(path, gateway).text.unicodeScalars)
            for index in scalars.indices.dropLast() where scalars[index] == "\"" || scalars[index] == "<" {
                #expect(scalars[index + 1] != "\u{301}" && scalars[index + 1] != "\u{338}")
            }
            let text = String(String.UnicodeScalarView(scalars))
            #expect(!text.contains("<script"))
            #expect(!text.contains("<img src=x"))
            #expect(!text.contains("onload=\""))
        }
    }

    @Test(arguments: ["/", "/conflicts", "/conflicts/entry-1", "/nowhere"])
    func `pages run no script, ask nobody else and can be used by keyboard and screen reader`(path: String) async throws
    {
        try await journal.append([.full(1)])
        let text = try await ask(path, busy).text
        #expect(text.hasPrefix("<!doctype html>"))
        for forbidden in ["<script", "javascript:", " style=", "onclick", "src=\"http", "href=\"http", "<style", "{{"] {
            #expect(!text.contains(forbidden))
        }
        for needed in ["lang=\"en\"", "class=\"skip\"", "<main id=\"main\"", "<h1>", "aria-label=\"Main\"", "<title>"] {
            #expect(text.contains(needed))
        }
        for (opening, closing) in [
            ("<table", "</table>"), ("<section", "</section>"), ("<div", "</div>"), ("<dl", "</dl>"), ("<ol", "</ol>"),
            ("<ul", "</ul>"), ("<select", "</select>"), ("<form", "</form>"), ("<tr>", "</tr>"),
        ] {
            #expect(
                text.components(separatedBy: opening).count == text.components(separatedBy: closing).count,
                "\(opening)"
            )
        }
    }

    @Test func `style sheet and icon come from the program itself`() async throws {
        let style = try await ask("/assets/console.css")
        #expect(style.type == "text/css; charset=utf-8")
        #expect(style.text.contains("prefers-color-scheme: dark"))
        #expect(!style.text.contains("url("))
        #expect(!style.text.contains("@import"))
        #expect(try await ask("/assets/icon.svg").type == "image/svg+xml")
    }
}

import Catalog
import ConfigurationReading
import DataPlane
import Testing

/// What a snapshot says of requests that nobody sends.
struct ExplanationTests {
    private static let text = """
        parley: 1
        gateway: { body-limit: 1MiB }
        upstreams:
          shop: { targets: [ { url: "http://127.0.0.1:9001/base" } ] }
          ring:
            targets: [ { url: "http://127.0.0.1:9002" }, { url: "http://127.0.0.1:9003" } ]
            balance: consistent-hash
            hash-on: header X-User
        consumers:
          alice: { keys: [ { hash: "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } ], groups: [writers] }
          bob: { keys: [ { hash: "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" } ] }
        services:
          shop:
            upstream: shop
            routes:
              item:
                path: /items/{id}
                methods: [GET, PUT]
                rewrite: /v2/{id}
                policies:
                  key-auth: { groups: [writers] }
                  rate-limit: { quota: 5, window: 1s, by: consumer }
                  conflict: { level: serialise, require-condition: true }
              order:
                path: /orders/{id}
                methods: [GET]
                policies: { conflict: { level: serialise } }
              cancel:
                path: /orders/{id}/cancel
                methods: [POST]
                policies: { conflict: { level: serialise, resource: "/orders/{id}" } }
              old: { path: "/old/{id}", policies: { redirect: { to: "/items/{id}", status: 308 } } }
              page: { path: /page, methods: [PUT], policies: { cors: { origins: [ "https://a.test" ] } } }
              host: { path: /hosted, hosts: [ "*.a.test" ], policies: { conflict: off } }
          ring: { upstream: ring, routes: { all: { path: "/ring/{rest...}" } } }
        """

    private static func explain(
        _ method: String,
        _ url: String,
        _ fields: [(name: String, value: String)] = [],
        as consumer: String? = nil
    ) throws -> RequestExplanation {
        let outcome = ConfigurationReader().read(text: text, file: "test.yaml", environment: [:])
        let configuration = try #require(outcome.configuration, "\(outcome.findings.map(\.rendered))")
        let shared = SharedState(
            journal: JournalRecord(),
            accessLog: AccessLog(),
            conflictMemory: 0,
            log: { _ in }
        )
        let request = try #require(ExplainedRequest(method, url, fields: fields, as: consumer))
        return try Snapshot(configuration, shared: shared).explain(request)
    }

    @Test func `a request that passes names route, policies, resource and target`() throws {
        let match = [(name: "If-Match", value: "\"a\"")]
        let found = try Self.explain("PUT", "http://localhost:8080/items/x/../a%2fb?q=1", match, as: "alice")
        #expect(found.outcome == .forwarded)
        #expect(found["path"] == ["/items/a%2Fb  (normal form of /items/x/../a%2fb)"])
        #expect(found["host"] == ["localhost:8080"])
        #expect(found["route"] == ["shop/item  (GET, PUT of /items/{id})"])
        #expect(found["parameter"] == ["id = a%2Fb"])
        #expect(found["policies"] == ["key-auth, rate-limit, conflict"])
        #expect(found["key-auth"] == ["consumers in one of the groups writers"])
        #expect(found["rate-limit"] == ["5 per 1s, 5 at one instant, counted by consumer alice"])
        #expect(found["resource"] == ["/items/a%2Fb of upstream shop"])
        #expect(found["conflict"].first?.hasPrefix("serialise: ") == true)
        #expect(found["sends"] == ["PUT /v2/a%2Fb?q=1  (rewritten by /v2/{id})"])
        #expect(found["target"] == ["http://127.0.0.1:9001/base/v2/a%2Fb?q=1"])
        #expect(found["timeouts"] == ["connect 2s, response 30s, idle 1m"])
    }

    /// A request and the refusal it meets.
    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String { "\(method) \(url) \(kind)" }
        let method: String
        let url: String
        let status: Int
        let kind: String
        var fields: [String: String] = [:]
        var consumer: String?
    }

    private static let refusals: [Refusal] = [
        Refusal(method: "GET", url: "/nowhere", status: 404, kind: "no-route"),
        Refusal(method: "GET", url: "http://b.test/hosted", status: 404, kind: "no-route"),
        Refusal(method: "GET", url: "http://a.test/hosted", status: 404, kind: "no-route"),
        Refusal(method: "DELETE", url: "/items/1", status: 405, kind: "method-not-allowed"),
        Refusal(method: "get", url: "/items/1", status: 405, kind: "method-not-allowed"),
        Refusal(method: "CONNECT", url: "/items/1", status: 405, kind: "method-not-allowed"),
        Refusal(method: "GET", url: "/items/1", status: 401, kind: "unauthenticated"),
        Refusal(
            method: "GET",
            url: "/items/1",
            status: 401,
            kind: "unauthenticated",
            fields: ["X-API-Key": "not-a-key-that-is-known"]
        ),
        Refusal(method: "GET", url: "/items/1", status: 403, kind: "forbidden", consumer: "bob"),
        Refusal(method: "PUT", url: "/items/1", status: 428, kind: "precondition-missing", consumer: "alice"),
        Refusal(
            method: "PUT",
            url: "/items/1",
            status: 400,
            kind: "bad-request",
            fields: ["If-Match": "*, \"a\""],
            consumer: "alice"
        ),
        Refusal(method: "GET", url: "/items/%00", status: 400, kind: "bad-request"),
        Refusal(method: "GET", url: "/items/%zz", status: 400, kind: "bad-request"),
        Refusal(method: "GET", url: "/../items", status: 400, kind: "bad-request"),
        Refusal(method: "GET", url: "/items/ü", status: 400, kind: "bad-request"),
        Refusal(method: "GET", url: "/items/1#top", status: 400, kind: "bad-request"),
        Refusal(method: "GET", url: "/items/1?a#top", status: 400, kind: "bad-request"),
        Refusal(method: "GET", url: "http://user@localhost/hosted", status: 400, kind: "bad-request"),
        Refusal(method: "GE T", url: "/items/1", status: 400, kind: "bad-request"),
        Refusal(method: "", url: "/items/1", status: 400, kind: "bad-request"),
        Refusal(method: "GET", url: "*", status: 400, kind: "bad-request"),
        Refusal(method: "GET", url: "/" + String(repeating: "a", count: 9_000), status: 414, kind: "uri-too-long"),
        Refusal(
            method: "GET",
            url: "/items/1",
            status: 431,
            kind: "headers-too-large",
            fields: ["X": String(repeating: "a", count: 40_000)]
        ),
        Refusal(
            method: "PUT",
            url: "/ring/1",
            status: 413,
            kind: "body-too-large",
            fields: ["Content-Length": "2000000"]
        ),
        Refusal(
            method: "PUT",
            url: "/ring/1",
            status: 501,
            kind: "not-implemented",
            fields: ["Transfer-Encoding": "gzip"]
        ),
        Refusal(method: "GET", url: "/.well-known/parley/problems/none", status: 404, kind: "no-route"),
    ]

    @Test(arguments: refusals)
    func `a request that would be refused says why`(refusal: Refusal) throws {
        let fields = refusal.fields.map { (name: $0.key, value: $0.value) }
        let found = try Self.explain(refusal.method, refusal.url, fields, as: refusal.consumer)
        guard case .refused(let status, let kind, let detail) = found.outcome else {
            Issue.record("not refused: \(found.outcome)")
            return
        }
        #expect(status == refusal.status)
        #expect(kind == refusal.kind)
        #expect(!detail.isEmpty)
        #expect(found.isRefused)
    }

    @Test func `405 names the methods that would do`() throws {
        #expect(try Self.explain("DELETE", "/items/1")["allow"] == ["GET, PUT"])
    }

    @Test func `a redirect says where to`() throws {
        #expect(try Self.explain("GET", "/old/7").outcome == .redirected(status: 308, location: "/items/7"))
    }

    @Test func `an action on another resource names that resource and how it is read`() throws {
        let found = try Self.explain("POST", "/orders/42/cancel")
        #expect(found.outcome == .forwarded)
        #expect(found["resource"] == ["/orders/42 of upstream shop"])
        #expect(found["read"] == ["GET /orders/42 through shop/order, before the write"])
    }

    @Test func `a preflight is answered whatever the methods are`() throws {
        let fields = [(name: "Origin", value: "https://a.test"), (name: "Access-Control-Request-Method", value: "PUT")]
        let found = try Self.explain("OPTIONS", "/page", fields)
        #expect(found.outcome == .answered(status: 204, what: "the CORS preflight, which allows this origin"))
        #expect(found["route"].first?.hasPrefix("shop/page") == true)
    }

    @Test func `the Host field comes before the authority of the URL`() throws {
        let found = try Self.explain("GET", "http://localhost/hosted", [(name: "host", value: "x.a.test")])
        #expect(found["route"].first?.hasPrefix("shop/host") == true)
        #expect(found["conflict"] == ["off"])
    }

    @Test func `a hash ring says which target it is, always the same`() throws {
        let chosen = try (0..<20).map { user in
            let found = try Self.explain("GET", "/ring/1", [(name: "X-User", value: "user-\(user)")])
            return found["target"].filter { $0.hasSuffix("(weight 1, this one)") }
        }
        #expect(chosen.allSatisfy { $0.count == 1 })
        #expect(Set(chosen).count == 2)
    }

    @Test func `what is no URL is not explained`() {
        for url in ["", "items", "ftp://a/b", "http://", "http:///x", "/a\r\nX: y", "//"] {
            #expect((ExplainedRequest("GET", url) == nil) == (url != "//"), "\(url)")
        }
        #expect(ExplainedRequest("GET", "/", fields: [("X", "a\nHost: b")]) == nil)
        #expect(ExplainedRequest("GET\n", "/") == nil)
    }
}

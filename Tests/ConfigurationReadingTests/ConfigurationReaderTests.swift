import Catalog
import ConfigurationReading
import Foundation
import Testing

@Suite struct ConfigurationReaderTests {
    private func read(_ text: String, _ environment: [String: String] = [:]) -> ConfigurationReader.Outcome {
        ConfigurationReader().read(text: text, file: "parley.yaml", environment: environment)
    }

    private func route(_ policies: String, service: String = "{}") throws -> Route {
        let outcome = read(
            """
            parley: 1
            upstreams: { u: { targets: [ { url: "http://h" } ] } }
            consumers: { c: { keys: [ { hash: "sha256:\(String(repeating: "0a", count: 32))" } ], groups: [g, h] } }
            services: { s: { upstream: u, policies: \(service), routes: { r: { path: "/x/{id}", policies: \(policies) } } } }
            """
        )
        return try #require(outcome.configuration?.services.first?.routes.first, "\(outcome.findings.map(\.rendered))")
    }

    @Test func `the smallest file has all defaults`() throws {
        let outcome = read("parley: 1")
        let configuration = try #require(outcome.configuration)
        #expect(configuration == Configuration())
    }

    @Test func `gateway options arrive`() throws {
        let configuration = try #require(
            read(
                """
                parley: 1
                gateway:
                  trusted-proxies: [10.0.0.0/8, "::1"]
                  timeouts: { head: 250ms, body: 2s, keep-alive: 5m }
                  body-limit: 64KiB
                  conflict-memory: 1GiB
                  body-memory: 2GiB
                  access-log: { to: access.log, sample: 0.25 }
                  journal: { keep: 7d, size: 2MiB }
                  tls: { certificates: [ { cert: a.pem, key: a.key } ] }
                """
            ).configuration
        )
        var expected = GatewayOptions()
        expected.trustedProxies = [
            AddressBlock(bytes: [10, 0, 0, 0], prefix: 8),
            AddressBlock(bytes: [UInt8](repeating: 0, count: 15) + [1], prefix: 128),
        ]
        expected.headTimeout = .milliseconds(250)
        expected.bodyTimeout = .seconds(2)
        expected.keepAliveTimeout = .seconds(300)
        expected.bodyLimit = 65_536
        expected.conflictMemory = 1 << 30
        expected.bodyMemory = 2 << 30
        expected.accessLog.destination = .file("access.log")
        expected.accessLog.sample = 0.25
        expected.journal.keep = .seconds(604_800)
        expected.journal.size = 2 << 20
        expected.certificates = [CertificateFiles(certificate: "a.pem", key: "a.key")]
        #expect(configuration.gateway == expected)
    }

    @Test func `upstream options arrive`() throws {
        let configuration = try #require(
            read(
                """
                parley: 1
                upstreams:
                  u:
                    targets: [ { url: "https://h:9/v1/", weight: 3 } ]
                    host: preserve
                    balance: consistent-hash
                    hash-on: header X-Tenant
                    timeouts: { connect: 1s, response: 2s, idle: 3s, keep-alive: 4s }
                    retries: { attempts: 0 }
                    health: { path: /up, interval: 6s, timeout: 5s, healthy: 7, unhealthy: 8 }
                    tls: { ca: ca.pem, server-name: n, verify: true }
                """
            ).configuration
        )
        let name = try #require(UpstreamName("u"))
        let target = Target(scheme: .https, host: "h", port: 9, pathPrefix: "/v1", weight: 3)
        var expected = Upstream(name: name, targets: [target])
        expected.host = .preserve
        expected.balance = .consistentHash(.header("X-Tenant"))
        expected.timeouts.connect = .seconds(1)
        expected.timeouts.response = .seconds(2)
        expected.timeouts.idle = .seconds(3)
        expected.timeouts.keepAlive = .seconds(4)
        expected.retryAttempts = 0
        var health = HealthCheck(path: "/up")
        (health.interval, health.timeout, health.healthy, health.unhealthy) = (.seconds(6), .seconds(5), 7, 8)
        expected.health = health
        expected.tls.certificateAuthority = "ca.pem"
        expected.tls.serverName = "n"
        #expect(configuration.upstreams == [expected])
        #expect(configuration.upstream(named: name) == expected)
    }

    @Test func `a conflict policy arrives whole`() throws {
        let route = try route(
            """
            { conflict: { level: serialise, resource: "/x/{id}?t={query.t}", require-condition: any, wait: 3s, queue: 5,
              settle: 4s, body-limit: 2MiB, history: { versions: 1, keep: 2h }, reveal: none, explain: replace,
              messages: { edit: { title: T, detail: "D {{consumer}}" } },
              rules: [ { when: { status: 500, body: dup, header: "X-Error: a: b" }, kind: uniqueness } ] },
              redirect: off }
            """,
            service: "{}"
        ).policies.conflict
        var expected = ConflictPolicy()
        expected.level = .serialise
        expected.resource = Template(
            parts: [.literal(Array("/x/".utf8)), .parameter(0), .literal(Array("?t=".utf8)), .query("t")],
            source: "/x/{id}?t={query.t}"
        )
        expected.requireCondition = .any
        expected.wait = .seconds(3)
        expected.queue = 5
        expected.settle = .seconds(4)
        expected.bodyLimit = 2 << 20
        expected.historyVersions = 1
        expected.historyKeep = .seconds(7200)
        expected.reveal = .none
        expected.explain = .replace
        expected.messages = ["edit": ConflictMessage(title: "T", detail: "D {{consumer}}")]
        let header = HeaderPolicy.Field(name: "x-error", value: "a: b")
        expected.rules = [ClassificationRule(status: 500, body: "dup", header: header, kind: "uniqueness")]
        #expect(route == expected)
    }

    @Test func `other policies arrive whole`() throws {
        let policies = try route(
            """
            { key-auth: { groups: [g] }, rate-limit: { quota: 5, window: 2s, burst: 9, by: header X-K },
              cors: { origins: ["HTTPS://A.example.com:443"], credentials: true, allow-headers: [X-A], expose-headers: [X-B],
              max-age: 5s }, headers: { request: { set: { X-Env: prod }, remove: [X-Debug] }, response: { remove: [Server] } },
              redirect: { to: "https://e.com/{id}", status: 302 }, conflict: off }
            """
        ).policies
        #expect(policies.keyAuth == KeyAuthPolicy(groups: ["g"]))
        #expect(policies.rateLimit == RateLimitPolicy(quota: 5, window: .seconds(2), burst: 9, key: .header("X-K")))
        var cors = CORSPolicy(origins: ["https://a.example.com"])
        cors.credentials = true
        cors.allowHeaders = ["X-A"]
        cors.exposeHeaders = ["X-B"]
        cors.maxAge = .seconds(5)
        #expect(policies.cors == cors)
        #expect(policies.headers?.request.set == [HeaderPolicy.Field(name: "X-Env", value: "prod")])
        #expect(policies.headers?.request.remove == ["x-debug"])
        #expect(policies.headers?.response.remove == ["server"])
        #expect(policies.redirect?.status == 302)
        #expect(policies.redirect?.to.parts == [.literal(Array("https://e.com/".utf8)), .parameter(0)])
        #expect(policies.conflict == nil)
    }

    @Test func `a route's policy replaces the service's whole, and off removes it`() throws {
        let service =
            "{ key-auth: { groups: [g] }, rate-limit: { quota: 5, window: 1s }, conflict: { wait: 9s, queue: 7 } }"
        let inherited = try route("{}", service: service).policies
        #expect(inherited.keyAuth == KeyAuthPolicy(groups: ["g"]))
        #expect(inherited.conflict?.wait == .seconds(9))
        let replaced = try route("{ key-auth: , rate-limit: off, conflict: { wait: 3s } }", service: service).policies
        #expect(replaced.keyAuth == KeyAuthPolicy())
        #expect(replaced.rateLimit == nil)
        #expect(replaced.conflict?.wait == .seconds(3))
        #expect(replaced.conflict?.queue == ConflictPolicy().queue)
    }

    @Test func `a rate limit counts by consumer where there are consumers, else by address`() throws {
        #expect(try route("{ rate-limit: { quota: 5, window: 1s } }").policies.rateLimit?.key == .address)
        let both = try route("{ key-auth: {}, rate-limit: { quota: 5, window: 1s } }").policies.rateLimit
        #expect(both == RateLimitPolicy(quota: 5, window: .seconds(1), burst: 5, key: .consumer))
    }

    @Test func `secrets of the environment do not appear in findings`() {
        let text = "parley: 1\ngateway: { body-limit: \"${SECRET}\", timeouts: { head: \"x${SECRET}\" } }\n"
        let outcome = read(text, ["SECRET": "hunter2"])
        #expect(outcome.findings.count == 2)
        #expect(outcome.configuration == nil)
        #expect(outcome.findings.allSatisfy { !$0.rendered.contains("hunter2") })
    }

    @Test func `an environment variable can be a number or a flag even in quotes`() throws {
        let text =
            "parley: 1\nupstreams: { u: { targets: [ { url: \"http://h\", weight: \"${W}\" } ], tls: { verify: \"${V}\" } } }\n"
        let upstream = try #require(read(text, ["W": "7", "V": "false"]).configuration?.upstreams.first)
        #expect(upstream.targets.first?.weight == 7)
        #expect(!upstream.tls.verify)
    }

    @Test func `kinds are those that the caller knows`() {
        let text = """
            parley: 1
            upstreams: { u: { targets: [ { url: "http://h" } ] } }
            services: { s: { upstream: u, routes: { r: { path: /x, policies: { conflict: { messages: { odd: { title: x } } } } } } } }
            """
        #expect(read(text).configuration == nil)
        let outcome = ConfigurationReader(knownKinds: ["odd"]).read(text: text, file: "f", environment: [:])
        #expect(outcome.configuration != nil)
    }

    @Test func `ten thousand routes are read, in their order`() throws {
        var text =
            "parley: 1\nupstreams: { u: { targets: [ { url: \"http://h\" } ] } }\nservices:\n  s:\n    upstream: u\n"
        text += "    policies: { conflict: { level: serialise } }\n    routes:\n"
        for number in 0..<10_000 { text += "      r\(number): { path: \"/a\(number)/{id}\" }\n" }
        let routes = try #require(read(text).configuration?.services.first?.routes)
        #expect(routes.map(\.name.text) == (0..<10_000).map { "r\($0)" })
    }

    @Test func `files are looked at only on request`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "parley-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let certificate = folder.appending(path: "a.pem")
        try "x".write(to: certificate, atomically: true, encoding: .utf8)
        let text = """
            parley: 1
            gateway: { tls: { certificates: [ { cert: "\(certificate.path)", key: "\(certificate.path).missing" } ] } }
            upstreams: { u: { targets: [ { url: "https://h" } ], tls: { ca: "\(folder.path)" } } }
            """
        #expect(read(text).configuration != nil)
        let outcome = ConfigurationReader(checkFiles: true).read(text: text, file: "f", environment: [:])
        #expect(outcome.configuration == nil)
        let errors = outcome.findings.filter { $0.severity == .error }
        #expect(errors.map(\.line) == [2, 3])
        #expect(errors.first?.message.contains("there is no file") == true)
        #expect(errors.last?.message.contains("is a directory") == true)
    }
}

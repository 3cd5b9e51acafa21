import Catalog
import ConfigurationReading
import Testing

struct IdempotencyConfigurationTests {
    private func read(_ idempotency: String, service: String = "{}") -> ConfigurationReader.Outcome {
        let text = """
            parley: 1
            upstreams: { u: { targets: [ { url: "http://h" } ] } }
            services: { s: { upstream: u, policies: \(service), routes: { r: { path: "/x/{id}", policies:
              { conflict: { idempotency: \(idempotency) } } } } } }
            """
        return ConfigurationReader().read(text: text, file: "in.yaml", environment: [:])
    }

    private func policy(_ outcome: ConfigurationReader.Outcome) throws -> IdempotencyPolicy? {
        let findings = outcome.findings.map(\.rendered)
        #expect(findings.isEmpty)
        let route = try #require(outcome.configuration?.services.first?.routes.first, "\(findings)")
        return try #require(route.policies.conflict).idempotency
    }

    /// Severities aside, what must be said of a configuration that is refused.
    private func fault(_ idempotency: String) throws -> String {
        let outcome = read(idempotency)
        #expect(outcome.configuration == nil)
        #expect(outcome.findings.count == 1, "\(outcome.findings.map(\.rendered))")
        let finding = try #require(outcome.findings.first)
        #expect(finding.severity == .error)
        #expect(finding.line == 4)
        return finding.rendered
    }

    @Test(arguments: ["{}", "", "~"])
    func `an empty section has the defaults of the contract`(section: String) throws {
        let policy = try #require(try policy(read(section)))
        #expect(policy == IdempotencyPolicy())
        #expect(!policy.isRequired)
        #expect(policy.retain == .seconds(86_400))
        #expect(policy.header == "Idempotency-Key")
        #expect(policy.methods == ["POST", "PATCH"])
        #expect(policy.join == .zero)
        #expect(policy.bodyLimit == 1 << 20)
        #expect(policy.fingerprint == .bytes)
        #expect(policy.ignore.isEmpty)
        #expect(policy.syntax == .lenient)
    }

    @Test func `without the key, and with off, there is no policy`() throws {
        #expect(try policy(read("off")) == nil)
        #expect(try policy(read("\"off\"")) == nil)
        let text = """
            parley: 1
            upstreams: { u: { targets: [ { url: "http://h" } ] } }
            services: { s: { upstream: u, routes: { r: { path: /x } } } }
            """
        let outcome = ConfigurationReader().read(text: text, file: "in.yaml", environment: [:])
        let route = try #require(outcome.configuration?.services.first?.routes.first)
        #expect(try #require(route.policies.conflict).idempotency == nil)
    }

    @Test func `every key arrives`() throws {
        let policy = try policy(
            read(
                """
                { required: true, retain: 7d, header: X-Request-Token, methods: [POST, PUT, DELETE, PURGE], join: 5s,
                  body-limit: 64KiB, fingerprint: json, ignore: [/sent_at, "/lines/0/a~1b", /m~0n, "/", "/ü x"], syntax: strict }
                """
            )
        )
        var expected = IdempotencyPolicy()
        expected.isRequired = true
        expected.retain = .seconds(604_800)
        expected.header = "X-Request-Token"
        expected.methods = ["POST", "PUT", "DELETE", "PURGE"]
        expected.join = .seconds(5)
        expected.bodyLimit = 65_536
        expected.fingerprint = .json
        expected.ignore = ["/sent_at", "/lines/0/a~1b", "/m~0n", "/", "/ü x"]
        expected.syntax = .strict
        #expect(policy == expected)
    }

    @Test(arguments: [
        "{ retain: 1s }", "{ retain: 365d }", "{ join: 0s }", "{ join: 1h }", "{ body-limit: 1B }",
        "{ body-limit: 1GiB }", "{ methods: [POST] }", "{ ignore: [] }", "{ ignore: , fingerprint: bytes }",
        "{ required: false }", "{ fingerprint: json, ignore: [/a, /a] }", "{ syntax: lenient }",
    ])
    func `the ends of every range are possible`(section: String) throws {
        #expect(try policy(read(section)) != nil)
    }

    @Test(arguments: [
        ("on", "expected a section of keys, or off, found 'on'"),
        ("[]", "expected a section of keys, or off, found a list"),
        ("true", "expected a section of keys, or off, found 'true'"),
        ("{ required: 1 }", "'services.s.routes.r.policies.conflict.idempotency.required': expected true or false"),
        ("{ retain: 0s }", "'0s' is too short; 1s is the least"), ("{ retain: 24 }", "'24' has no unit"),
        ("{ retain: 3651d }", "is too long"), ("{ join: 3601s }", "'3601s' is too long; 1h is the most"),
        ("{ join: -1s }", "'-1s'"), ("{ body-limit: none }", "'none' is not possible here; write a size such as 1MiB"),
        ("{ body-limit: 0B }", "is too small"), ("{ body-limit: 2GiB }", "is too large; 1GiB is the most"),
        ("{ header: \"Idempotency Key\" }", "is not the name of a header field"), ("{ header: \"\" }", "field"),
        ("{ methods: [] }", "is empty; leave the key out, or list at least one"), ("{ methods: POST }", "write [POST]"),
        ("{ methods: [post] }", "is not in upper case; write POST"), ("{ methods: [CONNECT] }", "is never forwarded"),
        ("{ methods: [POSTT] }", "did you mean POST?"),
        ("{ methods: [POST, GET] }", "GET changes nothing, so it needs no key; take it out"),
        ("{ methods: [HEAD] }", "HEAD changes nothing"), ("{ methods: [OPTIONS] }", "OPTIONS changes nothing"),
        ("{ fingerprint: sha256 }", "'sha256' is not possible here"),
        ("{ syntax: loose }", "'loose' is not possible here"),
        ("{ fingerprint: json, ignore: [sent_at] }", "'sent_at' does not begin with '/'; write '/sent_at'"),
        ("{ fingerprint: json, ignore: [\"\"] }", "JSON pointer"), ("{ fingerprint: json, ignore: /a }", "write [/a]"),
        ("{ fingerprint: json, ignore: [\"#/a\"] }", "does not begin with '/'"),
        (
            "{ fingerprint: json, ignore: [/a, /b~] }",
            "ignore[1]': '/b~' has a '~' that escapes nothing; write '~0' for '~'"
        ),
        ("{ fingerprint: json, ignore: [/a~2] }", "has a '~' that escapes nothing"),
        ("{ fingerprint: json, ignore: [/~~0] }", "has a '~' that escapes nothing"),
        ("{ fingerprint: json, ignore: [[/a]] }", "expected a JSON pointer such as /lines/0, found a list"),
        (
            "{ ignore: [/a] }",
            "'ignore' has no effect on bodies that are compared byte by byte; add 'fingerprint: json'"
        ),
        ("{ fingerprint: bytes, ignore: [/a] }", "or take 'ignore' out"),
        (
            "{ retian: 1h }",
            "unknown key 'retian' in 'services.s.routes.r.policies.conflict.idempotency'; did you mean 'retain'?"
        ),
        ("{ max: 1 }", "unknown key 'max'"),
    ])
    func `what cannot be used is refused with its place and a remedy`(section: String, expected: String) throws {
        let said = try fault(section)
        #expect(said.contains(expected), "\(said)")
        #expect(said.contains("services.s.routes.r.policies.conflict.idempotency"), "\(said)")
    }

    @Test func `several faults are all told at once`() {
        let outcome = read(
            "{ required: maybe, retain: long, methods: [GET, get], fingerprint: xml, syntax: 5, join: 2d }"
        )
        #expect(outcome.findings.count == 7, "\(outcome.findings.map(\.rendered))")
        #expect(outcome.configuration == nil)
    }

    @Test func `it belongs to the policy conflict of a service too`() throws {
        let text = """
            parley: 1
            upstreams: { u: { targets: [ { url: "http://h" } ] } }
            services: { s: { upstream: u, policies: { conflict: { idempotency: { join: 3s } } }, routes:
              { a: { path: /a }, b: { path: /b, policies: { conflict: {} } }, c: { path: /c, policies: { conflict: off } } } } }
            """
        let outcome = ConfigurationReader().read(text: text, file: "in.yaml", environment: [:])
        let routes = try #require(outcome.configuration?.services.first?.routes, "\(outcome.findings.map(\.rendered))")
        #expect(routes.map { $0.policies.conflict?.idempotency?.join } == [.seconds(3), nil, nil])
    }

    @Test func `the page of all keys shows it`() {
        let page = ConfigurationReference.markdown()
        #expect(page.contains("## policies.conflict.idempotency"))
        for key in ["required", "retain", "header", "methods", "join", "body-limit", "fingerprint", "ignore", "syntax"]
        {
            #expect(page.contains("`\(key)`"), "\(key)")
        }
    }
}

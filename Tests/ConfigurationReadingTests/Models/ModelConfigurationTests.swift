import Catalog
import ConfigurationReading
import Testing

@Suite struct ModelConfigurationTests {
    private func read(_ text: String, _ environment: [String: String] = [:]) throws -> Configuration {
        let outcome = ConfigurationReader(prices: PriceList())
            .read(text: "parley: 1\n" + text, file: "in.yaml", environment: environment)
        return try #require(outcome.configuration, "\(outcome.findings.map(\.rendered))")
    }

    private func name(_ text: String) throws -> ModelName { try #require(ModelName(text)) }

    @Test func `a provider arrives whole`() throws {
        let text = """
            providers:
              p:
                dialect: mistral
                url: https://h:8443/v1/
                keys: [ { value: "${K}" }, { value: b, weight: 7, label: second }, { value: c } ]
                timeouts: { connect: 1s, response: 5m, keep-alive: 4s }
                tls: { ca: ca.pem, server-name: n, verify: true }
            """
        let provider = try #require(try read(text, ["K": "sk-1"]).providers.first)
        var expected = Provider(
            name: try #require(ProviderName("p")),
            dialect: .mistral,
            target: Target(scheme: .https, host: "h", port: 8443, pathPrefix: "/v1")
        )
        expected.keys = [
            try #require(ProviderKey(value: "sk-1", weight: 1, label: "key-1")),
            try #require(ProviderKey(value: "b", weight: 7, label: "second")),
            try #require(ProviderKey(value: "c", weight: 1, label: "key-3")),
        ]
        expected.timeouts.connect = .seconds(1)
        expected.timeouts.response = .seconds(300)
        expected.timeouts.idle = .seconds(120)
        expected.timeouts.keepAlive = .seconds(4)
        expected.tls.certificateAuthority = "ca.pem"
        expected.tls.serverName = "n"
        #expect(provider == expected)
    }

    @Test func `a model arrives whole`() throws {
        let configuration = try read(
            """
            providers: { p: { dialect: openai, url: "http://h" } }
            models:
              org/fast:1:
                targets:
                  - { provider: p, model: x, weight: 3, prices: { currency: EUR, input: 1 }, limits: { output: 5 } }
                  - { provider: p, model: y }
                strategy: least-latency
                fallback: [ other ]
                prices:
                  { input: 0.15, output: 0.60, cache-read: 0.075, cache-write: 0, cache-write-1h: "0.3", reasoning: 7,
                    tiers: [ { above: 200000, input: 0.3 } ] }
                limits: { context: 128000, output: 16384 }
              other: { targets: [ { provider: p, model: x } ] }
            """
        )
        let model = try #require(configuration.model(named: try name("org/fast:1")))
        #expect(model.strategy == .leastLatency)
        #expect(model.fallback == [try name("other")])
        #expect(model.limits == ModelLimits(context: 128_000, output: 16_384))
        let prices = try #require(model.prices)
        #expect(prices.currency == .dollar)
        #expect(prices.input?.picounits == 150_000)
        #expect(prices.output?.picounits == 600_000)
        #expect(prices.cacheRead?.picounits == 75_000)
        #expect(prices.cacheWrite == .free)
        #expect(prices.cacheWriteHour?.picounits == 300_000)
        #expect(prices.reasoning?.picounits == 7_000_000)
        #expect(prices.prices(forInput: 200_001).input?.picounits == 300_000)
        let first = try #require(model.targets.first)
        #expect(first.weight == 3)
        #expect(first.prices?.currency.code == "EUR")
        #expect(first.prices?.output == nil)
        #expect(first.limits == ModelLimits(context: 128_000, output: 5))
        let second = try #require(model.targets.last)
        #expect(second.prices == prices)
        #expect(second.limits == model.limits)
        let other = try #require(configuration.models.last)
        #expect(other.strategy == .weighted)
        #expect(other.targets.first?.prices == nil)
        #expect(other.targets.first?.limits == nil)
    }

    @Test func `allowances of consumers and groups arrive`() throws {
        let configuration = try read(
            """
            providers: { p: { dialect: openai, url: "http://h" } }
            models: { m: { targets: [ { provider: p, model: x } ] } }
            consumers:
              alice: { groups: [ "my writers" ], models: [ m ], budget: { amount: 20.00, currency: EUR, every: 30d } }
              bob: { models: [], tokens: { quota: 200000, window: 1m } }
              carol: {}
            groups:
              "my writers": { models: [ m ], budget: { amount: "0.5", every: 1s }, tokens: { quota: 1, window: 1d } }
            """
        )
        let euro = try #require(Currency("EUR"))
        let consumers = configuration.consumers
        #expect(consumers.map(\.models) == [[try name("m")], [], nil])
        let amount = Money(try Millionths(parsing: "20"), euro)
        #expect(consumers.map(\.budget) == [Budget(amount: amount, every: .seconds(30 * 86_400)), nil, nil])
        #expect(consumers.map(\.tokens) == [nil, TokenQuota(quota: 200_000, window: .seconds(60)), nil])
        let half = Money(try Millionths(parsing: "0.5"), .dollar)
        let group = ConsumerGroup(
            name: "my writers",
            models: [try name("m")],
            budget: Budget(amount: half, every: .seconds(1)),
            tokens: TokenQuota(quota: 1, window: .seconds(86_400))
        )
        #expect(configuration.group(named: "my writers") == group)
        #expect(configuration.groups == [group])
    }

    @Test func `an empty llm section has the defaults of the contract`() throws {
        let provider = "providers: { p: { dialect: openai, url: \"http://h\" } }\n"
        for text in ["{}", "", "~"] {
            let service = try #require(try read("\(provider)services: { ai: { llm: \(text) } }").services.first)
            #expect(service.llm == ModelServiceOptions())
            #expect(service.upstream == nil)
            #expect(service.routes.isEmpty)
            #expect(service.policies.conflict == nil)
        }
        let options = ModelServiceOptions()
        #expect(options.attempts == 4)
        #expect(options.deadline == .seconds(600))
        #expect(options.bodyLimit == 64 << 20)
        #expect(options.keepAlive == .seconds(15))
    }

    @Test func `a service of models arrives whole`() throws {
        let configuration = try read(
            """
            providers: { p: { dialect: openai, url: "http://h" } }
            models: { m: { targets: [ { provider: p, model: x } ] } }
            consumers: { c: { keys: [ { hash: "sha256:\(String(repeating: "0a", count: 32))" } ], groups: [ g ] } }
            services:
              ai:
                llm:
                  { prefix: /ai/, strict: true, attempts: 20, deadline: 1m, body-limit: 1MiB, hosts: [ A.example.com ],
                    cache: { ttl: 10m, scope: shared, when: always, size: 1MiB }, max-output: 9, models: [ m ],
                    keep-alive: 60s, guards: [ { format: iban, mode: log, on: answers, name: bank }, { keywords: [ a, B ] },
                    { regex: "[A-Z]+", at: [ /messages ], replacement: "" } ] }
                policies:
                  key-auth: { groups: [ g ] }
                  rate-limit: { quota: 5, window: 1s }
                  headers: { response: { set: { X-A: b } } }
                  conflict: { idempotency: { join: 5s } }
            """
        )
        let service = try #require(configuration.services.first)
        let options = try #require(service.llm)
        var expected = ModelServiceOptions()
        expected.prefix = "/ai"
        expected.strict = true
        expected.attempts = 20
        expected.deadline = .seconds(60)
        expected.bodyLimit = 1 << 20
        expected.hosts = [HostPattern(name: "a.example.com", isWildcard: false)]
        var cache = ResponseCachePolicy(ttl: .seconds(600))
        (cache.scope, cache.when, cache.size) = (.shared, .always, 1 << 20)
        expected.cache = cache
        var bank = ContentGuard(find: .format(.iban))
        (bank.name, bank.mode, bank.on) = ("bank", .log, .answers)
        var regex = ContentGuard(find: .regex("[A-Z]+"))
        (regex.at, regex.replacement) = (["/messages"], "")
        expected.guards = [bank, ContentGuard(find: .keyword(["a", "B"])), regex]
        expected.maxOutput = 9
        expected.models = [try name("m")]
        expected.keepAlive = .seconds(60)
        #expect(options == expected)
        #expect(service.policies.keyAuth == KeyAuthPolicy(groups: ["g"]))
        #expect(service.policies.rateLimit?.key == .consumer)
        #expect(service.policies.headers?.response.set == [HeaderPolicy.Field(name: "X-A", value: "b")])
        #expect(service.policies.conflict?.idempotency?.join == .seconds(5))
    }

    @Test func `a prompt arrives whole`() throws {
        let configuration = try read(
            """
            providers: { p: { dialect: openai, url: "http://h" } }
            models: { m: { targets: [ { provider: p, model: x } ] } }
            services:
              ai:
                llm: { hosts: [ h.example.com ] }
                policies: { rate-limit: { quota: 5, window: 1s } }
                routes:
                  a:
                    path: /a
                    policies:
                      prompt:
                        model: m
                        template: [ { role: system, content: "Be {{tone}}." }, { role: user, content: "{{text}} {{n}}" } ]
                        variables: { text: { max-length: 9 }, tone: { default: kind }, n: { type: number, required: false } }
                        output: { schema: { type: object, x-b: [ 1.50, true, ~, "1", x ], x-a: { "q\\"\\n": 2 } } }
                        max-output: 100
                        temperature: 0.20
                  b: { path: /b, methods: [ PUT ], hosts: [ i.example.com ], policies: { prompt: { model: m, template: hi } } }
            """
        )
        let routes = try #require(configuration.services.first?.routes)
        #expect(routes.map(\.methods) == [["POST"], ["PUT"]])
        #expect(routes.map { $0.hosts.map(\.name) } == [["h.example.com"], ["i.example.com"]])
        #expect(routes.allSatisfy { $0.policies.rateLimit?.quota == 5 && $0.policies.conflict == nil })
        var expected = PromptPolicy(
            model: try name("m"),
            template: [
                PromptMessage(role: .system, parts: [.literal("Be "), .variable("tone"), .literal(".")]),
                PromptMessage(role: .user, parts: [.variable("text"), .literal(" "), .variable("n")]),
            ]
        )
        var text = PromptVariable(name: "text")
        text.maxLength = 9
        var tone = PromptVariable(name: "tone")
        (tone.standard, tone.isRequired) = ("kind", false)
        var number = PromptVariable(name: "n")
        (number.kind, number.isRequired) = (.number, false)
        expected.variables = [text, tone, number]
        expected.output = .schema(#"{"type":"object","x-b":[1.50,true,null,"1","x"],"x-a":{"q\"\n":2}}"#)
        expected.maxOutput = 100
        expected.temperature = "0.20"
        #expect(routes.first?.policies.prompt == expected)
        let short = PromptPolicy(model: try name("m"), template: [PromptMessage(role: .user, parts: [.literal("hi")])])
        #expect(routes.last?.policies.prompt == short)
    }

    @Test func `regular expressions are checked by whoever compiles them`() throws {
        let text =
            "parley: 1\nservices: { ai: { llm: { guards: [ { regex: \"(\" }, { regex: ok } ] } } }\n"
            + "providers: { p: { dialect: openai, url: \"http://h\" } }\n"
        let usual = ConfigurationReader().read(text: text, file: "f", environment: [:])
        #expect(usual.configuration == nil && usual.findings.contains { $0.message.contains("guards[0].regex") })
        let reader = ConfigurationReader { regex throws(TextFault) in
            if regex == "(" { throw TextFault("has an open group", remedy: "close it") }
        }
        let outcome = reader.read(text: text, file: "f", environment: [:])
        #expect(outcome.configuration == nil)
        #expect(
            outcome.findings.filter { $0.severity == .error }.map(\.rendered) == [
                "f:2:45: error: 'services.ai.llm.guards[0].regex': '(' has an open group; close it"
            ]
        )
    }

    @Test func `no finding shows a key`() {
        let text = """
            parley: 1
            providers:
              a: { dialect: openai, url: "http://h", keys: hunter2 }
              b: { dialect: openai, url: "http://h", keys: [ hunter2, { value: "hunter2 x" }, { value: "${K}" }, [ hunter2 ] ] }
              c: { dialect: openai, url: "http://h", keys: [ { value: hunter2 }, { value: hunter2 }, { value: [ hunter2 ] } ] }
            """
        let outcome = ConfigurationReader().read(text: text, file: "f", environment: ["K": "hunter2 y"])
        #expect(outcome.findings.filter { $0.severity == .error }.count == 6, "\(outcome.findings.map(\.rendered))")
        #expect(outcome.findings.allSatisfy { !$0.rendered.contains("hunter2") })
    }

    @Test func `a chain of fallbacks may be as long as the file`() throws {
        var text = "providers: { p: { dialect: openai, url: \"http://h\" } }\nmodels:\n"
        for number in 0..<5000 {
            text += "  m\(number): { targets: [ { provider: p, model: x } ], fallback: [ m\(number + 1) ] }\n"
        }
        let open = text + "  m5000: { targets: [ { provider: p, model: x } ] }\n"
        #expect(try read(open).models.count == 5001)
        let closed = text + "  m5000: { targets: [ { provider: p, model: x } ], fallback: [ m7 ] }\n"
        let outcome = ConfigurationReader().read(text: "parley: 1\n" + closed, file: "f", environment: [:])
        #expect(outcome.findings.filter { $0.severity == .error }.map(\.line) == [5004])
    }

    @Test func `aliases cannot make a schema large`() {
        let word = String(repeating: "x", count: 1000)
        let text = """
            parley: 1
            services: { ai: { llm: {}, routes: { a: { path: /a, policies: { prompt: { model: m, template: t, output:
              { schema: { a: &a [ \(word), \(word), \(word), \(word) ], b: &b [ *a, *a, *a, *a ], c: [ *b, *b, *b, *b ] } } } } } } } }
            """
        let outcome = ConfigurationReader().read(text: text, file: "f", environment: [:])
        #expect(outcome.findings.contains { $0.message.hasSuffix("output.schema' is longer than 64 KiB") })
    }
}

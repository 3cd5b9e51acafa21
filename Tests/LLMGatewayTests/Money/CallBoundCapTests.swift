import Catalog
import HTTPSemantics
import LLMTranslation
import Testing

@testable import LLMGateway

/// Bounds of calls whose output the gateway limits, and of prompts.
@Suite struct CallBoundCapTests {
    private static let body = #"{"model":"fast","messages":[{"role":"user","content":"Hi"}]}"#

    private func task(_ members: String = "", _ format: WireFormat = .openAIChat, cap: Int) throws -> ConversationTask {
        let request = SurfaceRequest(path: "/v1/none", method: "POST", query: nil) { _ in nil }
        let body = Self.body.replacing("\"model\"", with: members + "\"model\"")
        let client = try ClientRequest(request, body: bytes(body), requestID: "s", created: 1)
        return try ConversationTask(format, client, cap: OutputCap(limit: cap))
    }

    @Test(arguments: [
        ("", 100), (#""max_tokens":40,"#, 40), (#""max_completion_tokens":1,"#, 1), (#""max_tokens":null,"#, 100),
    ])
    func `a request without a limit is bound by the cap, one with a limit by that`(members: String, wanted: Int) throws
    {
        let task = try task(members, cap: 100)
        #expect(try CallBound(task, bodySize: 9).output(of: ModelShop.soleTarget(.openai)) == wanted)
    }

    @Test func `the cap serves as limit of a model without one, and gives way to a lower one`() throws {
        let task = try task(cap: 100)
        for (limit, wanted) in [(nil, 100), (70, 70), (500, 100)] as [(Int?, Int)] {
            let target = try ModelShop.soleTarget(.openai, limits: ModelLimits(output: limit))
            #expect(try CallBound(task, bodySize: 9).output(of: target) == wanted)
        }
    }

    @Test func `every answer of several has the cap`() throws {
        let task = try task(#""n":3,"#, cap: 100)
        #expect(try CallBound(task, bodySize: 9).output(of: ModelShop.soleTarget(.openai)) == 300)
    }

    @Test(arguments: ModelDialect.allCases)
    func `no provider is asked for more output than was reserved`(dialect: ModelDialect) throws {
        for members in [
            "", #""max_tokens":40,"#, #""reasoning_effort":"high","#, #""reasoning_effort":"high","max_tokens":90,"#,
        ] {
            for limit in [nil, 50, 5000] as [Int?] {
                let task = try task(members, cap: 100)
                let target = try ModelShop.soleTarget(dialect, limits: ModelLimits(output: limit))
                let bound = try #require(try CallBound(task, bodySize: 999).output(of: target))
                let request = try task.request(for: target)
                #expect(try asked(request) <= bound, "\(text(request.body))")
            }
        }
    }

    /// The most output that a request asks for.
    private func asked(_ request: ProviderRequest) throws -> Int {
        let value = try JSONParser.parse(request.body)
        let places = [
            value["max_tokens"], value["max_completion_tokens"], value["generationConfig"]?["maxOutputTokens"],
            value["options"]?["num_predict"],
        ]
        let most = places.compactMap { $0?.integer }.max()
        return try #require(most)
    }

    // MARK: Prompts

    /// Templates with what fills them: short, long, of many messages, of signs that JSON writes longer.
    private static let prompts: [([(PromptMessage.Role, String)], String)] = [
        ([(.user, "{{word}}")], "Hi"), ([(.user, "Say {{word}}")], String(repeating: "é👍", count: 2000)),
        ([(.system, "Be kind."), (.user, "{{word}}"), (.assistant, "Well"), (.user, "{{word}}{{word}}")], "and so on"),
        (Array(repeating: (.user, "{{word}}"), count: 50), "a"), ([(.user, "x{{word}}")], ""),
    ]

    private static let schemas: [String?] = [
        nil, "{}",
        #"{"type":"object","properties":{"n":{"type":"integer","description":"A number"}},"required":["n"]}"#,
        #"{"type":"object","properties":{\#((0..<60).map { "\"m\($0)\":{\"type\":\"string\"}" }.joined(separator: ","))}}"#,
    ]

    private func prompt(_ template: [(PromptMessage.Role, String)], _ word: String, _ schema: String?) throws
        -> PromptTask
    {
        var quoted: [UInt8] = []
        JSONWriter.appendString(word, to: &quoted)
        return try PromptShop.task(PromptShop.policy(template, schema: schema), #"{"word":\#(text(quoted))}"#)
    }

    @Test(arguments: ModelDialect.allCases, prompts.indices)
    func `a prompt is bound by all that a provider is sent, with the template`(dialect: ModelDialect, index: Int) throws
    {
        let (template, word) = Self.prompts[index]
        let target = try ModelShop.soleTarget(dialect, limits: ModelLimits(output: 100))
        for schema in Self.schemas {
            let task = try prompt(template, word, schema)
            let bound = try #require(try CallBound(task, bodySize: 0).input(of: target))
            let sent = try task.request(for: target).body.count
            #expect(bound >= sent, "\(schema ?? "no schema"): \(bound) for \(sent)")
        }
    }

    @Test(arguments: ModelDialect.allCases)
    func `signs that JSON writes longer are bound as the model reads them`(dialect: ModelDialect) throws {
        let target = try ModelShop.soleTarget(dialect)
        for word in [String(repeating: "\"\n", count: 1000), String(repeating: "\u{1}", count: 1000)] {
            let task = try prompt([(.user, "{{word}}")], word, nil)
            let bound = try #require(try CallBound(task, bodySize: 0).input(of: target))
            let read = try strings(in: JSONParser.parse(task.request(for: target).body))
            #expect(bound >= read)
        }
    }

    /// Bytes of all texts and names in a value.
    private func strings(in value: JSONValue) -> Int {
        switch value {
        case .string(let text): text.utf8.count
        case .array(let elements): elements.reduce(0) { $0 + strings(in: $1) }
        case .object(let object): object.members.reduce(0) { $0 + $1.name.utf8.count + strings(in: $1.value) }
        case .null, .bool, .number: 0
        }
    }

    @Test func `a prompt's output is bound by its own limit, the cap or the model's limit`() throws {
        for (own, cap, model, wanted) in [
            (40, 100, 70, 40), (nil, 100, 70, 70), (nil, nil, 70, 70), (400, 100, nil, 100), (nil, nil, nil, nil),
        ] as [(Int?, Int?, Int?, Int?)] {
            var policy = try PromptShop.policy()
            policy.maxOutput = own
            let task = try PromptShop.task(policy, #"{"word":"x"}"#, cap: cap)
            let target = try ModelShop.soleTarget(.openai, limits: ModelLimits(output: model))
            #expect(try CallBound(task, bodySize: 9).output(of: target) == wanted)
        }
    }
}

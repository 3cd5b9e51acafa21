import Catalog
import DataPlane
import HTTPSemantics
import LLMTranslation
import Testing

@testable import LLMGateway

@Suite struct OutputCapTests {
    /// A place where a request says how long its answer may be.
    struct Spelling: Sendable, CustomTestStringConvertible {
        let format: WireFormat
        let section: String?
        let name: String

        var testDescription: String { "\(format) \(field)" }
        /// As refusals name it.
        var field: String { (section.map { "\($0)." } ?? "") + name }
        /// The members of a request that asks for so much.
        func members(_ value: String) -> String {
            let limit = "\"\(name)\":\(value)"
            return section.map { "\"\($0)\":{\"x\":1,\(limit)}" } ?? limit
        }
    }

    private static let spellings: [Spelling] = [
        Spelling(format: .openAIChat, section: nil, name: "max_tokens"),
        Spelling(format: .openAIChat, section: nil, name: "max_completion_tokens"),
        Spelling(format: .openAICompletions, section: nil, name: "max_tokens"),
        Spelling(format: .openAIResponses, section: nil, name: "max_output_tokens"),
        Spelling(format: .anthropicMessages, section: nil, name: "max_tokens"),
        Spelling(format: .mistralChat, section: nil, name: "max_tokens"),
        Spelling(format: .gemini, section: "generationConfig", name: "maxOutputTokens"),
        Spelling(format: .gemini, section: "generationConfig", name: "max_output_tokens"),
        Spelling(format: .gemini, section: "generation_config", name: "maxOutputTokens"),
        Spelling(format: .gemini, section: "generation_config", name: "max_output_tokens"),
        Spelling(format: .ollamaChat, section: "options", name: "num_predict"),
        Spelling(format: .ollamaGenerate, section: "options", name: "num_predict"),
    ]

    /// What every form needs beside.
    private static func conversation(_ format: WireFormat) -> String {
        switch format {
        case .openAIChat, .mistralChat, .ollamaChat, .anthropicMessages:
            #""model":"fast","messages":[{"role":"user","content":"Hi"}]"#
        case .openAICompletions, .ollamaGenerate: #""model":"fast","prompt":"Hi""#
        case .openAIResponses: #""model":"fast","input":"Hi""#
        case .gemini: #""contents":[{"role":"user","parts":[{"text":"Hi"}]}]"#
        }
    }

    private func task(_ format: WireFormat, _ members: String = "", cap: Int) throws -> ConversationTask {
        let path = format == .gemini ? "/v1beta/models/fast:generateContent" : "/v1/none"
        let request = SurfaceRequest(path: path, method: "POST", query: nil) { _ in nil }
        let body = "{" + Self.conversation(format) + (members.isEmpty ? "" : ",") + members + "}"
        let client = try ClientRequest(request, body: bytes(body), requestID: "seed1", created: 1_735_689_600)
        return try ConversationTask(format, client, cap: OutputCap(limit: cap))
    }

    /// A target on a server that only speaks a dialect.
    private func compatibleTarget(_ dialect: ModelDialect, limits: ModelLimits = ModelLimits()) throws
        -> ModelTargetPlan
    {
        var model = try ModelShop.model("fast", [ModelShop.target("local", "theirs")])
        model.limits = limits
        let provider = try ModelShop.provider("local", dialect, "http://127.0.0.1:8000")
        let configuration = Configuration(providers: [provider], models: [model])
        let catalog = try ModelCatalog(configuration, UpstreamCompiler(HealthRegistry()), memory: ModelMemory())
        return try #require(catalog.models["fast"]?.targets.first)
    }

    private func targets(limits: ModelLimits = ModelLimits()) throws -> [ModelTargetPlan] {
        try ModelDialect.allCases.map { try ModelShop.soleTarget($0, limits: limits) }
            + ModelDialect.allCases.map { try compatibleTarget($0, limits: limits) }
    }

    /// All that a request says about the length of its answer, in whatever place.
    private func limits(in body: [UInt8], _ format: WireFormat?) throws -> [Int] {
        let value = try JSONParser.parse(body)
        return Self.spellings.filter { $0.format == format }.compactMap { spelling in
            let holder = spelling.section.map { value[$0] } ?? value
            return holder?[spelling.name]?.integer
        }
    }

    // MARK: Too much

    @Test(arguments: spellings)
    func `whoever asks for more is told which field to change`(spelling: Spelling) throws {
        for value in ["101", "-1", "-2", "1e3", "99999999999999999999", "1.5", "\"50\"", "true", "[]"] {
            let fault = #expect(throws: MalformedRequest.self) {
                try task(spelling.format, spelling.members(value), cap: 100)
            }
            #expect(fault?.field == spelling.field && fault?.message.contains("100") == true, "\(value)")
        }
    }

    @Test func `names that are written with escapes count, and of several limits every one`() throws {
        for members in [
            #""m\u0061x_tokens":101"#, #""max_tokens":5,"max_completion_tokens":101"#,
            #""max_tokens":101,"max_completion_tokens":5"#, #""max_tokens":5,"max_tokens":101"#,
        ] {
            #expect(throws: MalformedRequest.self) { try task(.openAIChat, members, cap: 100) }
        }
        #expect(throws: MalformedRequest.self) {
            try task(
                .gemini,
                #""generationConfig":{"maxOutputTokens":5},"generation_config":{"max_output_tokens":101}"#,
                cap: 100
            )
        }
    }

    // MARK: Within it

    @Test(arguments: spellings)
    func `who asks for less gets what was asked for, wherever it is sent`(spelling: Spelling) throws {
        for (value, wanted) in [("40", 40), ("100", 100), ("4e1", 40)] {
            let task = try task(spelling.format, spelling.members(value), cap: 100)
            for target in try targets() {
                let request = try task.request(for: target)
                let limits = try limits(in: request.body, request.format)
                #expect(limits == [wanted], "\(target.provider.vendor): \(text(request.body))")
            }
        }
    }

    @Test(arguments: spellings)
    func `a request within the cap passes untouched where it is passed on`(spelling: Spelling) throws {
        let task = try task(spelling.format, spelling.members("40"), cap: 100)
        for target in try targets() where target.provider.takes(spelling.format) {
            let request = try task.request(for: target)
            #expect(request.isPassThrough)
            #expect(text(request.body) == text(task.body).replacing("\"fast\"", with: "\"theirs\""))
        }
    }

    // MARK: Nothing said

    @Test(arguments: WireFormat.allCases)
    func `who says nothing is given the cap, wherever it is sent`(format: WireFormat) throws {
        let task = try task(format, cap: 100)
        for target in try targets() {
            let request = try task.request(for: target)
            let limits = try limits(in: request.body, request.format)
            let isLeft = format == .openAICompletions && target.provider.isVendorItself && request.isPassThrough
            #expect(limits == (isLeft ? [] : [100]), "\(target.provider.vendor): \(text(request.body))")
        }
    }

    @Test func `only completions of OpenAI itself may stay without a limit, and not below their own`() throws {
        let target = try ModelShop.soleTarget(.openai)
        for (cap, wanted) in [(15, [15]), (16, [])] {
            let request = try task(.openAICompletions, cap: cap).request(for: target)
            #expect(try limits(in: request.body, .openAICompletions) == wanted)
        }
    }

    @Test(arguments: spellings)
    func `a limit of null is none`(spelling: Spelling) throws {
        let task = try task(spelling.format, spelling.members("null"), cap: 10)
        for target in try targets() {
            let request = try task.request(for: target)
            let limits = try limits(in: request.body, request.format)
            #expect(limits == [10], "\(target.provider.vendor): \(text(request.body))")
        }
    }

    @Test(arguments: WireFormat.allCases)
    func `a model's own limit is not exceeded by the cap`(format: WireFormat) throws {
        let task = try task(format, cap: 5000)
        for target in try targets(limits: ModelLimits(output: 70)) {
            let request = try task.request(for: target)
            let isLeft = format == .openAICompletions && target.provider.isVendorItself && request.isPassThrough
            #expect(try limits(in: request.body, request.format) == (isLeft ? [] : [70]))
        }
    }

    @Test(arguments: [
        (WireFormat.gemini, #""generationConfig":{"temperature":1}"#),
        (.gemini, #""generation_config":{"temperature":1}"#),
        (.gemini, #""generationConfig":null"#), (.gemini, #""generationConfig":{},"generation_config":{}"#),
        (.ollamaChat, #""options":{"temperature":1}"#), (.ollamaChat, #""options":null"#),
        (.ollamaGenerate, #""options":{}"#), (.openAIChat, #""max_tokens":null,"max_completion_tokens":null"#),
    ])
    func `the cap goes beside what is there`(format: WireFormat, members: String) throws {
        let task = try task(format, members, cap: 100)
        for target in try targets() where target.provider.takes(format) {
            let body = try task.request(for: target).body
            #expect(try limits(in: body, format) == [100])
            #expect(text(body).contains("temperature") == members.contains("temperature"))
            #expect(try JSONParser.parse(body).repeatsNames == false)
        }
    }

    @Test func `without a cap nothing is added`() throws {
        for format in WireFormat.allCases where format != .gemini {
            let body = "{" + Self.conversation(format) + "}"
            let request = try ModelShop.conversation(format, body).request(for: soleTarget(of: format))
            #expect(try limits(in: request.body, format) == [])
        }
    }

    private func soleTarget(of format: WireFormat) throws -> ModelTargetPlan {
        try #require(try targets().first { $0.provider.takes(format) })
    }
}

import HTTPSemantics
import LLMTranslation
import Testing

/// Requests of very many turns, parts and tools: a client decides how many, so that the work may only grow with them.
@Suite struct LargeRequestTests {
    private static let count = 50_000

    private static let texts = (0..<count).map { "t\($0)" }

    private static func list(_ element: (Int) -> String) -> String {
        "[\((0..<count).map(element).joined(separator: ","))]"
    }

    private static func texts(of parts: [Part]) -> [String] {
        parts.compactMap { if case .text(let text) = $0 { text.text } else { nil } }
    }

    // MARK: Reading Gemini

    private func turns(_ contents: String) throws -> [Turn] {
        try SpokeTesting.read(GeminiDialect.self, #"{"contents":[\#(contents)]}"#, model: "m").conversation.turns
    }

    @Test func `the parts that a Gemini client sends are one turn, in order`() throws {
        let turns = try turns(#"{"role":"user","parts":\#(Self.list { #"{"text":"t\#($0)"}"# })}"#)
        #expect(turns.map(\.role) == [.user])
        #expect(Self.texts(of: turns[0].parts) == Self.texts)
    }

    @Test func `text and thinking of a model in very many pieces are put together`() throws {
        let said = try turns(#"{"role":"model","parts":\#(Self.list { #"{"text":"t\#($0)"}"# })}"#)
        #expect(said == [Turn(.assistant, text: Self.texts.joined())])
        let thought = try turns(#"{"role":"model","parts":\#(Self.list { #"{"text":"t\#($0)","thought":true}"# })}"#)
        #expect(thought == [Turn(.assistant, [.reasoning(Reasoning(Self.texts.joined()))])])
    }

    @Test func `each of very many results finds its call`() throws {
        let calls = Self.list { #"{"functionCall":{"name":"f","args":{"n":\#($0)}}}"# }
        let results = Self.list { #"{"functionResponse":{"name":"f","response":{"result":"t\#($0)"}}}"# }
        let turns = try turns(#"{"role":"model","parts":\#(calls)},{"role":"user","parts":\#(results)}"#)
        #expect(turns.map(\.role) == [.assistant, .tool])
        let expected = Self.texts.enumerated().map { number, text in
            Part.toolResult(ToolResult(callID: "call_\(number)_f", name: "f", content: [.text(TextPart(text))]))
        }
        #expect(turns.last?.parts == expected)
    }

    // MARK: Writing

    @Test func `turns of one side are one content for Gemini, in order`() throws {
        let turns = Self.texts.map { Turn(.user, text: $0) }
        let (body, losses) = try SpokeTesting.write(GeminiDialect.self, Conversation(model: "m", turns: turns))
        #expect(losses.isEmpty)
        let parts = Self.texts.map { JSONValue.object(JSONObject([("text", .string($0))])) }
        #expect(body["contents"] == [["role": "user", "parts": .array(parts)]])
    }

    @Test(arguments: [GeminiDialect.self, OllamaDialect.self] as [any Dialect.Type])
    func `each loss is named once, however many there are`(dialect: any Dialect.Type) throws {
        var conversation = Conversation(model: "m", turns: [Turn(.user, text: "a")])
        conversation.tools = (Self.texts + Self.texts).map { .native(.openai, JSONObject([("type", .string($0))])) }
        var losses: [Loss] = []
        _ = try dialect.body(of: conversation, for: ProviderProfile(), losses: &losses)
        #expect(losses.map(\.field) == Self.texts.map { "tools.\($0)" })
    }

    @Test func `the tools that Responses allow are found among very many`() throws {
        let tools = Self.list { #"{"type":"function","name":"t\#($0)"}"# }
        let allowed =
            "["
            + Self.texts.reversed().dropLast(2).map { #"{"type":"function","name":"\#($0)"}"# }.joined(separator: ",")
            + "]"
        let choice = #"{"type":"allowed_tools","mode":"auto","tools":\#(allowed)}"#
        let (conversation, losses) = try SpokeTesting.read(
            OpenAIResponsesDialect.self,
            #"{"model":"m","input":"x","tools":\#(tools),"tool_choice":\#(choice)}"#
        )
        #expect(losses.isEmpty)
        #expect(conversation.tools == Self.texts.dropFirst(2).map { .function(FunctionTool(name: $0)) })
    }

    private static let dialects: [any Dialect.Type] = [
        OpenAIChatDialect.self, OpenAIResponsesDialect.self, AnthropicDialect.self, MistralDialect.self,
        GeminiDialect.self, OllamaDialect.self,
    ]

    /// Rounds of a question, a call and its result.
    private static let rounds: [Turn] = (0..<(count / 5)).flatMap { number in
        [
            Turn(.user, text: "q\(number)"),
            Turn(
                .assistant,
                [
                    .text(TextPart("a\(number)")),
                    .toolCall(ToolCall(id: "c\(number)", name: "f", arguments: #"{"n":\#(number)}"#)),
                ]
            ),
            Turn(.tool, [.toolResult(ToolResult(callID: "c\(number)", name: "f", content: [.text(TextPart("r"))]))]),
        ]
    }

    @Test(arguments: dialects)
    func `a long history is written and read by every dialect`(dialect: any Dialect.Type) throws {
        var losses: [Loss] = []
        let written = try dialect.body(
            of: Conversation(model: "m", turns: Self.rounds),
            for: ProviderProfile(),
            losses: &losses
        )
        var body = written
        if dialect.vendor == .anthropic { body.set("max_tokens", to: 1) }
        let turns = try dialect.conversation(of: body, model: "m", streams: nil, losses: &losses).turns
        #expect(losses.isEmpty)
        #expect(turns.count { $0.role == .assistant } >= Self.count / 5)
        #expect(
            turns.filter { $0.role == .user }.flatMap { Self.texts(of: $0.parts) }
                == Self.rounds.filter { $0.role == .user }.map(\.text)
        )
        let results = turns.flatMap(\.parts).count { if case .toolResult = $0 { true } else { false } }
        #expect(results == Self.count / 5)
    }

    @Test(arguments: dialects)
    func `turns of very many parts are written and read by every dialect`(dialect: any Dialect.Type) throws {
        let calls = Self.texts.map { Part.toolCall(ToolCall(id: $0, name: "f", arguments: "{}")) }
        let results = Self.texts.map { text in
            Part.toolResult(ToolResult(callID: text, name: "f", content: [.text(TextPart(text))]))
        }
        let turns = [
            Turn(.user, Self.texts.map { .text(TextPart($0)) }), Turn(.assistant, calls), Turn(.tool, results),
        ]
        var losses: [Loss] = []
        let conversation = Conversation(model: "m", turns: turns)
        var body = try dialect.body(of: conversation, for: ProviderProfile(), losses: &losses)
        if dialect.vendor == .anthropic { body.set("max_tokens", to: 1) }
        let read = try dialect.conversation(of: body, model: "m", streams: nil, losses: &losses).turns
        #expect(losses.isEmpty)
        #expect(read.first.map { Self.texts(of: $0.parts).joined().filter { $0 != "\n" } } == Self.texts.joined())
        let asked = read.flatMap(\.parts).compactMap { if case .toolCall(let call) = $0 { call.id } else { nil } }
        let answered = read.flatMap(\.parts).compactMap { part -> ToolResult? in
            if case .toolResult(let result) = part { result } else { nil }
        }
        #expect(asked.count == Self.count && answered.map(\.callID) == asked)
        #expect(answered.flatMap { Self.texts(of: $0.content) } == Self.texts)
    }
}

import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct AnswerShapeTests {
    private static func asked(_ choice: ToolChoice? = nil, _ names: String...) -> Conversation {
        var conversation = Conversation(model: "m", turns: [Turn(.user, text: "q")])
        conversation.tools = names.map { .function(FunctionTool(name: $0)) }
        conversation.toolChoice = choice
        return conversation
    }

    private static func shape(_ conversation: inout Conversation, _ vendor: Vendor) -> (AnswerShape, losses: [String]) {
        var losses: [Loss] = []
        let shape = AnswerShape(of: &conversation, for: vendor, ProviderProfile(), losses: &losses)
        return (shape, losses.map(\.field))
    }

    private static func completion(_ parts: [Part], _ stop: StopReason = .natural) -> Completion {
        Completion(id: "", model: "m", choices: [.init(parts: parts, stop: stop)])
    }

    private static let called = #"{"name":"f","arguments":{"n":1.0}}"#

    // MARK: Calls that must be made

    @Test func `a form of the answer stands for a call of Ollama's that must be made`() throws {
        var conversation = Self.asked(.function("f"), "f", "g")
        let (shape, losses) = Self.shape(&conversation, .ollama)
        #expect(conversation.toolChoice == nil && conversation.tools.count == 2 && losses.isEmpty)
        var lost: [Loss] = []
        let body = try OllamaDialect.body(of: conversation, for: ProviderProfile(), losses: &lost)
        #expect(body["format"]?["properties"]?["name"] == ["type": "string", "enum": ["f"]] && lost.isEmpty)

        let answer = shape.completion(Self.completion([.text(TextPart(Self.called))]))
        guard case .toolCall(let call)? = answer.choices.first?.parts.first else { throw CancellationError() }
        #expect(call.name == "f" && call.arguments == #"{"n":1.0}"# && call.id.hasPrefix("call_"))
        #expect(answer.choices.first?.stop == .tool && answer.choices.first?.parts.count == 1)
    }

    @Test func `definitions go where references find them, and what cannot be moved is not forced`() throws {
        let parameters = { (text: String) in try JSONParser.parse(Array(text.utf8)).object }
        let named = { (name: String, kind: String) in
            try parameters(
                ##"{"properties":{"w":{"$ref":"#/$defs/W"}},"$defs":{"W":{"type":"\##(kind)"}}}"##
            ).map { Tool.function(FunctionTool(name: name, parameters: $0)) }
        }
        var conversation = Self.asked(.any)
        conversation.tools = try [named("f", "string"), named("g", "string")].compactMap(\.self)
        _ = Self.shape(&conversation, .ollama)
        guard case .schema(let output)? = conversation.output else { throw CancellationError() }
        #expect(output.schema["$defs"] == ["W": ["type": "string"]])
        let first = output.schema["anyOf"]?.array?.first?["properties"]?["arguments"]
        #expect(first?["$defs"] == nil && first?["type"] == "object")

        conversation = Self.asked(.any)
        conversation.tools = try [named("f", "string"), named("g", "number")].compactMap(\.self)
        #expect(Self.shape(&conversation, .ollama).0 == AnswerShape() && conversation.toolChoice == .any)
    }

    @Test func `a model that is to think is not forced`() {
        var conversation = Self.asked(.any, "f")
        conversation.reasoning = ReasoningRequest(effort: .low)
        #expect(Self.shape(&conversation, .ollama).0 == AnswerShape() && conversation.toolChoice == .any)
        var quiet = Self.asked(.any, "f")
        _ = Self.shape(&quiet, .ollama)
        #expect(quiet.reasoning == ReasoningRequest(effort: ReasoningRequest.Effort.none))
    }

    @Test func `several tools are several forms`() {
        var conversation = Self.asked(.any, "f", "g")
        conversation.output = .json
        _ = Self.shape(&conversation, .ollama)
        guard case .schema(let output)? = conversation.output else { return #expect(Bool(false)) }
        #expect(output.schema["anyOf"]?.array?.count == 2)
    }

    @Test(arguments: [
        "Sorry.", #"{"name":"x","arguments":{}}"#, #"{"name":"f","arguments":7}"#, #"{"name":"f","argu"#, "",
    ])
    func `what is no such call stays text`(text: String) {
        var conversation = Self.asked(.any, "f")
        let (shape, _) = Self.shape(&conversation, .ollama)
        let completion = Self.completion([.text(TextPart(text))], .length)
        let answer = shape.completion(completion)
        #expect(answer.choices == completion.choices && answer.losses.map(\.field) == ["answer.tool_calls"])
    }

    @Test func `calls that the server itself has read stay as they are`() {
        var conversation = Self.asked(.any, "f")
        let (shape, _) = Self.shape(&conversation, .ollama)
        let call = Part.toolCall(ToolCall(id: "1", name: "f", arguments: "{}"))
        let completion = Self.completion([.text(TextPart(Self.called)), call], .tool)
        #expect(shape.completion(completion) == completion)
    }

    @Test(arguments: [ToolChoice?.none, .automatic, ToolChoice.none, .function("x")])
    func `no other choice is touched`(choice: ToolChoice?) {
        var conversation = Self.asked(choice, "f")
        let before = conversation
        let (shape, _) = Self.shape(&conversation, .ollama)
        #expect(shape == AnswerShape() && conversation == before)
        var other = Self.asked(.any, "f")
        #expect(Self.shape(&other, .openai).0 == AnswerShape() && other.toolChoice == .any)
    }

    @Test func `the call comes in one piece, whole and as text where it was cut`() throws {
        var conversation = Self.asked(.any, "f")
        let (shape, _) = Self.shape(&conversation, .ollama)
        let events = { (pieces: [String], end: String) in
            var reader = shape.reader(OllamaDialect.makeReader())
            var events: [StreamEvent] = []
            for piece in pieces {
                let content = String(decoding: JSONWriter.bytes(.string(piece)), as: UTF8.self)
                reader.feed(
                    Array((#"{"message":{"content":\#(content)},"done":false}"# + "\n").utf8)[...],
                    into: &events
                )
            }
            let held = reader.unsaidBytes
            reader.feed(Array((end + "\n").utf8)[...], into: &events)
            reader.finish(into: &events)
            return (Array(events.dropFirst()), held, reader.unsaidBytes)
        }
        let end = #"{"message":{"content":""},"done":true,"done_reason":"stop"}"#
        let (whole, held, left) = events([#"{"name":"f","#, #""arguments":{}}"#], end)
        #expect(held == 27 && left == 0 && whole.contains(.callArguments(choice: 0, call: 0, "{}")))
        #expect(whole.contains(.stopped(choice: 0, .tool)) && whole.last == .ended)
        let (cut, _, _) = events([#"{"name":"f","#], end.replacing("stop", with: "length"))
        #expect(cut.contains(.text(choice: 0, #"{"name":"f","#)) && cut.contains(.stopped(choice: 0, .length)))
        let (broken, _, _) = events([#"{"name":"f","#], "")
        #expect(broken.contains(.text(choice: 0, #"{"name":"f","#)))
    }

    // MARK: One call at a time

    @Test(arguments: [Vendor.gemini, .ollama])
    func `one call is passed on where the vendor cannot be told, and the rest is named`(vendor: Vendor) {
        var conversation = Self.asked(nil, "f", "g")
        conversation.allowsParallelCalls = false
        let (shape, losses) = Self.shape(&conversation, vendor)
        #expect(conversation.allowsParallelCalls == nil && losses.isEmpty)
        let calls = ["f", "g"].map { Part.toolCall(ToolCall(id: $0, name: $0, arguments: "{}")) }
        let answer = shape.completion(Self.completion([.text(TextPart("t"))] + calls, .tool))
        #expect(answer.choices.first?.parts == [.text(TextPart("t")), calls[0]])
        #expect(answer.losses.map(\.field) == ["answer.tool_calls"])
        #expect(shape.completion(Self.completion([calls[0]], .tool)).losses.isEmpty)
    }

    @Test func `of a stream, too`() {
        var conversation = Self.asked(nil, "f", "g")
        conversation.allowsParallelCalls = false
        let (shape, _) = Self.shape(&conversation, .ollama)
        var reader = shape.reader(OllamaDialect.makeReader())
        var events: [StreamEvent] = []
        let line =
            #"{"message":{"tool_calls":[{"id":"1","function":{"name":"f","arguments":{}}},{"id":"2","function":{"name":"g","arguments":{}}}]},"done":true}"#
        reader.feed(Array((line + "\n").utf8)[...], into: &events)
        let calls = events.compactMap { if case .callStarted(_, _, let call) = $0 { call.name } else { nil } }
        #expect(calls == ["f"] && reader.losses.map(\.field) == ["answer.tool_calls"] && reader.unsaidBytes == 3)
        #expect(events.contains(.stopped(choice: 0, .tool)))
    }

    // MARK: JSON of any form

    @Test func `a tool stands for JSON of any form at Anthropic, unless the model is to think`() throws {
        var conversation = Self.asked()
        conversation.output = .json
        conversation.model = "claude-sonnet-5"
        let (shape, losses) = Self.shape(&conversation, .anthropic)
        #expect(shape.tool?.name == "json_answer" && losses.isEmpty)
        #expect(conversation.toolChoice == .function("json_answer"))
        var lost: [Loss] = []
        let body = try AnthropicDialect.body(of: conversation, for: ProviderProfile(), losses: &lost)
        #expect(body["thinking"] == ["type": "disabled"] && lost.isEmpty)

        var thinking = Self.asked()
        thinking.output = .json
        thinking.reasoning = ReasoningRequest(effort: .high)
        #expect(Self.shape(&thinking, .anthropic).0 == AnswerShape() && thinking.output == .json)
        // Where the wish cannot be had anyway, the form can.
        thinking.model = "claude-sonnet-4-5"
        thinking.sampling.maximumOutput = 500
        #expect(Self.shape(&thinking, .anthropic).0.tool != nil)
        // Nothing is taken from an agent, and other servers are told nothing of thinking.
        var agent = Self.asked(nil, "f")
        agent.output = .json
        #expect(Self.shape(&agent, .anthropic).0 == AnswerShape() && agent.reasoning == nil)
    }
}

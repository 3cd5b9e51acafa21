import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct AnswerToolTests {
    private static let schema: JSONValue = ["type": "object", "properties": ["n": ["type": "integer"]]]

    private static func asked(_ model: String = "claude-3-5-haiku-20241022") -> Conversation {
        var conversation = Conversation(model: model, turns: [Turn(.user, text: "q")])
        conversation.output = .schema(OutputSchema(description: "A number.", schema: schema))
        return conversation
    }

    private static func put(_ conversation: Conversation) -> (tool: AnswerTool?, Conversation, losses: [String]) {
        var (changed, losses) = (conversation, [Loss]())
        let tool = AnswerTool(in: &changed, for: .anthropic, ProviderProfile(), losses: &losses)
        return (tool, changed, losses.map(\.field))
    }

    @Test(arguments: [
        "claude-3-haiku-20240307", "claude-3-7-sonnet-latest", "claude-sonnet-4-20250514", "claude-opus-4-0",
        "anthropic.claude-3-5-sonnet-20241022-v2:0", "claude-2.1",
    ])
    func `models before 4-1 are made to call a tool that stands for the form`(model: String) throws {
        let (tool, conversation, losses) = Self.put(Self.asked(model))
        #expect(tool?.name == "json_answer" && losses.isEmpty && conversation.output == nil)
        #expect(conversation.toolChoice == .function("json_answer") && conversation.allowsParallelCalls == false)
        var lost: [Loss] = []
        let body = try AnthropicDialect.body(of: conversation, for: ProviderProfile(), losses: &lost)
        #expect(body["tools"]?.array?.first?["input_schema"] == Self.schema && body["output_config"] == nil)
        #expect(
            body["tool_choice"] == ["type": "tool", "name": "json_answer", "disable_parallel_tool_use": true]
        )
    }

    @Test(arguments: ["claude-opus-4-1-20250805", "claude-haiku-4-5", "claude-sonnet-5", "my-own"])
    func `models that can be held to a schema are`(model: String) {
        let (tool, conversation, _) = Self.put(Self.asked(model))
        #expect(tool == nil && conversation == Self.asked(model))
    }

    @Test func `other vendors and other forms are left alone`() {
        var losses: [Loss] = []
        var conversation = Self.asked()
        #expect(AnswerTool(in: &conversation, for: .openai, ProviderProfile(), losses: &losses) == nil)
        conversation.output = .text
        #expect(AnswerTool(in: &conversation, for: .anthropic, ProviderProfile(), losses: &losses) == nil)
        #expect(conversation.tools.isEmpty && losses.isEmpty)
    }

    @Test func `beside tools of the caller's, one of them or the answer must be called`() {
        var conversation = Self.asked()
        conversation.tools = [.function(FunctionTool(name: "json_answer"))]
        var (tool, changed, _) = Self.put(conversation)
        #expect(tool?.name == "json_answer_" && changed.toolChoice == .any && changed.tools.count == 2)
        conversation.toolChoice = ToolChoice.none
        (tool, changed, _) = Self.put(conversation)
        #expect(changed.toolChoice == .function("json_answer_"))
        conversation.toolChoice = .any
        (tool, changed, _) = Self.put(conversation)
        #expect(tool == nil && changed.tools.count == 1 && changed.output == nil)
    }

    @Test func `what such a model cannot keep is named`() {
        var conversation = Self.asked()
        conversation.output = .schema(OutputSchema(schema: Self.schema, isStrict: true))
        #expect(Self.put(conversation).losses == ["response_format.json_schema.strict"])
        conversation.output = .schema(OutputSchema(schema: ["type": "array", "items": ["$ref": "#"]]))
        let (tool, _, losses) = Self.put(conversation)
        #expect(tool == nil && losses == ["response_format"])
    }

    @Test func `tools that the vendor does not get are none`() throws {
        var conversation = Self.asked()
        conversation.tools = [.native(.openai, JSONObject([("type", "web_search")]))]
        var (tool, changed, losses) = Self.put(conversation)
        #expect(changed.toolChoice == .function("json_answer") && changed.allowsParallelCalls == false)
        conversation.toolChoice = .any
        (tool, changed, losses) = Self.put(conversation)
        #expect(tool != nil && changed.toolChoice == .function("json_answer") && losses == ["tool_choice"])
        conversation.toolChoice = .function("f")
        (tool, changed, losses) = Self.put(conversation)
        #expect(tool != nil && changed.toolChoice == .function("json_answer") && losses == ["tool_choice"])
    }

    @Test(arguments: [
        (#"{"type":"array","items":{"type":"integer"}}"#, #"{"type":"array","items":{"type":"integer"}}"#, "null"),
        (
            ##"{"$ref":"#/$defs/N","$defs":{"N":{"type":"object"}}}"##, ##"{"$ref":"#/$defs/N"}"##,
            #"{"N":{"type":"object"}}"#
        ),
        (#"{"type":"object","anyOf":[{}]}"#, #"{"type":"object","anyOf":[{}]}"#, "null"), ("true", "true", "null"),
    ])
    func `a schema that cannot stand outermost is wrapped, and the answer comes without`(
        schema: String,
        inner: String,
        definitions: String
    ) throws {
        var conversation = Self.asked()
        conversation.output = .schema(OutputSchema(schema: try JSONParser.parse(Array(schema.utf8))))
        let (tool, changed, losses) = Self.put(conversation)
        guard case .function(let function)? = changed.tools.last else { throw CancellationError() }
        let input = try #require(function.parameters)
        #expect(input["type"] == "object" && input["required"] == ["answer"] && losses.isEmpty)
        #expect(try input["properties"]?["answer"] == JSONParser.parse(Array(inner.utf8)))
        #expect(try input["$defs"] ?? .null == JSONParser.parse(Array(definitions.utf8)))
        let parts = [Self.call("json_answer", #"{"answer":[1,2.50]}"#)]
        let completion = Completion(id: "", model: "m", choices: [.init(parts: parts, stop: .tool)])
        #expect(tool?.answer(in: completion).choices.first?.parts == [.text(TextPart("[1,2.50]"))])
    }

    @Test func `a schema without a type but with properties is that of an object`() {
        var conversation = Self.asked()
        conversation.output = .schema(OutputSchema(schema: ["properties": [:]]))
        #expect(Self.put(conversation).tool?.isWrapped == false)
    }

    @Test func `a tool of the caller's is not held to its schema either`() throws {
        var conversation = Conversation(model: "claude-3-5-haiku-latest", turns: [Turn(.user, text: "q")])
        let wide = JSONObject([("type", "object"), ("maxProperties", 3)])
        conversation.tools = [.function(FunctionTool(name: "f", parameters: wide, isStrict: true))]
        var losses: [Loss] = []
        let body = try AnthropicDialect.body(of: conversation, for: ProviderProfile(), losses: &losses)
        #expect(body["tools"] == [["name": "f", "input_schema": .object(wide)]])
        #expect(losses.map(\.field) == ["tools[0]"])
    }

    // MARK: Answers

    private func tool() throws -> AnswerTool { try #require(Self.put(Self.asked()).tool) }

    private static func call(_ name: String, _ arguments: String) -> Part {
        .toolCall(ToolCall(id: "1", name: name, arguments: arguments))
    }

    @Test func `the call is the text of the answer`() throws {
        let parts: [Part] = [.reasoning(Reasoning("t")), Self.call("json_answer", #"{"n":1}"#)]
        let completion = Completion(id: "", model: "m", choices: [.init(parts: parts, stop: .tool)])
        let answer = try tool().answer(in: completion)
        let expected: [Part] = [.reasoning(Reasoning("t")), .text(TextPart(#"{"n":1}"#))]
        #expect(answer.choices == [.init(parts: expected, stop: .natural)] && answer.losses.isEmpty)
    }

    @Test func `calls of the caller's tools stay calls, and what is said besides is named`() throws {
        let parts: [Part] = [
            .text(TextPart("Well.")), Self.call("f", "{}"), Self.call("json_answer", "{}"),
            Self.call("json_answer", "1"),
        ]
        let completion = Completion(id: "", model: "m", choices: [.init(parts: parts, stop: .tool)])
        let answer = try tool().answer(in: completion)
        #expect(answer.choices == [.init(parts: [.text(TextPart("{}")), Self.call("f", "{}")], stop: .tool)])
        #expect(answer.losses.map(\.field) == ["answer.text"])
    }

    @Test(arguments: [StopReason.natural, .length, .filtered(nil)])
    func `an answer without the call stays as it is`(stop: StopReason) throws {
        let completion = Completion(
            id: "",
            model: "m",
            choices: [.init(parts: [.text(TextPart("I cannot.")), Self.call("f", "{}")], stop: stop)]
        )
        #expect(try tool().answer(in: completion) == completion)
    }

    @Test func `a cut call is cut text`() throws {
        let completion = Completion(
            id: "",
            model: "m",
            choices: [.init(parts: [Self.call("json_answer", #"{"n""#)], stop: .length)]
        )
        #expect(try tool().answer(in: completion).choices == [.init(parts: [.text(TextPart(#"{"n""#))], stop: .length)])
    }

    // MARK: Answers in pieces

    private func events(
        _ blocks: [(name: String?, pieces: [String])],
        stop: String = "tool_use",
        by wrapping: AnswerTool? = nil
    ) throws -> [StreamEvent] {
        var reader = AnswerToolReader(AnthropicStreamReader(), try wrapping ?? tool())
        var text = #"data: {"type":"message_start","message":{"id":"m","model":"c"}}"# + "\n\n"
        for (index, block) in blocks.enumerated() {
            let start =
                block.name.map { #"{"type":"tool_use","id":"\#(index)","name":"\#($0)","input":{}}"# }
                ?? #"{"type":"text","text":""}"#
            text += #"data: {"type":"content_block_start","index":\#(index),"content_block":\#(start)}"# + "\n\n"
            for piece in block.pieces {
                let quoted = String(decoding: JSONWriter.bytes(.string(piece)), as: UTF8.self)
                let delta =
                    block.name == nil
                    ? #"{"type":"text_delta","text":\#(quoted)}"#
                    : #"{"type":"input_json_delta","partial_json":\#(quoted)}"#
                text += #"data: {"type":"content_block_delta","index":\#(index),"delta":\#(delta)}"# + "\n\n"
            }
            text += #"data: {"type":"content_block_stop","index":\#(index)}"# + "\n\n"
        }
        text += #"data: {"type":"message_delta","delta":{"stop_reason":"\#(stop)"}}"# + "\n\n"
        text += #"data: {"type":"message_stop"}"# + "\n\n"
        var events: [StreamEvent] = []
        // A byte at a time, as every reader must be able to.
        for byte in text.utf8 { reader.feed([byte][...], into: &events) }
        reader.finish(into: &events)
        if !reader.losses.isEmpty { events.append(.text(choice: 9, reader.losses.map(\.field).joined())) }
        return Array(events.dropFirst())
    }

    @Test func `pieces of the call are pieces of text`() throws {
        #expect(
            try events([("json_answer", [#"{"n":"#, "1}"])])
                == [.text(choice: 0, #"{"n":"#), .text(choice: 0, "1}"), .stopped(choice: 0, .natural), .ended]
        )
        #expect(try events([("json_answer", [])]).first == .text(choice: 0, "{}"))
    }

    @Test func `other calls keep their order, and what is said besides is named`() throws {
        let events = try events([
            ("json_answer", ["{}"]), (nil, ["more"]), ("f", ["{}"]), ("json_answer", ["1"]), ("g", ["2"]),
        ])
        let call = { (id: String, name: String) in ToolCall(id: id, name: name, arguments: "") }
        let expected: [StreamEvent] = [
            .text(choice: 0, "{}"), .callStarted(choice: 0, call: 0, call("2", "f")),
            .callArguments(choice: 0, call: 0, "{}"), .callStarted(choice: 0, call: 1, call("4", "g")),
            .callArguments(choice: 0, call: 1, "2"), .stopped(choice: 0, .tool), .ended,
            .text(choice: 9, "answer.text"),
        ]
        #expect(events == expected)
    }

    @Test func `a wrapped answer comes whole, and as it is where it was cut`() throws {
        var conversation = Self.asked()
        conversation.output = .schema(OutputSchema(schema: ["type": "array"]))
        let wrapping = Self.put(conversation).tool
        let whole = try events([("json_answer", [#"{"answer":"#, "[1]}"])], by: wrapping)
        #expect(whole == [.text(choice: 0, "[1]"), .stopped(choice: 0, .natural), .ended])
        let cut = try events([("json_answer", [#"{"answer":"#])], stop: "max_tokens", by: wrapping)
        #expect(cut == [.text(choice: 0, #"{"answer":"#), .stopped(choice: 0, .length), .ended])
    }

    @Test func `text before the call is no part of the answer; before another call it is text`() throws {
        let events = try events([(nil, ["Well, ", "so:"]), ("json_answer", ["{}"])])
        let answer: [StreamEvent] = [.text(choice: 0, "{}"), .stopped(choice: 0, .natural), .ended]
        #expect(events == answer + [.text(choice: 9, "answer.text")])
        let between = try self.events([(nil, ["Well."]), ("f", []), ("json_answer", ["{}"])])
        #expect(between.filter { $0 == .text(choice: 0, "Well.") }.isEmpty && between.contains(.text(choice: 0, "{}")))
        let other = try self.events([(nil, ["Well."]), ("f", [])])
        #expect(other.contains(.text(choice: 0, "Well.")) && other.contains(.stopped(choice: 0, .tool)))
    }

    @Test func `what is held or never told is counted`() throws {
        var reader = AnswerToolReader(AnthropicStreamReader(), try tool())
        var events: [StreamEvent] = []
        let feed = { (data: String) in reader.feed(Array("data: \(data)\n\n".utf8)[...], into: &events) }
        feed(#"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"12345"}}"#)
        #expect(reader.unsaidBytes == 5 && events.count == 1)
        var broken = reader
        broken.release(into: &events)
        #expect(events.last == .text(choice: 0, "12345") && broken.unsaidBytes == 0)
        feed(
            #"{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"1","name":"json_answer"}}"#
        )
        feed(#"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}"#)
        #expect(reader.unsaidBytes == 5 && events.last == .text(choice: 0, "{}"))
    }

    @Test func `a wrapped answer that breaks off is given out as far as it came`() throws {
        var conversation = Self.asked()
        conversation.output = .schema(OutputSchema(schema: ["type": "array"]))
        var reader = AnswerToolReader(AnthropicStreamReader(), try #require(Self.put(conversation).tool))
        var events: [StreamEvent] = []
        let feed = { (data: String) in reader.feed(Array("data: \(data)\n\n".utf8)[...], into: &events) }
        feed(
            #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"1","name":"json_answer"}}"#
        )
        feed(
            #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"answer\":[1"}}"#
        )
        #expect(reader.unsaidBytes == 12 && events.count == 1)
        reader.finish(into: &events)
        #expect(events.count == 3 && events[1] == .text(choice: 0, #"{"answer":[1"#) && reader.unsaidBytes == 0)
    }

    @Test func `a stream without the call stays as it is`() throws {
        #expect(
            try events([(nil, ["No."])], stop: "refusal")
                == [.text(choice: 0, "No."), .stopped(choice: 0, .filtered(nil)), .ended]
        )
    }
}

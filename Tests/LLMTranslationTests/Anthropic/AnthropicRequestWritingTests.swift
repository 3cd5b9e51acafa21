import HTTPSemantics
import LLMTranslation
import Testing

struct AnthropicRequestWritingTests {
    @Test(arguments: AnthropicVectors.requests)
    func `a request that is read and written says the same`(json: String) throws {
        let (conversation, losses) = try AnthropicSample.read(json)
        let (body, more) = try AnthropicSample.write(conversation)
        #expect(losses.isEmpty && more.isEmpty)
        let again = try AnthropicSample.read(String(decoding: JSONWriter.bytes(body), as: UTF8.self))
        var expected = conversation
        // Schemas of answers and of strict tools are closed on the way.
        if case .schema = expected.output { expected.output = again.conversation.output }
        for (index, tool) in expected.tools.enumerated() {
            if case .function(let function) = tool, function.isStrict == true {
                expected.tools[index] = again.conversation.tools[index]
            }
        }
        #expect(again.conversation == expected)
    }

    @Test func `a plain question becomes a plain request`() throws {
        let (body, losses) = try AnthropicSample.write(AnthropicSample.hello { $0.streams = true })
        let expected = #"{"model":"m","max_tokens":4096,"messages":[{"role":"user","content":"Hi"}],"stream":true}"#
        #expect(String(decoding: JSONWriter.bytes(body), as: UTF8.self) == expected)
        #expect(losses.isEmpty)
    }

    @Test func `the limit of the answer comes from the request, then the profile`() throws {
        let profile = ProviderProfile(maximumOutput: 8192)
        #expect(try AnthropicSample.write(AnthropicSample.hello(), for: profile).body["max_tokens"] == 8192)
        let asked = AnthropicSample.hello { $0.sampling.maximumOutput = 0 }
        #expect(try AnthropicSample.write(asked, for: profile).body["max_tokens"] == 0)
    }

    @Test func `instructions go to the top wherever they stood`() throws {
        let conversation = Conversation(
            model: "m",
            turns: [
                Turn(.system, text: "A"), Turn(.user, text: "Hi"), Turn(.system, text: "B"),
                Turn(.assistant, text: "x"),
                Turn(.user, text: "y"),
            ]
        )
        let (body, losses) = try AnthropicSample.write(conversation)
        #expect(body["system"] == [["type": "text", "text": "A"], ["type": "text", "text": "B"]])
        #expect(body["messages"]?.array?.count == 3 && losses.isEmpty)
        var single = conversation
        single.turns.removeAll { $0.text == "B" }
        #expect(try AnthropicSample.write(single).body["system"] == "A")
    }

    @Test func `turns of one side become one, results of calls first, and empty texts vanish`() throws {
        let call = ToolCall(id: "call.1", name: "f", arguments: "")
        let conversation = Conversation(
            model: "m",
            turns: [
                Turn(.user, text: "a"), Turn(.user, [.text(TextPart("b")), .text(TextPart(""))]),
                Turn(.assistant, text: ""), Turn(.assistant, [.toolCall(call), .refusal("no")]),
                Turn(.user, text: "c"), Turn(.tool, [.toolResult(ToolResult(callID: "call.1", content: []))]),
            ]
        )
        let (body, _) = try AnthropicSample.write(conversation)
        #expect(
            body["messages"] == [
                ["role": "user", "content": [["type": "text", "text": "a"], ["type": "text", "text": "b"]]],
                [
                    "role": "assistant",
                    "content": [
                        ["type": "tool_use", "id": "call_2e_1", "name": "f", "input": [:]],
                        ["type": "text", "text": "no"],
                    ],
                ],
                [
                    "role": "user",
                    "content": [
                        ["type": "tool_result", "tool_use_id": "call_2e_1", "content": ""],
                        ["type": "text", "text": "c"],
                    ],
                ],
            ]
        )
    }

    @Test func `results hold text, pictures and documents, and say when they are errors`() throws {
        let result = ToolResult(
            callID: "c",
            content: [
                .text(TextPart("a")), .image(MediaPart(.base64(mediaType: "image/jpg", data: "AA=="))),
                .document(MediaPart(.base64(mediaType: "text/plain; charset=utf-8", data: "R3LDvMOfZQ=="), name: "n")),
            ],
            isError: true
        )
        let (body, losses) = try AnthropicSample.write(
            Conversation(model: "m", turns: [Turn(.tool, [.toolResult(result)])])
        )
        #expect(losses.isEmpty)
        let block = body["messages"]?[0]?["content"]?[0]
        #expect(block?["is_error"] == true)
        #expect(block?["content"]?[0] == ["type": "text", "text": "a"])
        #expect(block?["content"]?[1]?["source"] == ["type": "base64", "media_type": "image/jpeg", "data": "AA=="])
        #expect(block?["content"]?[2]?["source"] == ["type": "text", "media_type": "text/plain", "data": "Grüße"])
        #expect(block?["content"]?[2]?["title"] == "n")
    }

    @Test func `only thinking of the vendor's own goes back, and the rest is dropped without a word`() throws {
        let parts: [Part] = [
            .reasoning(Reasoning("mine", signature: OpaqueValue(.anthropic, "S=="))),
            .reasoning(Reasoning("", redacted: OpaqueValue(.anthropic, "R=="))),
            .reasoning(Reasoning("theirs", signature: OpaqueValue(.gemini, "G"))),
            .reasoning(Reasoning("", redacted: OpaqueValue(.openai, "O"))), .reasoning(Reasoning("unsigned")),
            .toolCall(ToolCall(id: "c", name: "f", arguments: "{}", signature: OpaqueValue(.gemini, "G"))),
        ]
        let turns = [Turn(.user, text: "a"), Turn(.assistant, parts), Turn(.user, text: "b")]
        let (body, losses) = try AnthropicSample.write(Conversation(model: "m", turns: turns))
        #expect(losses.isEmpty)
        #expect(
            body["messages"]?[1]?["content"] == [
                ["type": "thinking", "thinking": "mine", "signature": "S=="],
                ["type": "redacted_thinking", "data": "R=="],
                ["type": "tool_use", "id": "c", "name": "f", "input": [:]],
            ]
        )
    }

    @Test func `tools get a schema of type object, and the choice goes with them`() throws {
        let conversation = AnthropicSample.hello {
            $0.tools = [
                .function(FunctionTool(name: "f")),
                .function(FunctionTool(name: "g", parameters: JSONObject([("properties", [:])]), isStrict: true)),
                .function(FunctionTool(name: "h", parameters: JSONObject([("type", "OBJECT")]), isStrict: false)),
            ]
            $0.toolChoice = .function("f")
            $0.allowsParallelCalls = false
        }
        let (body, losses) = try AnthropicSample.write(conversation)
        #expect(losses.isEmpty)
        #expect(
            body["tools"] == [
                ["name": "f", "input_schema": ["type": "object", "properties": [:]]],
                [
                    "name": "g",
                    "input_schema": ["type": "object", "properties": [:], "additionalProperties": false],
                    "strict": true,
                ],
                ["name": "h", "input_schema": ["type": "object"]],
            ]
        )
        #expect(body["tool_choice"] == ["type": "tool", "name": "f", "disable_parallel_tool_use": true])
    }

    private static let choices: [(ToolChoice?, Bool?, JSONValue?)] = [
        (nil, nil, nil), (nil, true, nil), (nil, false, ["type": "auto", "disable_parallel_tool_use": true]),
        (.automatic, nil, ["type": "auto"]), (.any, true, ["type": "any"]), (ToolChoice.none, false, ["type": "none"]),
    ]

    @Test(arguments: choices)
    func `the choice of tools is said as asked`(choice: ToolChoice?, isParallel: Bool?, expected: JSONValue?) throws {
        let conversation = AnthropicSample.hello {
            $0.tools = [.function(FunctionTool(name: "f"))]
            $0.toolChoice = choice
            $0.allowsParallelCalls = isParallel
        }
        #expect(try AnthropicSample.write(conversation).body["tool_choice"] == expected)
    }

    @Test func `the schema of an answer is closed and keeps what it is for`() throws {
        let schema: JSONValue = [
            "type": "object", "properties": ["a": ["type": "object", "properties": [:]], "type": ["type": "string"]],
            "$defs": ["d": ["type": "object", "additionalProperties": true]],
            "anyOf": [["type": "object"], ["type": "array", "items": ["type": "object"]]],
        ]
        let conversation = AnthropicSample.hello {
            $0.output = .schema(OutputSchema(name: "n", description: "why", schema: schema, isStrict: true))
        }
        let (body, losses) = try AnthropicSample.write(conversation)
        #expect(losses.map(\.field) == ["response_format"])
        #expect(body["output_config"]?["format"]?["type"] == "json_schema")
        #expect(
            body["output_config"]?["format"]?["schema"] == [
                "type": "object",
                "properties": [
                    "a": ["type": "object", "properties": [:], "additionalProperties": false],
                    "type": ["type": "string"],
                ],
                "$defs": ["d": ["type": "object", "additionalProperties": false]],
                "anyOf": [
                    ["type": "object", "additionalProperties": false],
                    ["type": "array", "items": ["type": "object", "additionalProperties": false]],
                ],
                "description": "why", "additionalProperties": false,
            ]
        )
    }

    @Test func `of more than four cache marks the last four stay`() throws {
        let marked = { (text: String) in Part.text(TextPart(text, cacheMark: "1h")) }
        let conversation = Conversation(
            model: "m",
            turns: [Turn(.system, [marked("s")]), Turn(.user, ["a", "b", "c", "d"].map(marked))]
        )
        let (body, losses) = try AnthropicSample.write(conversation)
        #expect(losses.map(\.field) == ["cache_control"])
        #expect(body["system"] == "s")
        for index in 0..<4 {
            let mark = body["messages"]?[0]?["content"]?[index]?["cache_control"]
            #expect(mark == ["type": "ephemeral", "ttl": "1h"])
        }
    }

    @Test func `what cannot be answered or written is refused by name`() {
        let silent = Conversation(model: "m", turns: [Turn(.system, text: "A")])
        #expect(throws: MalformedRequest.self) { try AnthropicSample.write(silent) }
        let call = ToolCall(id: "call_9", name: "f", arguments: "{oops")
        let weak = Conversation(model: "m", turns: [Turn(.user, text: "a"), Turn(.assistant, [.toolCall(call)])])
        let fault = #expect(throws: MalformedRequest.self) { try AnthropicSample.write(weak) }
        #expect(fault?.message.contains("call_9") == true)
    }
}

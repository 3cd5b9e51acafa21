import HTTPSemantics
import LLMTranslation
import Testing

struct GeminiRequestWritingTests {
    private func write(_ conversation: Conversation) throws -> (body: JSONValue, losses: [String]) {
        try SpokeTesting.write(GeminiDialect.self, conversation)
    }

    private func conversation(_ turns: [Turn]) -> Conversation { Conversation(model: "gemini-2.5-flash", turns: turns) }

    @Test func `a request that was read is written as it was`() throws {
        var (conversation, _) = try SpokeTesting.read(GeminiDialect.self, GeminiVectors.request, model: "m")
        conversation.metadata = []
        let (body, losses) = try write(conversation)
        #expect(losses.isEmpty)
        let sent = JSONValue.object(try SpokeTesting.object(GeminiVectors.request))
        #expect(body["systemInstruction"] == sent["systemInstruction"])
        #expect(body["contents"]?[0] == sent["contents"]?[0])
        #expect(body["contents"]?[1]?["parts"]?[4]?["functionCall"] == ["id": "x9", "name": "v", "args": [:]])
        for part in 0..<4 { #expect(body["contents"]?[1]?["parts"]?[part] == sent["contents"]?[1]?["parts"]?[part]) }
        // Results stand in the order of the calls.
        for (written, read) in [(0, 1), (1, 2), (2, 0)] {
            #expect(body["contents"]?[2]?["parts"]?[written] == sent["contents"]?[2]?["parts"]?[read])
        }
        #expect(body["contents"]?[3] == ["role": "user", "parts": [["text": "Go on."]]])
        #expect(body["toolConfig"] == sent["toolConfig"])
        #expect(body["generationConfig"] == sent["generationConfig"])
        #expect(body["tools"]?[1] == ["googleSearch": [:]])
    }

    @Test func `instructions are put together, turns of one side merged, other vendors' thinking dropped`() throws {
        let foreign = Reasoning("hm", signature: OpaqueValue(.anthropic, "AbC=="))
        let hidden = Reasoning("", redacted: OpaqueValue(.anthropic, "xyz"))
        let (body, losses) = try write(
            conversation([
                Turn(.system, text: "A"), Turn(.user, text: "1"), Turn(.system, text: "B"), Turn(.user, text: "2"),
                Turn(.assistant, [.reasoning(foreign), .reasoning(hidden)]),
                Turn(.assistant, [.reasoning(foreign), .text(TextPart("3")), .reasoning(Reasoning("own"))]),
                Turn(.assistant, [.refusal("No.")]),
            ])
        )
        #expect(losses.isEmpty)
        #expect(body["systemInstruction"] == ["parts": [["text": "A"], ["text": "B"]]])
        #expect(
            body["contents"] == [
                ["role": "user", "parts": [["text": "1"], ["text": "2"]]],
                ["role": "model", "parts": [["text": "3"], ["text": "own", "thought": true], ["text": "No."]]],
            ]
        )
    }

    @Test func `instructions alone become what is asked`() throws {
        let (body, _) = try write(conversation([Turn(.system, text: "A")]))
        #expect(body["contents"] == [["role": "user", "parts": [["text": "A"]]]] && body["systemInstruction"] == nil)
        #expect(throws: MalformedRequest.self) { try write(conversation([])) }
    }

    @Test func `calls and results of other vendors keep their identifiers`() throws {
        let calls = [
            ToolCall(id: "toolu_1", name: "w", arguments: ""),
            ToolCall(id: "call_0x0123abcd_w", name: "w", arguments: "{}"),
        ]
        let results = [
            ToolResult(callID: "call_0x0123abcd_w", content: [.text(TextPart(#"{"error":"x"}"#))]),
            ToolResult(callID: "toolu_1", content: [.text(TextPart("[1]")), .text(TextPart("x"))], isError: true),
        ]
        let (body, _) = try write(
            conversation([
                Turn(.user, text: "1"), Turn(.assistant, calls.map(Part.toolCall)),
                Turn(.tool, [.toolResult(results[0])]), Turn(.tool, [.toolResult(results[1])]), Turn(.user, text: "2"),
            ])
        )
        #expect(
            body["contents"]?[1]?["parts"] == [
                ["functionCall": ["id": "toolu_1", "name": "w", "args": [:]]],
                ["functionCall": ["name": "w", "args": [:]]],
            ]
        )
        #expect(
            body["contents"]?[2]?["parts"] == [
                ["functionResponse": ["id": "toolu_1", "name": "w", "response": ["error": "[1]\nx"]]],
                ["functionResponse": ["name": "w", "response": ["result": #"{"error":"x"}"#]]],
            ]
        )
        #expect(body["contents"]?[3] == ["role": "user", "parts": [["text": "2"]]])
    }

    @Test func `arguments that are no object name the call, results without call need a name`() {
        let call = ToolCall(id: "call_7", name: "w", arguments: "{\"c\":")
        let fault = #expect(throws: MalformedRequest.self) {
            try write(conversation([Turn(.user, text: "1"), Turn(.assistant, [.toolCall(call)])]))
        }
        #expect(fault?.message.contains("call_7") == true)
        let result = ToolResult(callID: "call_8", content: [])
        let other = #expect(throws: MalformedRequest.self) {
            try write(conversation([Turn(.tool, [.toolResult(result)])]))
        }
        #expect(other?.field == "tool_call_id")
    }

    @Test func `Gemini 3 gets a sign where a call has no signature`() throws {
        var conversation = conversation([
            Turn(.user, text: "1"),
            Turn(.assistant, [.toolCall(ToolCall(id: "a", name: "w", arguments: "{}"))]),
        ])
        #expect(try write(conversation).body["contents"]?[1]?["parts"]?[0]?["thoughtSignature"] == nil)
        conversation.model = "models/gemini-3-pro-preview"
        let part = try write(conversation).body["contents"]?[1]?["parts"]?[0]
        #expect(part?["thoughtSignature"] == "skip_thought_signature_validator")
    }

    @Test(arguments: [
        ("gemini-2.5-flash", ReasoningRequest(effort: .low), #"{"includeThoughts":true,"thinkingBudget":1024}"#, []),
        (
            "gemini-2.5-flash", ReasoningRequest(effort: .max, isShown: true),
            #"{"includeThoughts":true,"thinkingBudget":24576}"#, []
        ),
        (
            "gemini-2.5-flash", ReasoningRequest(effort: ReasoningRequest.Effort.none, isShown: true),
            #"{"thinkingBudget":0}"#, []
        ),
        ("gemini-2.5-pro", ReasoningRequest(budget: 0), #"{"thinkingBudget":128}"#, ["reasoning_effort"]),
        (
            "gemini-2.5-flash", ReasoningRequest(isShown: true, isAdaptive: true),
            #"{"includeThoughts":true,"thinkingBudget":-1}"#, []
        ),
        (
            "gemini-3-flash", ReasoningRequest(effort: .medium), #"{"includeThoughts":true,"thinkingLevel":"MEDIUM"}"#,
            []
        ),
        ("gemini-3-pro", ReasoningRequest(effort: .medium), #"{"includeThoughts":true,"thinkingLevel":"HIGH"}"#, []),
        ("gemini-3-flash", ReasoningRequest(budget: 1500), #"{"includeThoughts":true,"thinkingLevel":"LOW"}"#, []),
        (
            "gemini-3-flash", ReasoningRequest(effort: ReasoningRequest.Effort.none), #"{"thinkingLevel":"MINIMAL"}"#,
            ["reasoning_effort"]
        ),
    ])
    func `thinking is asked for as the model takes it`(
        model: String,
        reasoning: ReasoningRequest,
        expected: String,
        lost: [String]
    ) throws {
        var conversation = Conversation(model: model, turns: [Turn(.user, text: "1")])
        conversation.reasoning = reasoning
        let (body, losses) = try write(conversation)
        #expect(body["generationConfig"]?["thinkingConfig"] == .object(try SpokeTesting.object(expected)))
        #expect(losses == lost)
    }

    @Test func `numbers are kept within what Gemini takes`() throws {
        var conversation = conversation([Turn(.user, text: "1")])
        conversation.sampling.temperature = JSONNumber(3)
        conversation.sampling.stop = ["1", "2", "3", "4", "5", "6"]
        conversation.output = .schema(
            OutputSchema(name: "n", description: "d", schema: ["type": "object"], isStrict: true)
        )
        let (body, losses) = try write(conversation)
        #expect(body["generationConfig"]?["temperature"] == 2)
        #expect(body["generationConfig"]?["stopSequences"]?.array?.count == 5)
        #expect(Set(losses) == ["stop", "temperature"])
        #expect(body["generationConfig"]?["responseJsonSchema"] == ["type": "object", "description": "d"])
    }

    @Test func `all that Gemini cannot be told is named`() throws {
        let media = MediaPart(.file("file-1"), name: "a.pdf", detail: "high")
        var conversation = conversation([
            Turn(.system, [.text(TextPart("s", cacheMark: "5m"))]), Turn(.user, [.document(media)]),
        ])
        conversation.sampling.minP = JSONNumber(0)
        conversation.sampling.logprobs = true
        conversation.sampling.topLogprobs = 2
        conversation.allowsParallelCalls = false
        conversation.endUser = "u"
        conversation.promptCacheKey = "k"
        conversation.metadata = [Conversation.Label(name: "a", value: "b")]
        conversation.tools = [
            .native(.anthropic, JSONObject([("type", "web_search_20250305")])),
            .function(FunctionTool(name: "f", isStrict: true)),
        ]
        let (body, losses) = try write(conversation)
        #expect(
            Set(losses) == [
                "cache_control", "detail", "filename", "file_id", "min_p", "logprobs", "top_logprobs",
                "parallel_tool_calls",
                "user", "prompt_cache_key", "metadata", "tools.web_search_20250305", "strict",
            ]
        )
        #expect(body["contents"] == [["role": "user", "parts": [["text": ""]]]])
        #expect(body["tools"] == [["functionDeclarations": [["name": "f"]]]])
    }

    @Test func `a choice without functions is lost, unless it asks for nothing`() throws {
        var conversation = conversation([Turn(.user, text: "1")])
        conversation.toolChoice = .any
        #expect(try write(conversation).losses == ["tool_choice"])
        conversation.toolChoice = ToolChoice.none
        #expect(try write(conversation).losses.isEmpty)
    }
}

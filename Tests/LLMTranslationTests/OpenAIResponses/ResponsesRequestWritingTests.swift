import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct ResponsesRequestWritingTests {
    private func write(
        _ conversation: Conversation,
        _ profile: ProviderProfile = ProviderProfile()
    ) throws -> (JSONObject, [Loss]) {
        var losses: [Loss] = []
        let body = try OpenAIResponsesDialect.body(of: conversation, for: profile, losses: &losses)
        return (body, losses)
    }

    @Test func `a request comes out as it went in`() throws {
        var losses: [Loss] = []
        let body = try ResponsesVectors.object(ResponsesVectors.request)
        let conversation = try OpenAIResponsesDialect.conversation(of: body, model: nil, streams: nil, losses: &losses)
        let (written, lost) = try write(conversation)
        #expect(lost.isEmpty)
        let again = try OpenAIResponsesDialect.conversation(of: written, model: nil, streams: nil, losses: &losses)
        var expected = conversation
        // A function that takes nothing and does not say whether it is strict comes out with both said.
        expected.tools[1] = .function(
            FunctionTool(name: "v", parameters: JSONObject([("type", "object"), ("properties", [:])]), isStrict: false)
        )
        // OpenAI wants to be told how closely to look.
        #expect(again.turns.map(\.role) == expected.turns.map(\.role))
        #expect(again.turns[3] == expected.turns[3])
        #expect(again.tools == expected.tools && again.toolChoice == expected.toolChoice)
        #expect(again.output == expected.output && again.reasoning == expected.reasoning)
        #expect(again.sampling == expected.sampling && again.metadata == expected.metadata)
        #expect(again.streams && losses.isEmpty)
        #expect(written["input"]?[2]?["encrypted_content"] == "gAAA==")
        #expect(written["input"]?[2]?["id"] == "rs_1")
        #expect(written["input"]?[2]?["summary"] == [["type": "summary_text", "text": "hm"]])
        #expect(written["store"] == false && written["include"] == ["reasoning.encrypted_content"])
    }

    @Test func `the bytes are these`() throws {
        var conversation = Conversation(
            model: "m",
            turns: [
                Turn(.system, text: "A"), Turn(.system, text: "B"), Turn(.user, text: "Hi"),
                Turn(.assistant, [.text(TextPart("x")), .toolCall(ToolCall(id: "c", name: "f", arguments: ""))]),
                Turn(
                    .tool,
                    [.toolResult(ToolResult(callID: "c", content: [.text(TextPart("1")), .text(TextPart("2"))]))]
                ),
                Turn(.system, text: "C"),
                Turn(.user, [.image(MediaPart(.url("https://e/x"))), .text(TextPart(""))]),
            ]
        )
        conversation.tools = [.function(FunctionTool(name: "f"))]
        conversation.toolChoice = .any
        conversation.sampling.maximumOutput = 5
        let (body, losses) = try write(conversation)
        #expect(losses.isEmpty)
        #expect(
            ResponsesVectors.text(body)
                == #"{"model":"m","instructions":"A\n\nB","input":["#
                + #"{"type":"message","role":"user","content":"Hi"},"#
                + #"{"type":"message","role":"assistant","content":"x"},"#
                + #"{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},"#
                + #"{"type":"function_call_output","call_id":"c","output":"12"},"#
                + #"{"type":"message","role":"system","content":"C"},"#
                + #"{"type":"message","role":"user","content":[{"type":"input_image","image_url":"https://e/x","detail":"auto"},"#
                + #"{"type":"input_text","text":""}]}],"#
                + #""tools":[{"type":"function","name":"f","parameters":{"type":"object","properties":{}},"strict":false}],"#
                + #""tool_choice":"required","max_output_tokens":5,"store":false}"#
        )
    }

    @Test func `each loss is named`() throws {
        var conversation = Conversation(
            model: "m",
            turns: [
                Turn(.user, [.text(TextPart("a", cacheMark: "5m")), .text(TextPart("b", cacheMark: "1h"))]),
                Turn(.user, [.audio(MediaPart(.base64(mediaType: "audio/wav", data: "AA")))]),
                Turn(.assistant, [.image(MediaPart(.url("https://e/x")))]),
                Turn(.tool, [.toolResult(ToolResult(callID: "c", content: [], isError: true))]),
            ]
        )
        conversation.choices = 2
        conversation.sampling.topK = JSONNumber(1)
        conversation.sampling.minP = JSONNumber(1)
        conversation.sampling.seed = JSONNumber(1)
        conversation.sampling.presencePenalty = JSONNumber(1)
        conversation.sampling.frequencyPenalty = JSONNumber(1)
        conversation.sampling.stop = ["x"]
        conversation.sampling.logprobs = true
        conversation.sampling.topLogprobs = 2
        conversation.sampling.temperature = JSONNumber(3)
        conversation.tools = [
            .native(.anthropic, JSONObject()), .native(.openai, JSONObject([("type", "web_search")])),
        ]
        let (body, losses) = try write(conversation)
        #expect(
            Set(losses.map(\.field)) == [
                "cache_control", "messages.audio", "messages.image", "is_error", "n",
                "top_k",
                "min_p", "seed", "presence_penalty", "frequency_penalty", "stop", "logprobs", "top_logprobs",
                "temperature", "tools[0]",
            ]
        )
        #expect(losses.count == 15)
        #expect(body["tools"] == [["type": "web_search"]] && body["temperature"] == 2)
    }

    @Test func `a choice without tools is a loss, or nothing`() throws {
        var conversation = Conversation(model: "m", turns: [Turn(.user, text: "x")])
        conversation.toolChoice = .any
        #expect(try write(conversation).1.map(\.field) == ["tool_choice"])
        conversation.toolChoice = ToolChoice.none
        let (body, losses) = try write(conversation)
        #expect(losses.isEmpty && body["tool_choice"] == nil)
    }

    @Test(arguments: [
        (ReasoningRequest(effort: .xhigh), #"{"effort":"xhigh"}"#),
        (ReasoningRequest(budget: 16384), #"{"effort":"high"}"#),
        (ReasoningRequest(budget: -1, isShown: true, isAdaptive: true), #"{"summary":"auto"}"#),
        (ReasoningRequest(effort: ReasoningRequest.Effort.none, isShown: true), #"{"effort":"none"}"#),
    ])
    func `wishes for thinking become efforts`(request: ReasoningRequest, json: String) throws {
        var conversation = Conversation(model: "m", turns: [Turn(.user, text: "x")])
        conversation.reasoning = request
        let body = try write(conversation).0
        #expect(body["reasoning"]?.object.map(ResponsesVectors.text) == json)
        #expect((body["include"] == nil) == (request.effort == ReasoningRequest.Effort.none))
    }

    @Test func `foreign thinking and thinking without a seal are dropped without loss`() throws {
        let said: [Part] = [
            .reasoning(Reasoning("a", signature: OpaqueValue(.anthropic, "S"))),
            .reasoning(Reasoning("", redacted: OpaqueValue(.anthropic, "R"))), .reasoning(Reasoning("b")),
            .toolCall(ToolCall(id: "c", name: "f", arguments: "{}", signature: OpaqueValue(.gemini, "T"))),
        ]
        let conversation = Conversation(model: "m", turns: [Turn(.assistant, said)])
        let (body, losses) = try write(conversation)
        #expect(losses.isEmpty && body["input"]?.array?.count == 1)
        let local = try write(conversation, ProviderProfile(isVendorItself: false)).0
        #expect(local["input"]?[0]?["content"] == [["type": "reasoning_text", "text": "a"]])
        #expect(local["input"]?[1]?["content"] == [["type": "reasoning_text", "text": "b"]])
        #expect(local["input"]?.array?.count == 3 && local["store"] == nil && local["include"] == nil)
    }

    @Test func `thinking that nothing follows is left out`() throws {
        let own = Part.reasoning(Reasoning("a", signature: OpaqueValue(.openai, "rs_1#g")))
        let conversation = Conversation(
            model: "m",
            turns: [Turn(.assistant, [own, .text(TextPart("x")), own]), Turn(.user, text: "y")]
        )
        #expect(try write(conversation).0["input"]?.array?.count == 3)
    }

    @Test(arguments: [(OutputFormat.text, "text"), (.json, "json_object")])
    func `the form of the answer is said`(format: OutputFormat, type: String) throws {
        var conversation = Conversation(model: "m", turns: [Turn(.user, text: "x")])
        conversation.output = format
        #expect(try write(conversation).0["text"]?["format"] == ["type": .string(type)])
        conversation.output = .schema(OutputSchema(schema: ["type": "object"]))
        let schema = try write(conversation).0["text"]?["format"]
        #expect(schema == ["type": "json_schema", "name": "answer", "schema": ["type": "object"]])
    }

    @Test func `files and refusals are said`() throws {
        let conversation = Conversation(
            model: "m",
            turns: [
                Turn(.user, [.document(MediaPart(.base64(mediaType: "application/pdf", data: "AA")))]),
                Turn(.user, [.document(MediaPart(.url("https://e/x.pdf"), name: "x.pdf"))]),
                Turn(.assistant, [.text(TextPart("a")), .refusal("no")]),
            ]
        )
        let input = try write(conversation).0["input"]
        #expect(
            input?[0]?["content"] == [
                ["type": "input_file", "filename": "document.pdf", "file_data": "data:application/pdf;base64,AA"]
            ]
        )
        #expect(input?[1]?["content"] == [["type": "input_file", "file_url": "https://e/x.pdf"]])
        #expect(
            input?[2]?["content"] == [
                ["type": "output_text", "text": "a", "annotations": []], ["type": "refusal", "refusal": "no"],
            ]
        )
    }
}

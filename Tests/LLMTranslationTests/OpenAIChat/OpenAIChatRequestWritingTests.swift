import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct OpenAIChatRequestWritingTests {
    @Test func `what was read is written again`() throws {
        let (conversation, _) = try ChatTesting.read(OpenAIChatDialect.self, ChatSamples.request)
        let (body, losses) = try ChatTesting.write(OpenAIChatDialect.self, conversation)
        #expect(losses == ["cache_control"])
        let expected = try ChatTesting.object(
            #"""
            {"model":"fast","messages":[
            {"role":"system","content":"Be brief."},
            {"role":"user","content":[{"type":"text","text":"See"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0=","detail":"low"}},
              {"type":"image_url","image_url":{"url":"https://x.test/a.png"}},
              {"type":"input_audio","input_audio":{"data":"UklG","format":"wav"}},
              {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"}},
              {"type":"file","file":{"file_id":"file-1"}}]},
            {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},
              {"id":"call_2","type":"function","function":{"name":"g","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"call_1","content":"one"},
            {"role":"tool","tool_call_id":"call_2","content":"two"},
            {"role":"system","content":"Now in French."},
            {"role":"user","content":"And?"}],
            "temperature":0.7,"top_p":0.9,"n":2,"stop":["a","b"],"seed":7,"presence_penalty":0,"frequency_penalty":-1,
            "max_completion_tokens":50,"reasoning_effort":"high",
            "response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object"},"strict":true,"description":"d"}},
            "tools":[{"type":"function","function":{"name":"f","description":"does","parameters":{"type":"object"},"strict":false}},
              {"type":"function","function":{"name":"g"}},{"type":"custom","custom":{"name":"c"}}],
            "tool_choice":{"type":"function","function":{"name":"f"}},"parallel_tool_calls":false,
            "user":"u1","prompt_cache_key":"k","metadata":{"a":"b"},"stream":true,"stream_options":{"include_usage":true}}
            """#
        )
        #expect(body == expected, "\(ChatTesting.text(body))")
    }

    @Test func `other servers get the older fields`() throws {
        var conversation = Conversation(model: "m", turns: [Turn(.user, [.text(TextPart("a")), .text(TextPart("b"))])])
        conversation.sampling.maximumOutput = 9
        conversation.sampling.topK = JSONNumber(40)
        conversation.sampling.minP = JSONNumber(0)
        conversation.tools = [.function(FunctionTool(name: "f"))]
        conversation.metadata = [Conversation.Label(name: "a", value: "b")]
        conversation.promptCacheKey = "k"
        conversation.sampling.stop = ["1", "2", "3", "4", "5"]
        let (body, losses) = try ChatTesting.write(OpenAIChatDialect.self, conversation, for: ChatTesting.compatible)
        #expect(losses == ["prompt_cache_key", "metadata"])
        let expected = try ChatTesting.object(
            #"""
            {"model":"m","messages":[{"role":"user","content":"a\nb"}],"tools":[{"type":"function","function":{"name":"f",
            "parameters":{"type":"object","properties":{}}}}],"max_tokens":9,"top_k":40,"min_p":0,"stop":["1","2","3","4","5"]}
            """#
        )
        #expect(body == expected, "\(ChatTesting.text(body))")
    }

    @Test func `what OpenAI cannot take is named`() throws {
        var conversation = Conversation(model: "m")
        conversation.turns = [
            Turn(.user, [.image(MediaPart(.file("f"))), .document(MediaPart(.url("https://x.test/a.pdf")))]),
            Turn(.user, [.audio(MediaPart(.base64(mediaType: "audio/ogg", data: "T2dn")))]),
            Turn(.assistant, [.reasoning(Reasoning("hm")), .toolCall(ToolCall(id: "c", name: "f", arguments: ""))]),
            Turn(.tool, [.toolResult(ToolResult(callID: "c", content: [.text(TextPart("bad"))], isError: true))]),
            Turn(.assistant, text: "The answer"),
        ]
        conversation.sampling.topK = JSONNumber(1)
        conversation.sampling.minP = JSONNumber(1)
        conversation.sampling.temperature = JSONNumber(3)
        conversation.sampling.stop = ["1", "2", "3", "4", "5"]
        conversation.sampling.logprobs = true
        conversation.sampling.topLogprobs = 2
        conversation.toolChoice = .any
        conversation.tools = [.native(.anthropic, JSONObject())]
        conversation.reasoning = ReasoningRequest(budget: 8000, isShown: true)
        let (body, losses) = try ChatTesting.write(OpenAIChatDialect.self, conversation)
        #expect(
            Set(losses) == [
                "messages.image", "messages.document", "messages.audio",
                "reasoning", "is_error", "prefill", "top_k", "min_p", "temperature", "stop", "logprobs", "top_logprobs",
                "tool_choice", "tools[0]", "reasoning.summary",
            ]
        )
        #expect(losses.count == 15)
        #expect(body["temperature"] == 2 && body["stop"]?.array?.count == 4)
        #expect(body["reasoning_effort"] == "medium" && body["tools"] == nil && body["tool_choice"] == nil)
        #expect(body["messages"]?[2]?["tool_calls"]?[0]?["function"]?["arguments"] == "{}")
    }

    @Test func `thinking signed elsewhere is dropped without a word`() throws {
        let signed = Reasoning("hm", signature: OpaqueValue(.anthropic, "S"))
        let hidden = Reasoning("", redacted: OpaqueValue(.anthropic, "R"))
        let call = ToolCall(id: "c", name: "f", arguments: "{}", signature: OpaqueValue(.gemini, "G"))
        let turns = [
            Turn(.assistant, [.reasoning(signed), .reasoning(hidden), .toolCall(call)]),
            Turn(.tool, [.toolResult(ToolResult(callID: "c", content: []))]),
        ]
        let conversation = Conversation(model: "m", turns: turns)
        for profile in [ChatTesting.itself, ChatTesting.compatible] {
            let (body, losses) = try ChatTesting.write(OpenAIChatDialect.self, conversation, for: profile)
            #expect(losses.isEmpty)
            let message = try ChatTesting.value(
                #"{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}"#
            )
            #expect(body["messages"]?[0] == message)
            #expect(body["messages"]?[1] == ["role": "tool", "tool_call_id": "c", "content": ""])
        }
    }

    @Test func `plain thinking goes back to servers that show theirs`() throws {
        let turns = [Turn(.assistant, [.reasoning(Reasoning("hm")), .text(TextPart("4")), .refusal("No.")])]
        let conversation = Conversation(model: "m", turns: turns)
        let (body, losses) = try ChatTesting.write(OpenAIChatDialect.self, conversation, for: ChatTesting.compatible)
        #expect(losses.isEmpty)
        #expect(body["messages"]?[0] == ["role": "assistant", "content": "4\nNo.", "reasoning_content": "hm"])
    }

    @Test func `pictures of results follow in a turn of the user's`() throws {
        let picture = Part.image(MediaPart(.base64(mediaType: "image/png", data: "AA==")))
        let turns = [
            Turn(
                .tool,
                [
                    .toolResult(ToolResult(callID: "a", content: [.text(TextPart("see")), picture])),
                    .toolResult(ToolResult(callID: "b", content: [.text(TextPart("1")), .text(TextPart("2"))])),
                ]
            )
        ]
        let (body, losses) = try ChatTesting.write(OpenAIChatDialect.self, Conversation(model: "m", turns: turns))
        #expect(losses.isEmpty)
        let expected = try ChatTesting.value(
            #"""
            [{"role":"tool","tool_call_id":"a","content":"see"},
            {"role":"tool","tool_call_id":"b","content":[{"type":"text","text":"1"},{"type":"text","text":"2"}]},
            {"role":"user","content":[{"type":"text","text":"Files of the result of call a:"},
            {"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}]
            """#
        )
        #expect(body["messages"] == expected)
    }

    @Test func `signed thinking comes back from a client of the chat as it was`() throws {
        let parts: [Part] = [
            .reasoning(Reasoning("hm", signature: OpaqueValue(.anthropic, "AbC=="))),
            .reasoning(Reasoning("", redacted: OpaqueValue(.anthropic, "xyz"))), .text(TextPart("4")),
            .toolCall(ToolCall(id: "c", name: "f", arguments: "{}", signature: OpaqueValue(.gemini, "QQ=="))),
        ]
        let completion = Completion(id: "", model: "m", choices: [Completion.Choice(parts: parts, stop: .tool)])
        let answer = OpenAIChatDialect.body(of: completion, as: ChatTesting.face)
        let message = try #require(answer["choices"]?[0]?["message"])
        #expect(message["reasoning_content"] == "hm")
        #expect(
            message["tool_calls"]?[0]?["extra_content"] == ["google": ["thought_signature": "QQ=="]]
        )
        var losses: [Loss] = []
        let request = JSONObject([("model", "m"), ("messages", [message])])
        let read = try OpenAIChatDialect.conversation(of: request, model: nil, streams: nil, losses: &losses)
        #expect(read.turns == [Turn(.assistant, parts)] && losses.isEmpty)
    }

    @Test(arguments: [
        (ToolChoice.automatic, #""auto""#), (.none, #""none""#), (.any, #""required""#),
        (.function("f"), #"{"type":"function","function":{"name":"f"}}"#),
    ])
    func `each choice of tools has its word`(choice: ToolChoice, json: String) throws {
        var conversation = Conversation(model: "m")
        conversation.tools = [.function(FunctionTool(name: "f"))]
        conversation.toolChoice = choice
        #expect(try ChatTesting.write(OpenAIChatDialect.self, conversation).0["tool_choice"] == ChatTesting.value(json))
    }
}

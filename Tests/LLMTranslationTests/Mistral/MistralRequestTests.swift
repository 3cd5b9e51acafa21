import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct MistralRequestTests {
    @Test func `every documented field is read and none is lost`() throws {
        let (conversation, losses) = try ChatTesting.read(MistralDialect.self, MistralSamples.request)
        #expect(losses.isEmpty)
        #expect(conversation.sampling.seed == JSONNumber(7) && conversation.sampling.maximumOutput == 50)
        #expect(conversation.sampling.stop == ["x"] && conversation.output == .json && conversation.streams)
        #expect(conversation.toolChoice == .any && conversation.allowsParallelCalls == true)
        #expect(conversation.reasoning == ReasoningRequest(isAdaptive: true))
        #expect(conversation.metadata.map(\.name) == ["a"] && conversation.promptCacheKey == "k")
        let turns = conversation.turns
        #expect(turns.map(\.role) == [.system, .user, .assistant, .tool, .assistant])
        #expect(
            turns[1].parts == [
                .text(TextPart("See")), .image(MediaPart(.url("https://x.test/a.png"))),
                .image(MediaPart(.base64(mediaType: "image/png", data: "AA=="), detail: "high")),
                .document(MediaPart(.url("https://x.test/a.pdf"), name: "a.pdf")),
                .document(MediaPart(.file("file-1"))),
                .audio(MediaPart(.base64(mediaType: "audio/mpeg", data: "UklG"))),
            ]
        )
        #expect(
            turns[2].parts == [
                .reasoning(Reasoning("hm", signature: OpaqueValue(.mistral, "S=="))), .text(TextPart("ok")),
                .toolCall(ToolCall(id: "D681PevKs", name: "f", arguments: #"{"a":1}"#)),
                .toolCall(ToolCall(id: "AbCdEf123", name: "g", arguments: "{}")),
            ]
        )
        #expect(
            turns[3].parts == [
                .toolResult(ToolResult(callID: "D681PevKs", name: "f", content: [.text(TextPart("one"))])),
                .toolResult(ToolResult(callID: "AbCdEf123", name: "g", content: [.text(TextPart("two"))])),
            ]
        )
    }

    @Test(arguments: [
        (#""safe_prompt":true"#, "safe_prompt"), (#""guardrails":[{}]"#, "guardrails"),
        (#""prediction":{}"#, "prediction"),
        (#""metadata":{"a":{}}"#, "metadata.a"), (#""logit_bias":{}"#, "logit_bias"), (#""user":"x""#, "user"),
    ])
    func `what cannot be carried is named`(member: String, field: String) throws {
        let json = #"{"model":"m","messages":[{"role":"user","content":"x"}],\#(member)}"#
        #expect(try ChatTesting.read(MistralDialect.self, json).1 == [field])
    }

    @Test(arguments: [
        (#"{"messages":[]}"#, "model"),
        (#"{"model":"m","messages":[{"role":"tool","content":"x"}]}"#, "messages[0].tool_call_id"),
        (#"{"model":"m","messages":[{"role":"user","content":"x"}],"prompt_mode":"x"}"#, "prompt_mode"),
        (#"{"model":"m","messages":[{"role":"user","content":"x"}],"random_seed":"x"}"#, "random_seed"),
    ])
    func `a malformed request names the field`(json: String, field: String) {
        let fault = #expect(throws: MalformedRequest.self) { try ChatTesting.read(MistralDialect.self, json) }
        #expect(fault?.field == field)
    }

    @Test func `what was read is written again`() throws {
        let (conversation, _) = try ChatTesting.read(MistralDialect.self, MistralSamples.request)
        let (body, losses) = try ChatTesting.write(MistralDialect.self, conversation)
        #expect(losses.isEmpty)
        let expected = try ChatTesting.object(
            #"""
            {"model":"large","messages":[
            {"role":"system","content":"Be brief."},
            {"role":"user","content":[{"type":"text","text":"See"},{"type":"image_url","image_url":{"url":"https://x.test/a.png"}},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,AA==","detail":"high"}},
              {"type":"document_url","document_url":"https://x.test/a.pdf","document_name":"a.pdf"},
              {"type":"file","file_id":"file-1"},{"type":"input_audio","input_audio":"UklG"}]},
            {"role":"assistant","content":[
              {"type":"thinking","thinking":[{"type":"text","text":"hm"}],"signature":"S==","closed":true},{"type":"text","text":"ok"}],
              "tool_calls":[{"id":"D681PevKs","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},
              {"id":"AbCdEf123","type":"function","function":{"name":"g","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"D681PevKs","name":"f","content":"one"},
            {"role":"tool","tool_call_id":"AbCdEf123","name":"g","content":"two"},
            {"role":"assistant","content":"Because","prefix":true}],
            "temperature":0.7,"top_p":1,"max_tokens":50,"stream":true,"stop":["x"],"random_seed":7,"metadata":{"a":"b"},
            "response_format":{"type":"json_object"},"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],
            "tool_choice":"any","presence_penalty":0,"frequency_penalty":0,"parallel_tool_calls":true,"prompt_cache_key":"k","reasoning_effort":"medium"}
            """#
        )
        #expect(body == expected, "\(ChatTesting.text(body))")
    }

    @Test func `a foreign history is put into the order and identifiers of Mistral`() throws {
        let call = ToolCall(id: "toolu_01", name: "f", arguments: "", signature: OpaqueValue(.gemini, "G"))
        let turns = [
            Turn(.user, text: "a"),
            Turn(.assistant, [.reasoning(Reasoning("hm", signature: OpaqueValue(.anthropic, "S"))), .toolCall(call)]),
            Turn(.tool, [.toolResult(ToolResult(callID: "toolu_01", content: [.text(TextPart("r"))]))]),
            Turn(.system, text: "Now in French."), Turn(.user, text: "b"), Turn(.assistant, []), Turn(.user, text: "c"),
        ]
        let (body, losses) = try ChatTesting.write(MistralDialect.self, Conversation(model: "m", turns: turns))
        #expect(losses.isEmpty)
        let id = MistralCallID.made(from: "toolu_01")
        let expected = try ChatTesting.value(
            #"""
            [{"role":"user","content":"a"},{"role":"system","content":"Now in French."},
            {"role":"assistant","content":"","tool_calls":[{"id":"\#(id)","type":"function","function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"\#(id)","name":"f","content":"r"},{"role":"assistant","content":"OK."},
            {"role":"user","content":"b"},{"role":"user","content":"c"}]
            """#
        )
        #expect(body["messages"] == expected, "\(ChatTesting.text(body))")
    }

    @Test func `what Mistral cannot take is named`() throws {
        var conversation = Conversation(model: "m")
        conversation.turns = [
            Turn(.user, [.image(MediaPart(.file("f"))), .text(TextPart("x", cacheMark: "5m"))]),
            Turn(.tool, [.toolResult(ToolResult(callID: "c", content: [.text(TextPart("bad"))], isError: true))]),
        ]
        conversation.sampling.topK = JSONNumber(1)
        conversation.sampling.minP = JSONNumber(1)
        conversation.sampling.temperature = JSONNumber(2)
        conversation.sampling.logprobs = true
        conversation.tools = [.native(.openai, JSONObject())]
        conversation.toolChoice = .function("f")
        conversation.reasoning = ReasoningRequest(effort: .max)
        conversation.endUser = "u"
        conversation.streams = true
        let (body, losses) = try ChatTesting.write(MistralDialect.self, conversation)
        #expect(
            losses == [
                "messages.image", "cache_control", "is_error", "tools[0]", "tool_choice", "temperature",
                "top_k", "min_p", "logprobs",
            ]
        )
        #expect(body["temperature"]?.number == 1.5 && body["reasoning_effort"] == "xhigh")
        #expect(body["metadata"] == ["user_id": "u"] && body["stream"] == true && body["stream_options"] == nil)
    }

    @Test func `identifiers of calls are nine letters and digits, always the same`() {
        #expect(MistralCallID.made(from: "D681PevKs") == "D681PevKs")
        var seen: Set<String> = []
        for number in 0..<5000 {
            let id = MistralCallID.made(from: "call_\(number)")
            #expect(id == MistralCallID.made(from: "call_\(number)"))
            #expect(id.utf8.count == 9 && id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
            seen.insert(id)
        }
        #expect(seen.count == 5000)
        #expect(MistralCallID.made(from: "").utf8.count == 9 && MistralCallID.made(from: "abc-efghi") != "abc-efghi")
    }
}

extension JSONValue {
    /// The number, if this is one.
    fileprivate var number: Double? {
        guard case .number(let number) = self else { return nil }
        return number.double
    }
}

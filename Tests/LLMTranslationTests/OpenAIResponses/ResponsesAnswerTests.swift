import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct ResponsesAnswerTests {
    @Test func `a whole answer is read`() throws {
        let completion = try OpenAIResponsesDialect.completion(of: ResponsesVectors.object(ResponsesVectors.answer))
        let parts: [Part] = [
            .reasoning(Reasoning("", redacted: OpaqueValue(.openai, "rs_9#gBBB=="), id: "rs_9")),
            .text(TextPart("Hé")), .refusal("no"), .toolCall(ToolCall(id: "call_a", name: "w", arguments: "{}")),
        ]
        let expected = Completion(
            id: "resp_3",
            model: "m-1",
            created: 1_700_000_000,
            choices: [Completion.Choice(parts: parts, stop: .tool)],
            usage: Usage(inputFresh: 10, outputText: 5)
        )
        #expect(completion == expected)
    }

    @Test func `a whole answer is written in these bytes`() {
        let parts: [Part] = [
            .reasoning(Reasoning("hm", signature: OpaqueValue(.anthropic, "S"))), .text(TextPart("Hi")),
            .toolCall(ToolCall(id: "toolu_1", name: "w", arguments: "")),
        ]
        let completion = Completion(
            id: "msg_x",
            model: "claude",
            choices: [Completion.Choice(parts: parts, stop: .tool)],
            usage: Usage(
                inputFresh: 1,
                cacheRead: 2,
                cacheWrite: 3,
                cacheWriteHour: 4,
                outputText: 5,
                outputReasoning: 6
            )
        )
        #expect(
            ResponsesVectors.text(OpenAIResponsesDialect.body(of: completion, as: ResponsesVectors.face))
                == #"{"id":"resp_s","object":"response","created_at":7,"status":"completed","error":null,"#
                + #""incomplete_details":null,"instructions":null,"max_output_tokens":null,"metadata":{},"model":"asked","output":["#
                + #"{"id":"rs_s_0","type":"reasoning","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"anthropic:S"},"#
                + #"{"id":"msg_s_1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Hi","annotations":[],"logprobs":[]}]},"#
                + #"{"id":"fc_s_2","type":"function_call","call_id":"toolu_1","name":"w","arguments":"{}","status":"completed"}],"#
                + #""parallel_tool_calls":true,"previous_response_id":null,"reasoning":{"effort":null,"summary":null},"#
                + #""temperature":null,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_p":null,"#
                + #""truncation":"disabled","usage":{"#
                + #""input_tokens":10,"input_tokens_details":{"cached_tokens":2,"cache_write_tokens":7},"output_tokens":11,"#
                + #""output_tokens_details":{"reasoning_tokens":6},"total_tokens":21},"user":null}"#
        )
    }

    @Test func `an answer repeats what was asked for`() throws {
        var face = ResponsesVectors.face
        face.asked = try ResponsesVectors.object(ResponsesVectors.request)
        let completion = Completion(id: "", model: "", choices: [])
        let body = OpenAIResponsesDialect.body(of: completion, as: face)
        for name in OpenAIResponsesDialect.repeated.map(\.description) where name != "truncation" {
            #expect(body[name] == face.asked[name], "\(name)")
        }
        #expect(body["instructions"] == "Be brief." && body["previous_response_id"] == .null)
        var writer = OpenAIResponsesDialect.makeWriter(as: face)
        var output: [UInt8] = []
        for event in [StreamEvent.text(choice: 0, "x"), .ended] { writer.write(event, into: &output) }
        let events = try ResponsesVectors.data(String(decoding: output, as: UTF8.self))
        for event in [events[0], events[1], try #require(events.last)] {
            #expect(event.data["response"]?["tools"] == face.asked["tools"], "\(event.name)")
        }
    }

    @Test func `what is written reads the same`() throws {
        let completion = try OpenAIResponsesDialect.completion(of: ResponsesVectors.object(ResponsesVectors.answer))
        let body = OpenAIResponsesDialect.body(of: completion, as: ResponsesVectors.face)
        #expect(body["id"] == "resp_3" && body["created_at"] == 1_700_000_000)
        let again = try OpenAIResponsesDialect.completion(of: body)
        #expect(again.choices == completion.choices)
    }

    @Test(
        arguments: [
            (StopReason.natural, "completed", nil), (.stopText("x"), "completed", nil), (.tool, "completed", nil),
            (.paused, "completed", nil), (.length, "incomplete", "max_output_tokens"),
            (.contextFull, "incomplete", "max_output_tokens"), (.filtered("x"), "incomplete", "content_filter"),
            (.modelError("x"), "failed", nil),
        ] as [(StopReason, String, String?)]
    )
    func `stop reasons are said in these words only`(stop: StopReason, status: String, reason: String?) throws {
        let choice = Completion.Choice(parts: [.text(TextPart("x"))], stop: stop)
        let body = OpenAIResponsesDialect.body(
            of: Completion(id: "", model: "", choices: [choice]),
            as: ResponsesVectors.face
        )
        #expect(body["status"]?.string == status)
        #expect(body["incomplete_details"]?["reason"]?.string == reason)
        #expect((body["error"] == .null) == (status != "failed"))
        #expect(body["output"]?[0]?["status"]?.string == (status == "incomplete" ? "incomplete" : "completed"))
        let events: [StreamEvent] = [.text(choice: 0, "x"), .stopped(choice: 0, stop), .ended]
        let last = try #require(ResponsesVectors.data(ResponsesVectors.write(events)).last)
        #expect(last.name == "response.\(status)")
        #expect(last.data["response"]?["incomplete_details"]?["reason"]?.string == reason)
    }

    @Test(arguments: [
        (
            #"{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[]}"#,
            StopReason.length
        ),
        (#"{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}"#, .filtered(nil)),
        (#"{"status":"incomplete","output":[]}"#, .length), (#"{"output":[]}"#, .natural),
        (#"{"status":"completed","output":[{"type":"function_call","name":"f"}]}"#, .tool),
    ])
    func `stop reasons are read`(json: String, stop: StopReason) throws {
        let completion = try OpenAIResponsesDialect.completion(of: ResponsesVectors.object(json))
        #expect(completion.choices.map(\.stop) == [stop] && completion.usage == nil)
    }

    @Test(arguments: [
        "{}", #"{"output":1}"#, #"{"status":"failed","error":{"code":"server_error","message":"boo"},"output":[]}"#,
        #"{"status":"queued","output":[]}"#,
    ])
    func `what is no answer is refused`(json: String) throws {
        let body = try ResponsesVectors.object(json)
        #expect(throws: MalformedAnswer.self) { try OpenAIResponsesDialect.completion(of: body) }
    }

    @Test func `an empty answer is an answer`() {
        let body = OpenAIResponsesDialect.body(
            of: Completion(id: "", model: "", choices: []),
            as: ResponsesVectors.face
        )
        #expect(body["output"] == [] && body["status"] == "completed" && body["usage"] == .null)
    }

    @Test(
        arguments: [
            (#"{"input_tokens":5}"#, Usage(inputFresh: 5)), (#"{"output_tokens":0}"#, Usage(outputText: 0)),
            (
                #"{"input_tokens":5,"input_tokens_details":{"cached_tokens":9},"output_tokens":1,"output_tokens_details":{"reasoning_tokens":4}}"#,
                Usage(inputFresh: 0, cacheRead: 9, outputText: 0, outputReasoning: 4)
            ),
            (#"{"input_tokens":-1,"output_tokens":99999999999999999}"#, Usage(inputFresh: 0, outputText: 1 << 50)),
            ("{}", nil), ("[]", nil), (#"{"input_tokens":"x"}"#, nil),
        ] as [(String, Usage?)]
    )
    func `counts are read, and none is made up`(json: String, usage: Usage?) throws {
        #expect(OpenAIResponsesDialect.usage(of: try JSONParser.parse(Array(json.utf8))) == usage)
    }
}

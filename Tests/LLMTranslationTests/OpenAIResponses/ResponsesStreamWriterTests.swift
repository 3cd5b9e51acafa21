import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct ResponsesStreamWriterTests {
    @Test func `text is written in these bytes`() {
        let events: [StreamEvent] = [
            .started(AnswerStart(id: "chatcmpl-1", model: "m", created: 1)), .text(choice: 0, "Hi"),
            .text(choice: 0, ""),
            .text(choice: 0, "\"\n"), .stopped(choice: 0, .natural), .usage(Usage(inputFresh: 3, outputText: 1)),
            .ended,
        ]
        let frame = { (status: String, output: String, usage: String) in
            #"{"id":"resp_s","object":"response","created_at":1,"status":"\#(status)","error":null,"incomplete_details":null,"#
                + #""instructions":null,"max_output_tokens":null,"metadata":{},"model":"asked","output":[\#(output)],"#
                + #""parallel_tool_calls":true,"previous_response_id":null,"reasoning":{"effort":null,"summary":null},"#
                + #""temperature":null,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_p":null,"#
                + #""truncation":"disabled","usage":\#(usage),"user":null}"#
        }
        let part = #"{"type":"output_text","text":"Hi\"\n","annotations":[],"logprobs":[]}"#
        let item = #"{"id":"msg_s_0","type":"message","role":"assistant","status":"completed","content":[\#(part)]}"#
        let usage =
            #"{"input_tokens":3,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":0},"output_tokens":1,"#
            + #""output_tokens_details":{"reasoning_tokens":0},"total_tokens":4}"#
        let place = #""item_id":"msg_s_0","output_index":0,"content_index":0"#
        let expected = [
            ("response.created", #""response":\#(frame("in_progress", "", "null"))"#),
            ("response.in_progress", #""response":\#(frame("in_progress", "", "null"))"#),
            (
                "response.output_item.added",
                #""output_index":0,"item":{"id":"msg_s_0","type":"message","role":"assistant","status":"in_progress","content":[]}"#
            ),
            (
                "response.content_part.added",
                #"\#(place),"part":{"type":"output_text","text":"","annotations":[],"logprobs":[]}"#
            ),
            ("response.output_text.delta", #"\#(place),"delta":"Hi","logprobs":[]"#),
            ("response.output_text.delta", #"\#(place),"delta":"\"\n","logprobs":[]"#),
            ("response.output_text.done", #"\#(place),"text":"Hi\"\n","logprobs":[]"#),
            ("response.content_part.done", #"\#(place),"part":\#(part)"#),
            ("response.output_item.done", #""output_index":0,"item":\#(item)"#),
            ("response.completed", #""response":\#(frame("completed", item, usage))"#),
        ].enumerated().map { number, event in
            "event: \(event.0)\ndata: {\"type\":\"\(event.0)\",\"sequence_number\":\(number),\(event.1)}\n\n"
        }.joined()
        #expect(ResponsesVectors.write(events) == expected)
    }

    /// Answers in pieces as readers of all dialects give them.
    static let answers: [[StreamEvent]] = [
        ResponsesVectors.textEvents, ResponsesVectors.callEvents,
        // Calls whose arguments come in turns, without identifiers, usage first.
        [
            .usage(Usage(inputFresh: 1)), .callStarted(choice: 0, call: 0, ToolCall(id: "", name: "a", arguments: "{")),
            .callStarted(choice: 0, call: 1, ToolCall(id: "", name: "b", arguments: "")),
            .callArguments(choice: 0, call: 0, "}"), .text(choice: 0, "and"),
            .callArguments(choice: 0, call: 1, "[]"), .usage(Usage(outputText: 2)), .stopped(choice: 0, .tool), .ended,
        ],
        // Text, refusal, thinking of all sorts, text again; other choices; what comes too late.
        [
            .started(AnswerStart()), .text(choice: 0, "a"), .refusal(choice: 0, "no"), .text(choice: 1, "other"),
            .reasoning(choice: 0, "hm"), .reasoningSigned(choice: 0, OpaqueValue(.anthropic, "S")),
            .reasoning(choice: 0, "open"), .reasoningRedacted(choice: 0, OpaqueValue(.anthropic, "R")),
            .reasoning(choice: 0, "un"), .reasoning(choice: 0, "signed"), .text(choice: 0, "b"),
            .callStarted(
                choice: 0,
                call: 0,
                ToolCall(id: "c", name: "f", arguments: "", signature: OpaqueValue(.gemini, "Q"))
            ),
            .stopped(choice: 1, .length), .stopped(choice: 0, .length), .text(choice: 0, "late"), .ended,
            .text(choice: 0, "x"),
        ],
        [.started(AnswerStart()), .ended], [.ended],
        [.text(choice: 0, "a"), .failed(ModelFailure(.rateLimited, "slow")), .text(choice: 0, "b"), .ended],
        [.failed(ModelFailure(.server, "boo"))],
        [.text(choice: 0, "a"), .stopped(choice: 0, .natural), .failed(ModelFailure(.server, "late"))],
    ]

    @Test(arguments: answers.indices)
    func `every event follows from the ones before it`(answer: Int) throws {
        let events = try ResponsesVectors.data(ResponsesVectors.write(Self.answers[answer]))
        var client = ResponsesClient()
        for (number, event) in events.enumerated() {
            #expect(event.data["type"]?.string == event.name)
            #expect(event.data["sequence_number"]?.integer == number)
            try client.take(event.name, event.data)
        }
        #expect(client.isOver)
    }

    @Test(arguments: [0, 1, 2, 3])
    func `what is written reads the same`(answer: Int) {
        let events = Self.answers[answer]
        let read = ResponsesVectors.read(ResponsesVectors.write(events))
        let (before, after) = (ResponsesSum(events), ResponsesSum(read))
        #expect(before == after)
        #expect(read.last == .ended)
    }

    @Test(arguments: [6, 7, 8])
    func `a failure is told, and nothing after it`(answer: Int) throws {
        let events = try ResponsesVectors.data(ResponsesVectors.write(Self.answers[answer]))
        let last = try #require(events.last)
        #expect(events.first?.name == "response.created" && last.name == "response.failed")
        #expect(!events.contains { $0.name == "response.completed" })
        #expect(last.data["response"]?["status"] == "failed")
        let code = answer == 6 ? "rate_limit_exceeded" : "server_error"
        #expect(last.data["response"]?["error"]?["code"]?.string == code)
        guard case .failed(let failure)? = ResponsesVectors.read(ResponsesVectors.write(Self.answers[answer])).last
        else {
            throw MalformedAnswer("no failure")
        }
        #expect(failure.kind == (answer == 6 ? .rateLimited : .server))
    }

    @Test func `a call that is begun twice is one call`() throws {
        let call = ToolCall(id: "c", name: "f", arguments: "")
        let again = ToolCall(id: "c", name: "f", arguments: "{}")
        let events: [StreamEvent] = [
            .callStarted(choice: 0, call: 0, call), .callStarted(choice: 0, call: 0, again), .ended,
        ]
        let output = try ResponsesVectors.data(ResponsesVectors.write(events)).last?.data["response"]?["output"]
        #expect(output?.array?.count == 1 && output?[0]?["arguments"] == "{}")
    }

    @Test func `a long answer takes time in proportion`() {
        var writer = OpenAIResponsesDialect.makeWriter(as: ResponsesVectors.face)
        var reader = OpenAIResponsesDialect.makeReader()
        var count = 0
        for _ in 0..<20_000 {
            var output: [UInt8] = []
            var events: [StreamEvent] = []
            writer.write(.text(choice: 0, "wörd "), into: &output)
            reader.feed(output[...], into: &events)
            count += events.count
        }
        #expect(count == 20_001)
    }
}

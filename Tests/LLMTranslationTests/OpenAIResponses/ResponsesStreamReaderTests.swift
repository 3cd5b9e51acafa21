import LLMTranslation
import Testing

@Suite struct ResponsesStreamReaderTests {
    private static let cut = StreamEvent.failed(
        ModelFailure(.server, "The provider ended its answer before it was complete.")
    )
    private static let vectors = [
        (ResponsesVectors.text, ResponsesVectors.textEvents), (ResponsesVectors.calls, ResponsesVectors.callEvents),
    ]

    @Test(arguments: [0, 1])
    func `a stream says the same however it is cut`(vector: Int) {
        let (stream, events) = Self.vectors[vector]
        #expect(ResponsesVectors.read(stream) == events)
        let bytes = Array(stream.utf8)
        for place in 0...bytes.count {
            let read = ResponsesVectors.read([bytes[..<place], bytes[place...]])
            if read != events { Issue.record("cut at \(place)") }
        }
        #expect(ResponsesVectors.read(bytes.indices.map { bytes[$0...$0] }) == events)
        let seed: UInt64 = 1
        var chance = ResponsesChance(seed: seed)
        for turn in 0..<200 where ResponsesVectors.read(chance.cut(bytes)) != events {
            Issue.record("seed \(seed), turn \(turn)")
        }
    }

    @Test(arguments: [0, 1])
    func `a stream that is cut short never looks complete`(vector: Int) {
        let (stream, events) = Self.vectors[vector]
        let bytes = Array(stream.utf8)
        for length in 0..<bytes.count {
            let read = ResponsesVectors.read([bytes[..<length]])
            guard !read.contains(.ended) else {
                // All that may be missing is what follows the blank line that ends the last event.
                #expect(read == events)
                continue
            }
            #expect(read.last == Self.cut)
            #expect(events.starts(with: read.dropLast()))
        }
    }

    private func read(_ data: [String]) -> [StreamEvent] {
        ResponsesVectors.read(data.map { "data: \($0)\n\n" }.joined())
    }

    @Test func `nothing but the last event still tells everything`() {
        let output = #"""
            [{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"a"},{"type":"summary_text","text":"b"}],"encrypted_content":"g"},
            {"type":"message","content":[{"type":"output_text","text":"Hi"},{"type":"refusal","refusal":"no"}]},
            {"type":"function_call","call_id":"c","name":"f","arguments":"{}"}]
            """#.split(separator: "\n").joined()
        let events = read([#"{"type":"response.completed","response":{"id":"r","output":\#(output)}}"#])
        #expect(
            events == [
                .started(AnswerStart(id: "r")), .reasoning(choice: 0, "a\n\nb"),
                .reasoningSigned(choice: 0, OpaqueValue(.openai, "rs_1;1,1#g")), .text(choice: 0, "Hi"),
                .refusal(choice: 0, "no"),
                .callStarted(choice: 0, call: 0, ToolCall(id: "c", name: "f", arguments: "")),
                .callArguments(choice: 0, call: 0, "{}"), .stopped(choice: 0, .tool), .ended,
            ]
        )
    }

    @Test func `items that only end, and lack numbers and identifiers, are told once`() {
        let events = read([
            #"{"type":"response.output_item.added","item":{"type":"message","content":[]}}"#,
            #"{"type":"response.output_text.delta","delta":"a"}"#, #"{"type":"response.output_text.done","text":"a"}"#,
            #"{"type":"response.output_item.added","item":{"type":"function_call","id":"x","name":"f"}}"#,
            #"{"type":"response.function_call_arguments.delta","item_id":"x","delta":"{}"}"#,
            #"{"type":"response.output_item.done","item":{"type":"function_call","id":"y","call_id":"c","name":"g","arguments":"[]"}}"#,
            #"{"type":"response.output_item.done","item":{"type":"function_call","id":"x","name":"f","arguments":"{}"}}"#,
            #"{"type":"response.completed","response":{"output":[{"type":"message","content":[{"text":"a"}]}]}}"#,
        ])
        #expect(
            events == [
                .started(AnswerStart()), .text(choice: 0, "a"),
                .callStarted(choice: 0, call: 0, ToolCall(id: "x", name: "f", arguments: "")),
                .callArguments(choice: 0, call: 0, "{}"),
                .callStarted(choice: 0, call: 1, ToolCall(id: "c", name: "g", arguments: "")),
                .callArguments(choice: 0, call: 1, "[]"), .stopped(choice: 0, .tool), .ended,
            ]
        )
    }

    @Test func `thinking without text is sealed as a whole, raw thinking is thinking`() {
        let events = read([
            #"{"type":"response.reasoning_text.delta","output_index":0,"content_index":0,"delta":"raw"}"#,
            #"{"type":"response.output_item.done","output_index":1,"item":{"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":"g"}}"#,
        ])
        #expect(
            events.dropLast() == [
                .started(AnswerStart()), .reasoning(choice: 0, "raw"),
                .reasoningRedacted(choice: 0, OpaqueValue(.openai, "rs_1#g")),
            ]
        )
    }

    @Test(arguments: [
        (
            #"{"type":"response.failed","response":{"error":{"code":"rate_limit_exceeded","message":"m"}}}"#,
            ModelFailure(.rateLimited, "m", code: "rate_limit_exceeded")
        ),
        (
            #"{"type":"response.failed","response":{"error":null}}"#,
            ModelFailure(.server, "The provider reported an error without saying which.")
        ),
        (
            #"{"type":"error","code":"server_error","message":"m","param":"p","sequence_number":1}"#,
            ModelFailure(.server, "m", field: "p", code: "server_error")
        ),
        (
            #"{"type":"error","error":{"type":"invalid_request_error","message":"m"}}"#,
            ModelFailure(.invalidRequest, "m", code: "invalid_request_error")
        ),
        (
            #"{"error":{"code":503,"message":"m","type":"unavailable_error"}}"#,
            ModelFailure(.overloaded, "m", code: "unavailable_error", status: 503)
        ),
        (
            #"{"type":"error","error":{"code":"invalid_prompt","message":"The key sk-abc12345 is in it."}}"#,
            ModelFailure(.invalidRequest, "The key sk-… is in it.", code: "invalid_prompt")
        ),
        ("{nonsense", ModelFailure(.server, "The provider sent an event that is not JSON.")),
    ])
    func `a failure within the stream is told, and nothing after it`(data: String, failure: ModelFailure) {
        let events = read([
            #"{"type":"response.output_text.delta","output_index":0,"delta":"x"}"#, data,
            #"{"type":"response.output_text.delta","output_index":0,"delta":"y"}"#,
            #"{"type":"response.completed","response":{}}"#,
        ])
        #expect(events == [.started(AnswerStart()), .text(choice: 0, "x"), .failed(failure)])
    }

    @Test func `the name of an event stands in for a type that is missing, and the end of chat is passed over`() {
        let events = ResponsesVectors.read(
            "event: response.output_text.delta\ndata: {\"delta\":\"x\"}\n\ndata: [DONE]\n\n"
                + "event: response.incomplete\ndata: {\"response\":{\"usage\":{\"input_tokens\":0}}}\n\ndata: [DONE]\n\n"
        )
        #expect(
            events == [
                .started(AnswerStart()), .text(choice: 0, "x"), .usage(Usage(inputFresh: 0)),
                .stopped(choice: 0, .length), .ended,
            ]
        )
    }

    @Test func `an event that is too long ends the answer`() {
        var reader = OpenAIResponsesDialect.makeReader()
        var events: [StreamEvent] = []
        let piece = [UInt8](repeating: 0x61, count: 8 << 20)
        for _ in 0..<5 { reader.feed(piece[...], into: &events) }
        reader.finish(into: &events)
        #expect(events == [.failed(ModelFailure(.server, "The provider sent an event that is too long."))])
    }
}

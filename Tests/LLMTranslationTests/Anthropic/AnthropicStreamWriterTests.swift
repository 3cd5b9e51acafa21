import HTTPSemantics
import LLMTranslation
import Testing

struct AnthropicStreamWriterTests {
    private static let begin: StreamEvent = .started(AnswerStart(id: "x", model: "theirs"))
    private static let startData = #"""
        {"type":"message_start","message":{"id":"x","type":"message","role":"assistant","model":"asked","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"output_tokens":0}}}
        """#
    private static let stop = #"{"type":"message_stop"}"#

    /// The stream made of `data`, between the usual start and end.
    private static func stream(_ data: [String], end: String) throws -> String {
        try ([startData] + data + [end, stop]).map(AnthropicSample.event).joined()
    }

    @Test(arguments: AnthropicVectors.streams.indices)
    func `what is read and written says the same when read again`(index: Int) {
        let events = AnthropicSample.events(AnthropicVectors.streams[index].text)
        let again = AnthropicSample.events(AnthropicSample.stream(events))
        var expected = AnthropicSample.meaning(events)
        expected = expected.map { event in
            guard case .started(let start) = event else { return event }
            return .started(AnswerStart(id: start.id, model: "asked"))
        }
        #expect(AnthropicSample.meaning(again) == expected)
    }

    @Test func `thinking and a call come out as the vendor writes them`() {
        let written = AnthropicSample.stream(AnthropicSample.events(AnthropicVectors.thinkingAndTool))
        let expected = AnthropicVectors.thinkingAndTool
            .replacing(#""model":"m""#, with: #""model":"asked""#)
            .replacing(
                #""usage":{"output_tokens":20}"#,
                with:
                    #""usage":{"input_tokens":12,"cache_creation_input_tokens":0,"cache_read_input_tokens":100,"output_tokens":20}"#
            )
        #expect(written == expected)
    }

    @Test func `text is escaped and opens one block only`() throws {
        let events: [StreamEvent] = [
            Self.begin, .text(choice: 0, ""), .text(choice: 0, "a\"\n"), .text(choice: 1, "other"),
            .text(choice: 0, "é😀"),
            .stopped(choice: 0, .length), .usage(Usage(inputFresh: 2, outputText: 3)), .ended,
        ]
        let expected = try Self.stream(
            [
                #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a\"\n"}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"é😀"}}"#,
                #"{"type":"content_block_stop","index":0}"#,
            ],
            end:
                #"{"type":"message_delta","delta":{"stop_reason":"max_tokens","stop_sequence":null},"usage":{"input_tokens":2,"output_tokens":3}}"#
        )
        #expect(AnthropicSample.stream(events) == expected)
    }

    @Test func `calls without identifiers get one, and a natural end with calls asks for them`() throws {
        let events: [StreamEvent] = [
            Self.begin, .callStarted(choice: 0, call: 0, ToolCall(id: "", name: "f", arguments: "")),
            .callStarted(
                choice: 0,
                call: 1,
                ToolCall(id: "b", name: "g", arguments: #"{"x":"#, signature: OpaqueValue(.gemini, "S"))
            ),
            .callArguments(choice: 0, call: 1, "1}"), .ended,
        ]
        let expected = try Self.stream(
            [
                #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_s1_0","name":"f","input":{}}}"#,
                #"{"type":"content_block_stop","index":0}"#,
                #"{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"b","name":"g","input":{},"extra_content":{"google":{"thought_signature":"S"}}}}"#,
                #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"x\":1}"}}"#,
                #"{"type":"content_block_stop","index":1}"#,
            ],
            end:
                #"{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":0,"output_tokens":0}}"#
        )
        #expect(AnthropicSample.stream(events) == expected)
    }

    @Test func `pieces of several calls by turns still fill one block after the other`() {
        let events: [StreamEvent] = [
            Self.begin, .callStarted(choice: 0, call: 0, ToolCall(id: "a", name: "f", arguments: "")),
            .callArguments(choice: 0, call: 0, #"{"s":"}"#),
            .callStarted(choice: 0, call: 1, ToolCall(id: "b", name: "g", arguments: #"{"#)),
            .text(choice: 0, "and"), .callArguments(choice: 0, call: 1, #""y":2}"#), .text(choice: 0, " so"),
            .callArguments(choice: 0, call: 0, #"\"x","t":[{}]}"#), .callArguments(choice: 0, call: 0, " "),
            .stopped(choice: 0, .tool), .ended,
        ]
        let read = AnthropicSample.meaning(AnthropicSample.events(AnthropicSample.stream(events)))
        #expect(
            read.map(\.anthropicText).dropFirst().dropLast() == [
                "call 0 a f", #"arguments 0 {"s":"}\"x","t":[{}]}"#, "call 1 b g", #"arguments 1 {"y":2}"#,
                "text and so",
                "stopped tool", "ended",
            ]
        )
    }

    @Test func `a call goes out as it comes`() {
        var writer = AnthropicDialect.makeWriter(as: AnthropicSample.face)
        var output: [UInt8] = []
        writer.write(.callStarted(choice: 0, call: 0, ToolCall(id: "a", name: "f", arguments: "{")), into: &output)
        let before = output.count
        writer.write(.callArguments(choice: 0, call: 0, "\"a\":1"), into: &output)
        #expect(String(decoding: output[before...], as: UTF8.self).contains(#""partial_json":"\"a\":1""#))
    }

    @Test func `thinking is signed before its block ends, and a signature alone has a block of its own`() throws {
        let events: [StreamEvent] = [
            Self.begin, .reasoning(choice: 0, "a"), .reasoning(choice: 0, "b"),
            .reasoningSigned(choice: 0, OpaqueValue(.anthropic, "S=")), .reasoning(choice: 0, "c"),
            .text(choice: 0, "t"),
            .reasoningSigned(choice: 0, OpaqueValue(.gemini, "G=")),
            .reasoningRedacted(choice: 0, OpaqueValue(.openai, "E")),
            .stopped(choice: 0, .natural), .ended,
        ]
        let read = AnthropicSample.events(AnthropicSample.stream(events))
        #expect(
            read.map(\.anthropicText) == [
                "usage 0 - - 0", "started x asked", "reasoning a", "reasoning b", "signed anthropic S=", "reasoning c",
                "text t", "signed gemini G=", "redacted openai E", "usage 0 - - 0", "stopped natural", "ended",
            ]
        )
    }

    @Test func `a failure is told in band and nothing after it`() {
        let failure = ModelFailure(.rateLimited, "Slow \"down\"")
        let error = #"{"type":"error","error":{"type":"rate_limit_error","message":"Slow \"down\""}}"#
        let written = AnthropicSample.stream([
            Self.begin, .text(choice: 0, "a"), .failed(failure), .text(choice: 0, "b"), .stopped(choice: 0, .natural),
            .ended,
        ])
        #expect(written.hasSuffix("event: error\ndata: \(error)\n\n") && !written.contains("message_stop"))
        #expect(AnthropicSample.stream([.failed(failure), .ended]) == "event: error\ndata: \(error)\n\n")
        #expect(AnthropicSample.events(written).last?.anthropicText == "failed rate-limited Slow \"down\"")
    }

    @Test func `the end is written once, whatever was told before`() throws {
        let empty = AnthropicSample.stream([.ended, .ended, .text(choice: 0, "late")])
        let end =
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":0,"output_tokens":0}}"#
        #expect(try empty == Self.stream([], end: end).replacing(#""id":"x""#, with: #""id":"msg_s1""#))
    }

    @Test func `counts told before the start stand in it`() {
        let counts = Usage(
            inputFresh: 4,
            cacheRead: 1,
            cacheWrite: 2,
            cacheWriteHour: 3,
            outputText: 5,
            outputReasoning: 6
        )
        let written = AnthropicSample.stream([.usage(counts), Self.begin, .ended])
        let lifetimes = #""cache_creation":{"ephemeral_5m_input_tokens":2,"ephemeral_1h_input_tokens":3},"#
        let usage = #"{"input_tokens":4,"cache_creation_input_tokens":5,"cache_read_input_tokens":1,"#
        let output = #""output_tokens":11,"output_tokens_details":{"thinking_tokens":6}}"#
        #expect(written.contains(usage + lifetimes + output) && written.contains(usage + output))
    }

    @Test func `words of a refusal explain a withheld answer and are the answer otherwise`() {
        let words: [StreamEvent] = [Self.begin, .refusal(choice: 0, "I "), .refusal(choice: 0, "won't.")]
        let withheld = AnthropicSample.stream(words + [.stopped(choice: 0, .filtered("cyber")), .ended])
        #expect(
            withheld.contains(
                #""stop_reason":"refusal","stop_sequence":null,"stop_details":{"type":"refusal","category":"cyber","explanation":"I won't."}"#
            )
        )
        #expect(!withheld.contains("text_delta"))
        let said = AnthropicSample.stream(words + [.stopped(choice: 0, .natural), .ended])
        #expect(said.contains(#"{"type":"text_delta","text":"I won't."}"#) && said.contains("end_turn"))
    }
}

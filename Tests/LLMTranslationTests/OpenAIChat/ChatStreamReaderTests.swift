import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct ChatStreamReaderTests {
    private static let cut = StreamEvent.failed(
        ModelFailure(.server, "The provider ended its answer before it was complete.")
    )

    @Test func `the reference's call is read`() {
        let usage = Usage(inputFresh: 9, cacheRead: 0, outputText: 5, outputReasoning: 0)
        #expect(
            ChatTesting.events(OpenAIChatDialect.self, ChatSamples.openAICall) == [
                .started(AnswerStart(id: "chatcmpl-1", model: "m", created: 1)),
                .callStarted(choice: 0, call: 0, ToolCall(id: "call_a", name: "w", arguments: "")),
                .callArguments(choice: 0, call: 0, #"{"c":1}"#), .stopped(choice: 0, .tool), .usage(usage), .ended,
            ]
        )
    }

    @Test func `Mistral's whole call is read`() {
        let call = ToolCall(id: "D681PevKs", name: "w", arguments: #"{"c": 1}"#)
        #expect(
            ChatTesting.events(MistralDialect.self, ChatSamples.mistralCall) == [
                .started(AnswerStart(id: "x", model: "m", created: 1)), .callStarted(choice: 0, call: 0, call),
                .stopped(choice: 0, .tool), .usage(Usage(inputFresh: 9, outputText: 20)), .ended,
            ]
        )
    }

    @Test func `Mistral's thinking is read from chunks`() {
        let meaning = ChatMeaning(ChatTesting.events(MistralDialect.self, ChatSamples.mistralThinking))
        #expect(meaning.choices[0]?.thinking == [Reasoning("hm so", signature: OpaqueValue(.mistral, "S=="))])
        #expect(meaning.choices[0]?.text == "42" && meaning.choices[0]?.stop == .natural && meaning.hasEnded)
    }

    @Test func `parallel calls are told apart`() {
        let meaning = ChatMeaning(ChatTesting.events(OpenAIChatDialect.self, ChatSamples.parallel))
        #expect(
            meaning.choices[0]?.calls == [
                0: ToolCall(id: "a", name: "f", arguments: #"{"x":1}"#),
                1: ToolCall(id: "b", name: "g", arguments: #"{"y":2}"#),
            ]
        )
        #expect(meaning.usage == nil)
    }

    @Test func `several choices, refusals and lengths are read`() {
        let two = ChatMeaning(ChatTesting.events(OpenAIChatDialect.self, ChatSamples.twoChoices))
        #expect(two.choices[0]?.text == "a" && two.choices[0]?.stop == .natural)
        #expect(two.choices[1]?.text == "b" && two.choices[1]?.stop == .length)
        let refused = ChatMeaning(ChatTesting.events(OpenAIChatDialect.self, ChatSamples.refusal))
        #expect(refused.choices[0]?.refusal == "No." && refused.choices[0]?.stop == .natural)
    }

    @Test func `noise changes nothing`() {
        let plain = ChatTesting.events(OpenAIChatDialect.self, ChatSamples.text)
        #expect(ChatTesting.events(OpenAIChatDialect.self, ChatSamples.noisy) == plain)
        #expect(ChatMeaning(plain).choices[0]?.text == "Grüß dich 👋🏽 e\u{301} 漢字")
    }

    @Test func `an error within the answer ends it`() {
        let failure = ModelFailure(.rateLimited, "Slow down", code: "rate_limit_exceeded")
        let events = ChatTesting.events(OpenAIChatDialect.self, ChatSamples.errorWithin + ChatSamples.text)
        #expect(events.last == .failed(failure) && events.count == 3)
    }

    @Test(arguments: [
        #"{"error":"boom"}"#, #"{"object":"error","message":"boom","code":500}"#, #"{"error":{"message":"boom"}}"#,
    ])
    func `errors of other servers end it too`(data: String) {
        let events = ChatTesting.events(OpenAIChatDialect.self, "data: \(data)\n\n")
        guard case .failed(let failure)? = events.last else {
            Issue.record("no failure: \(events)")
            return
        }
        #expect(failure.message == "boom" && failure.kind == .server)
    }

    @Test func `an end before the reason is a failure at every place, behind it none`() throws {
        let stream = ChatSamples.text
        let reason = try #require(stream.firstRange(of: #""finish_reason":"stop""#)?.upperBound)
        let end = try #require(stream[reason...].firstRange(of: "\n\n")?.upperBound)
        let told = stream.utf8.distance(from: stream.startIndex, to: end)
        let bytes = Array(stream.utf8)
        for length in 0..<bytes.count {
            let events = ChatTesting.events(OpenAIChatDialect.self, [bytes[..<length]])
            #expect(events.last == (length < told ? Self.cut : .ended), "after \(length) bytes")
        }
    }

    @Test(arguments: ["", "data: [DONE]", "data: [DONE]\n", "data: [DO", "data: {\"choices\":[],\"usa"])
    func `an answer of which every choice has ended is complete, whatever comes of the marker`(rest: String) {
        let stream = String(ChatSamples.twoChoices.dropLast("data: [DONE]\n\n".count))
        let whole = ChatTesting.events(OpenAIChatDialect.self, ChatSamples.twoChoices)
        #expect(whole.last == .ended)
        #expect(ChatTesting.events(OpenAIChatDialect.self, stream + rest) == whole)
        #expect(ChatTesting.events(MistralDialect.self, stream + rest) == whole)
    }

    @Test(arguments: ["", "data: [DONE]", "data: [DONE]\n"])
    func `without the marker one choice that has not ended is a failure`(rest: String) {
        let open = #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"},{"index":1,"delta":{"content":"x"}}]}"#
        let events = ChatTesting.events(OpenAIChatDialect.self, ChatTesting.sse([open]) + rest)
        #expect(events.last == Self.cut)
        #expect(ChatTesting.events(OpenAIChatDialect.self, ChatTesting.sse([open, "[DONE]"])).last == .ended)
    }

    @Test func `garbage within the answer is a failure`() {
        let events = ChatTesting.events(OpenAIChatDialect.self, "data: {nonsense\n\n" + ChatSamples.text)
        guard case .failed(let failure)? = events.first, events.count == 1 else {
            Issue.record("not one failure: \(events)")
            return
        }
        #expect(failure.kind == .server)
    }

    @Test func `a marker alone is no answer, a reason may be missing`() {
        #expect(ChatTesting.events(OpenAIChatDialect.self, "data: [DONE]\n\n") == [Self.cut])
        let chunk = #"{"id":"c","choices":[{"delta":{"content":"x"}}]}"#
        let events = ChatTesting.events(OpenAIChatDialect.self, ChatTesting.sse([chunk, "[DONE]"]))
        #expect(events.suffix(2) == [.stopped(choice: 0, .natural), .ended])
    }

    @Test(arguments: [
        // on the chunk of the end, on every chunk with zero after more, in Groq's place
        [#"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":4,"completion_tokens":0}}"#],
        [
            #"{"choices":[{"delta":{"content":"x"}}],"usage":{"prompt_tokens":4,"completion_tokens":3}}"#,
            #"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":4,"completion_tokens":0}}"#,
        ],
        [
            #"{"choices":[{"delta":{},"finish_reason":"stop"}],"x_groq":{"usage":{"prompt_tokens":4,"completion_tokens":0}}}"#
        ],
        [
            #"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null}"#,
            #"{"choices":[],"usage":{"prompt_tokens":4,"completion_tokens":0}}"#, #"{"choices":[],"usage":null}"#,
        ],
    ])
    func `usage is found wherever it comes, the last word counts`(chunks: [String]) {
        let meaning = ChatMeaning(ChatTesting.events(OpenAIChatDialect.self, ChatTesting.sse(chunks + ["[DONE]"])))
        #expect(meaning.usage == Usage(inputFresh: 4, outputText: 0) && meaning.hasEnded)
    }

    @Test(arguments: [
        // no index; one index for all; a repeated name; arguments as an object; a name that comes late
        [
            #"{"name":"f","arguments":"{}"}"#: [#"[{"id":"a","function":{"name":"f","arguments":"{}"}}]"#]
        ],
        [
            #"{"name":"f","arguments":"{}"}"#: [#"[{"index":0,"id":"a","function":{"name":"f","arguments":{}}}]"#]
        ],
        [
            #"{"name":"f","arguments":"{}"}"#: [
                #"[{"index":0,"id":"a","function":{"name":"f"}}]"#,
                #"[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]"#,
            ]
        ],
        [
            #"{"name":"f","arguments":"{}"}"#: [
                #"[{"index":0,"id":"a","function":{"arguments":"{"}}]"#,
                #"[{"index":0,"function":{"name":"f","arguments":"}"}}]"#,
            ]
        ],
    ])
    func `calls of less exact servers are read`(sample: [String: [String]]) {
        for (_, lists) in sample {
            let chunks = lists.map { #"{"choices":[{"delta":{"tool_calls":\#($0)}}]}"# }
            let end = #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#
            let stream = ChatTesting.sse(chunks + [end, "[DONE]"])
            let meaning = ChatMeaning(ChatTesting.events(OpenAIChatDialect.self, stream))
            #expect(meaning.choices[0]?.calls == [0: ToolCall(id: "a", name: "f", arguments: "{}")])
            #expect(meaning.choices[0]?.stop == .tool)
        }
    }

    @Test func `whole calls that share an index are two`() {
        let first =
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}}]}"#
        let second = first.replacing(#""a""#, with: #""b""#)
        let stream = ChatTesting.sse([first, second, "[DONE]"])
        let meaning = ChatMeaning(ChatTesting.events(OpenAIChatDialect.self, stream))
        #expect(meaning.choices[0]?.calls.values.map(\.id).sorted() == ["a", "b"])
    }

    @Test(arguments: [ChatSamples.openAICall, ChatSamples.text, ChatSamples.thinking])
    func `the same events come at every split of the bytes`(stream: String) {
        let bytes = Array(stream.utf8)
        let whole = ChatTesting.events(OpenAIChatDialect.self, [bytes[...]])
        for place in 0...bytes.count {
            let pieces = [bytes[..<place], bytes[place...]]
            #expect(ChatTesting.events(OpenAIChatDialect.self, pieces) == whole, "split at \(place)")
        }
    }

    @Test func `the same events come at random splits`() {
        let seed: UInt64 = 20_260_821
        var chance = ChatTesting.Chance(seed: seed)
        for stream in ChatSamples.openAI {
            check(OpenAIChatDialect.self, stream, &chance, "seed \(seed)")
        }
        for stream in ChatSamples.mistral { check(MistralDialect.self, stream, &chance, "seed \(seed)") }
        check(OpenAICompletionsDialect.self, ChatSamples.legacy, &chance, "seed \(seed)")
    }

    private func check<D: Dialect>(
        _ dialect: D.Type,
        _ stream: String,
        _ chance: inout ChatTesting.Chance,
        _ comment: Comment
    ) {
        let bytes = Array(stream.utf8)
        let whole = ChatTesting.events(dialect, [bytes[...]])
        for _ in 0..<200 {
            let count = Int.random(in: 1...12, using: &chance)
            let places = (0..<count).map { _ in Int.random(in: 0...bytes.count, using: &chance) }
            #expect(ChatTesting.events(dialect, ChatTesting.cut(bytes, at: places)) == whole, comment)
        }
        let single = bytes.indices.map { bytes[$0..<($0 + 1)] }
        #expect(ChatTesting.events(dialect, single) == whole, comment)
    }

    @Test func `a line of 20 MB is read`() {
        let text = String(repeating: "a", count: 20 << 20)
        let stream = ChatTesting.sse([
            #"{"choices":[{"delta":{"content":"\#(text)"},"finish_reason":"stop"}]}"#, "[DONE]",
        ])
        let bytes = Array(stream.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: 65536).map { bytes[$0..<min($0 + 65536, bytes.count)] }
        let meaning = ChatMeaning(ChatTesting.events(OpenAIChatDialect.self, pieces))
        #expect(meaning.choices[0]?.text.utf8.count == 20 << 20 && meaning.hasEnded)
    }
}

import HTTPSemantics
import LLMTranslation
import Testing

struct GeminiStreamWritingTests {
    private static let events: [StreamEvent] = [
        .started(AnswerStart(id: "msg_1", model: "claude", created: 1)), .reasoning(choice: 0, "hm"),
        .reasoningSigned(choice: 0, OpaqueValue(.anthropic, "AbC==")),
        .reasoningRedacted(choice: 0, OpaqueValue(.anthropic, "zzz")), .text(choice: 0, "a\"é"), .text(choice: 0, ""),
        .callStarted(choice: 0, call: 0, ToolCall(id: "toolu_1", name: "w", arguments: "")),
        .callArguments(choice: 0, call: 0, "{\"c\""), .callArguments(choice: 0, call: 0, ":1}"),
        .callStarted(choice: 0, call: 1, ToolCall(id: "toolu_2", name: "v", arguments: "{}")),
        .stopped(choice: 0, .tool), .usage(Usage(inputFresh: 3, cacheRead: 0, outputText: 9)), .ended,
    ]

    private func written(_ events: [StreamEvent], isArray: Bool = false) -> String {
        SpokeTesting.written(GeminiStreamWriter(as: SpokeTesting.face, isArray: isArray), events)
    }

    @Test func `text goes out at once, as Google writes it`() {
        let text = written([.started(AnswerStart(id: "x")), .text(choice: 0, "a\"é"), .refusal(choice: 1, "no")])
        #expect(
            text == #"""
                data: {"candidates":[{"content":{"parts":[{"text":"a\"é"}],"role":"model"},"index":0}],"modelVersion":"fast","responseId":"x"}

                data: {"candidates":[{"content":{"parts":[{"text":"no"}],"role":"model"},"index":1}],"modelVersion":"fast","responseId":"x"}


                """#
        )
    }

    @Test func `the end has reason and counts`() {
        #expect(
            written([
                .usage(Usage(inputFresh: 1)), .usage(Usage(outputText: 2)), .stopped(choice: 0, .length), .ended,
                .ended,
            ])
                == #"data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"MAX_TOKENS","index":0}],"#
                + #""usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"totalTokenCount":3},"modelVersion":"fast","#
                + #""responseId":"seed1"}"# + "\n\n"
        )
    }

    @Test(arguments: [false, true])
    func `what is written means the same when it is read`(isArray: Bool) {
        let back = SpokeTesting.events(GeminiDialect.makeReader(), written(Self.events, isArray: isArray))
        #expect(SpokeTesting.meaning(back) == SpokeTesting.meaning(Self.events))
        #expect(back.first == .started(AnswerStart(id: "msg_1", model: "fast")))
        #expect(back.last == .ended)
    }

    @Test(arguments: [GeminiVectors.stream, GeminiVectors.list])
    func `a stream of Google's means the same when it is written again`(text: String) {
        let events = SpokeTesting.events(GeminiDialect.makeReader(), text)
        let back = SpokeTesting.events(GeminiDialect.makeReader(), written(events))
        #expect(SpokeTesting.meaning(back) == SpokeTesting.meaning(events))
    }

    @Test func `calls without a signature are marked, unless they are Gemini's own`() {
        let mark = #""thoughtSignature":"cGFybGV5OnVuc2lnbmVk""#
        #expect(written(Self.events).ranges(of: mark).count == 2)
        let native = GeminiStreamWriter(as: SpokeTesting.face, isNative: true)
        #expect(!SpokeTesting.written(native, Self.events).contains(mark))
    }

    @Test func `the list is one JSON text`() throws {
        let text = written(Self.events, isArray: true)
        let list = try #require(JSONParser.parse(Array(text.utf8)).array)
        #expect(list.count == 7 && list[5]["candidates"]?[0]?["content"]?["parts"]?[0]?["functionCall"]?["name"] == "v")
        #expect(try JSONParser.parse(Array(written([.ended], isArray: true).utf8)).array?.count == 1)
    }

    @Test func `calls stay between the pieces around them`() {
        let text = written([
            .callStarted(choice: 0, call: 0, ToolCall(id: "a", name: "w", arguments: "{\"c\":1}")),
            .reasoning(choice: 0, "hm"),
            .callStarted(choice: 0, call: 1, ToolCall(id: "b", name: "w", arguments: "")), .text(choice: 0, "x"),
            .callArguments(choice: 0, call: 1, "{\"d\":2}"), .stopped(choice: 0, .tool), .ended,
        ])
        let order = ["\"c\":1", "\"hm\"", "\"x\"", "\"d\":2"].map { text.range(of: $0) }
        #expect(!order.contains(nil) && order.compactMap(\.self) == order.compactMap(\.self).sorted())
    }

    @Test func `a call whose arguments are no object ends the answer with Google's word for it`() {
        let call = ToolCall(id: "a", name: "w", arguments: "{\"c\":")
        let text = written([.callStarted(choice: 0, call: 0, call), .stopped(choice: 0, .tool), .ended])
        #expect(text.contains("MALFORMED_FUNCTION_CALL") && !text.contains("functionCall"))
    }

    @Test(arguments: [false, true])
    func `a failure is the last that is written, and nothing looks complete`(isArray: Bool) throws {
        let failure = ModelFailure(.overloaded, "Busy.", retryAfter: 1500)
        let text = written([.text(choice: 0, "x"), .failed(failure), .text(choice: 0, "y"), .ended], isArray: isArray)
        #expect(!text.contains("finishReason") && !text.contains("\"y\""))
        #expect(text.contains(#"{"error":{"code":503,"message":"Busy.","status":"UNAVAILABLE","details":[{"@type":"#))
        let back = SpokeTesting.events(GeminiDialect.makeReader(), text)
        guard case .failed(let read) = back.last else {
            Issue.record("no failure")
            return
        }
        #expect(read.kind == .overloaded && read.message == "Busy." && read.retryAfter == 1500)
    }
}

extension String {
    /// Where a text begins, in bytes.
    fileprivate func range(of text: String) -> Int? {
        let (all, wanted) = (Array(utf8), Array(text.utf8))
        return all.indices.first { all[$0...].starts(with: wanted) }
    }
}

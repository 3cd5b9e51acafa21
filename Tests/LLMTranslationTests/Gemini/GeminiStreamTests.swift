import HTTPSemantics
import LLMTranslation
import Testing

struct GeminiStreamTests {
    private static let truncated = ModelFailure(.server, "The provider ended its answer before it was complete.")

    private func events(_ text: String) -> [StreamEvent] { SpokeTesting.events(GeminiDialect.makeReader(), text) }

    @Test func `the reference's stream is read`() throws {
        let events = events(GeminiVectors.stream)
        guard case .callStarted(0, 0, let call) = events[3] else {
            Issue.record("no call")
            return
        }
        #expect(call.arguments == #"{"c":1}"# && call.signature == OpaqueValue(.gemini, "QQ==") && call.name == "w")
        #expect(
            events == [
                .usage(Usage(inputFresh: 4)), .started(AnswerStart(id: "r", model: "m")), .text(choice: 0, "Hi"),
                .callStarted(choice: 0, call: 0, call),
                .usage(Usage(inputFresh: 4, outputText: 6, outputReasoning: 9)), .stopped(choice: 0, .tool), .ended,
            ]
        )
        let unary = try GeminiDialect.completion(
            of: SpokeTesting.object(
                #"{"responseId":"r","candidates":[{"content":{"parts":[{"functionCall":{"name":"w"}}]}}]}"#
            )
        )
        guard case .toolCall(let same) = unary.choices[0].parts[0] else { return }
        #expect(same.id == call.id)
    }

    @Test func `the list that comes without alt=sse is read`() {
        #expect(
            events(GeminiVectors.list) == [
                .started(AnswerStart(id: "r", model: "m")), .reasoning(choice: 0, "hm"),
                .reasoningSigned(choice: 0, OpaqueValue(.gemini, "QUI=")), .text(choice: 0, "a \"}]é😀\\"),
                .text(choice: 0, "!"), .usage(Usage(inputFresh: 3, outputText: 0)), .stopped(choice: 0, .length),
                .ended,
            ]
        )
    }

    @Test(arguments: [
        GeminiVectors.stream, GeminiVectors.stream.replacingLineFeeds, GeminiVectors.list,
        "\u{FEFF}: hi\n\n" + GeminiVectors.stream,
        #"data: {"candidates":[{"content":{"parts":[{"text":"x"}]}}]}"# + "\n\n"
            + #"data: {"error":{"code":503,"message":"m"}}"# + "\n\n",
        "data: nonsense\n\n",
    ])
    func `the same comes out however the bytes are split`(text: String) {
        SpokeTesting.expectSameEvents(text, seed: 0x6E61) { GeminiDialect.makeReader() }
    }

    @Test func `line ends of either sort, comments and fields nobody knows do not matter`() {
        let odd = ": keep-alive\r\n\r\nid: 1\r\n" + GeminiVectors.stream.replacingLineFeeds
        #expect(events(odd) == events(GeminiVectors.stream))
    }

    @Test(arguments: ["", "data: {\"responseId\":\"r\"}\n\n", "[", "[{\"responseId\":\"r\"}]"])
    func `an answer without any reason to end was cut`(text: String) {
        #expect(events(text).last == .failed(Self.truncated))
    }

    @Test func `an answer that stops in the middle was cut, and so was one of several`() {
        let half = String(GeminiVectors.stream.prefix { $0 != "\n" }) + "\n\n"
        #expect(events(half).last == .failed(Self.truncated))
        let two =
            #"data: {"candidates":[{"index":0,"finishReason":"STOP"},{"index":1,"content":{"parts":[{"text":"x"}]}}]}"#
        #expect(events(two + "\n\n").last == .failed(Self.truncated))
    }

    @Test(arguments: [
        #"data: {"error":{"code":503,"message":"Busy.","status":"UNAVAILABLE"}}"# + "\n\ndata: {}\n\n",
        #"data: [{"error":{"code":503,"message":"Busy.","status":"UNAVAILABLE"}}]"# + "\n\n",
        #"[{"error":{"code":503,"message":"Busy.","status":"UNAVAILABLE"}}]"#,
        #"{"error":{"code":503,"message":"Busy.","status":"UNAVAILABLE"}}"#,
    ])
    func `an error within the answer is the last that comes`(text: String) {
        #expect(events(text) == [.failed(ModelFailure(.overloaded, "Busy.", code: "UNAVAILABLE"))])
    }

    @Test func `a blocked prompt is an answer that was withheld`() {
        let text = #"data: {"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":7}}"# + "\n\n"
        #expect(
            events(text) == [
                .usage(Usage(inputFresh: 7)), .started(AnswerStart()), .stopped(choice: 0, .filtered("SAFETY")), .ended,
            ]
        )
    }

    @Test func `counts without any candidate mean that the prompt was withheld, in pieces as in one`() throws {
        let json = #"{"responseId":"r","modelVersion":"m","usageMetadata":{"promptTokenCount":7}}"#
        let expected: [StreamEvent] = [
            .usage(Usage(inputFresh: 7)), .started(AnswerStart(id: "r", model: "m")),
            .stopped(choice: 0, .filtered(nil)), .ended,
        ]
        #expect(events("data: \(json)\n\n") == expected && events("[\(json)]") == expected)
        let whole = try GeminiDialect.completion(of: SpokeTesting.object(json))
        #expect(whole.choices.map(\.stop) == [.filtered(nil)])
        let begun = #"data: {"candidates":[{"content":{"parts":[]}}],"usageMetadata":{"promptTokenCount":7}}"# + "\n\n"
        #expect(events(begun).last == .failed(Self.truncated))
    }

    @Test func `several candidates are told apart`() {
        let text = #"""
            data: {"candidates":[{"index":1,"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"},{"index":0,"content":{"parts":[{"text":"a"}]}}]}

            data: {"candidates":[{"index":0,"finishReason":"SAFETY"}]}


            """#
        #expect(
            events(text).dropFirst() == [
                .text(choice: 1, "b"), .text(choice: 0, "a"), .stopped(choice: 0, .filtered("SAFETY")),
                .stopped(choice: 1, .natural), .ended,
            ]
        )
    }
}

extension String {
    /// With carriage returns, as Google often writes it.
    fileprivate var replacingLineFeeds: String {
        split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    }
}

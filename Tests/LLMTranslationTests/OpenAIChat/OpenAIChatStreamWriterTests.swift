import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct OpenAIChatStreamWriterTests {
    static let start = StreamEvent.started(AnswerStart(id: "msg_1", model: "claude", created: 5))

    private static func chunk(_ choices: String, usage: String? = "null") -> String {
        let end = usage.map { #","usage":\#($0)"# } ?? ""
        return
            #"{"id":"msg_1","object":"chat.completion.chunk","created":5,"model":"alias","choices":[\#(choices)]\#(end)}"#
    }

    private static func delta(_ delta: String, _ reason: String = "null", choice: Int = 0) -> String {
        chunk(#"{"index":\#(choice),"delta":\#(delta),"logprobs":null,"finish_reason":\#(reason)}"#)
    }

    @Test func `a text is written in OpenAI's order`() {
        let events: [StreamEvent] = [
            Self.start, .text(choice: 0, "Hi \"you\"\n"), .text(choice: 0, "👋"),
            .usage(Usage(inputFresh: 3, outputText: 2)),
            .stopped(choice: 0, .natural), .usage(Usage(outputText: 0)), .ended, .text(choice: 0, "late"), .ended,
        ]
        #expect(
            ChatTesting.data(ChatTesting.stream(OpenAIChatDialect.self, events)) == [
                Self.delta(#"{"role":"assistant","content":""}"#), Self.delta(#"{"content":"Hi \"you\"\n"}"#),
                Self.delta(#"{"content":"👋"}"#), Self.delta("{}", #""stop""#),
                Self.chunk("", usage: #"{"prompt_tokens":3,"completion_tokens":0,"total_tokens":3}"#), "[DONE]",
            ]
        )
    }

    @Test func `what is signed behind a text is not the thinking before it`() {
        let events: [StreamEvent] = [
            Self.start, .reasoning(choice: 0, "hm"), .text(choice: 0, "Hi"),
            .reasoningSigned(choice: 0, OpaqueValue(.gemini, "QQ==")), .ended,
        ]
        let stream = ChatTesting.stream(OpenAIChatDialect.self, events)
        #expect(stream.contains(#""signature":"QQ==""#) && stream.ranges(of: "hm").count == 1)
    }

    @Test func `usage is kept from those who did not ask`() {
        let events: [StreamEvent] = [
            Self.start, .text(choice: 0, "x"), .stopped(choice: 0, .length), .usage(Usage(inputFresh: 3)), .ended,
        ]
        let stream = ChatTesting.stream(OpenAIChatDialect.self, events, as: ChatTesting.quietFace)
        #expect(!stream.contains("usage") && stream.hasSuffix("data: [DONE]\n\n"))
        #expect(stream.contains(#""finish_reason":"length""#))
    }

    @Test func `calls keep their numbers, and one without arguments gets an empty object`() {
        let events: [StreamEvent] = [
            Self.start, .callStarted(choice: 0, call: 0, ToolCall(id: "toolu_1", name: "f", arguments: "")),
            .callArguments(choice: 0, call: 0, #"{"a""#), .callArguments(choice: 0, call: 0, ":1}"),
            .callStarted(
                choice: 0,
                call: 1,
                ToolCall(id: "", name: "g", arguments: "", signature: OpaqueValue(.gemini, "QQ=="))
            ), .stopped(choice: 0, .tool), .ended,
        ]
        #expect(
            ChatTesting.data(ChatTesting.stream(OpenAIChatDialect.self, events)).dropFirst() == [
                Self.delta(
                    #"{"tool_calls":[{"index":0,"id":"toolu_1","type":"function","function":{"name":"f","arguments":""}}]}"#
                ), Self.delta(#"{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\""}}]}"#),
                Self.delta(#"{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}"#),
                Self.delta(
                    #"{"tool_calls":[{"index":1,"id":"call_seed1_0_1","type":"function","function":{"name":"g","arguments":""},"extra_content":{"google":{"thought_signature":"QQ=="}}}]}"#
                ), Self.delta(#"{"tool_calls":[{"index":1,"function":{"arguments":"{}"}}]}"#),
                Self.delta("{}", #""tool_calls""#), "[DONE]",
            ]
        )
    }

    @Test func `signed thinking is given again with its signature`() {
        let events: [StreamEvent] = [
            Self.start, .reasoning(choice: 0, "hm "), .reasoning(choice: 0, "so"),
            .reasoningSigned(choice: 0, OpaqueValue(.anthropic, "AbC==")),
            .reasoningRedacted(choice: 0, OpaqueValue(.anthropic, "xyz")), .text(choice: 0, "4"),
            .stopped(choice: 0, .natural), .ended,
        ]
        let data = ChatTesting.data(ChatTesting.stream(OpenAIChatDialect.self, events))
        #expect(data[1] == Self.delta(#"{"reasoning_content":"hm "}"#))
        #expect(
            data[3]
                == Self.delta(
                    #"{"reasoning_details":[{"type":"reasoning.text","text":"hm so","signature":"AbC==","format":"anthropic","index":0}]}"#
                )
        )
        #expect(
            data[4]
                == Self.delta(
                    #"{"reasoning_details":[{"type":"reasoning.encrypted","data":"xyz","format":"anthropic","index":1}]}"#
                )
        )
    }

    @Test func `a failure is told in-band and nothing follows`() {
        let failure = ModelFailure(.overloaded, "Too much to do", field: "x")
        let events: [StreamEvent] = [
            Self.start, .text(choice: 0, "Hel"), .failed(failure), .text(choice: 0, "lo"), .ended,
        ]
        let data = ChatTesting.data(ChatTesting.stream(OpenAIChatDialect.self, events))
        #expect(data.count == 3)
        #expect(data[2] == #"{"error":{"message":"Too much to do","type":"server_error","param":"x","code":null}}"#)
    }

    @Test func `each choice has its role and its end`() {
        let events: [StreamEvent] = [
            Self.start, .text(choice: 1, "b"), .text(choice: 0, "a"), .stopped(choice: 1, .filtered(nil)),
            .text(choice: 1, "late"), .ended,
        ]
        #expect(
            ChatTesting.data(ChatTesting.stream(OpenAIChatDialect.self, events)) == [
                Self.delta(#"{"role":"assistant","content":""}"#),
                Self.delta(#"{"role":"assistant","content":""}"#, choice: 1),
                Self.delta(#"{"content":"b"}"#, choice: 1),
                Self.delta(#"{"content":"a"}"#), Self.delta("{}", #""content_filter""#, choice: 1),
                Self.delta("{}", #""stop""#), "[DONE]",
            ]
        )
    }

    @Test(arguments: ChatSamples.openAI + [ChatSamples.mistralThinking])
    func `what is written means what was read`(sample: String) {
        let events = ChatTesting.events(MistralDialect.self, sample)
        let again = ChatTesting.events(OpenAIChatDialect.self, ChatTesting.stream(OpenAIChatDialect.self, events))
        var (before, after) = (ChatMeaning(events), ChatMeaning(again))
        after.starts = before.starts
        before.failure?.code = nil
        after.failure?.code = nil
        if let failure = before.failure {
            // OpenAI has one word for several sorts, and an answer that breaks off has no usage.
            after.failure?.kind = failure.kind
            before.usage = nil
        }
        #expect(before == after)
        #expect(again.last == events.last || before.failure != nil)
    }

    @Test func `an answer without a beginning is written all the same`() {
        let stream = ChatTesting.stream(OpenAIChatDialect.self, [.stopped(choice: 0, .natural), .ended])
        #expect(stream.contains(#""id":"chatcmpl-seed1""#) && stream.hasSuffix("data: [DONE]\n\n"))
    }
}

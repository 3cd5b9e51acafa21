import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct OpenAICompletionsTests {
    @Test func `a prompt is the user's turn`() throws {
        let json = #"""
            {"model":"m","prompt":"Once","max_tokens":5,"temperature":1,"n":2,"stop":"x","seed":1,"user":"u","stream":true,
            "stream_options":{"include_usage":true},"echo":false,"best_of":1,"suffix":null,"logprobs":null}
            """#
        let (conversation, losses) = try ChatTesting.read(OpenAICompletionsDialect.self, json)
        #expect(losses.isEmpty && conversation.turns == [Turn(.user, text: "Once")])
        #expect(conversation.sampling.maximumOutput == 5 && conversation.choices == 2 && conversation.streams)
        #expect(conversation.sampling.stop == ["x"] && conversation.wantsStreamUsage && conversation.endUser == "u")
    }

    @Test(arguments: [
        (#""prompt":"a","echo":true"#, "echo"), (#""prompt":"a","best_of":3"#, "best_of"),
        (#""prompt":"a","suffix":"z""#, "suffix"), (#""prompt":"a","logprobs":2"#, "logprobs"),
        (#""prompt":["a"],"logit_bias":{"1":1}"#, "logit_bias"),
    ])
    func `what cannot be carried is named`(members: String, field: String) throws {
        #expect(try ChatTesting.read(OpenAICompletionsDialect.self, #"{"model":"m",\#(members)}"#).1 == [field])
    }

    @Test(arguments: [
        (#"{"prompt":"a"}"#, "model"), (#"{"model":"m"}"#, "prompt"), (#"{"model":"m","prompt":[1,2]}"#, "prompt"),
        (#"{"model":"m","prompt":[]}"#, "prompt"), (#"{"model":"m","prompt":{}}"#, "prompt"),
        (#"{"model":"m","prompt":["a","b"]}"#, "prompt"),
    ])
    func `a malformed request names the field`(json: String, field: String) {
        let fault = #expect(throws: MalformedRequest.self) { try ChatTesting.read(OpenAICompletionsDialect.self, json) }
        #expect(fault?.field == field)
    }

    @Test func `several prompts are refused with the remedy`() throws {
        let (conversation, _) = try ChatTesting.read(OpenAICompletionsDialect.self, #"{"model":"m","prompt":["a"]}"#)
        #expect(conversation.turns == [Turn(.user, text: "a")])
        let fault = #expect(throws: MalformedRequest.self) {
            try ChatTesting.read(OpenAICompletionsDialect.self, #"{"model":"m","prompt":["a","b"]}"#)
        }
        #expect(fault?.message.contains("send each prompt in a call of its own") == true)
    }

    @Test func `a conversation becomes one prompt, and what that loses is named`() throws {
        var conversation = Conversation(model: "m", turns: [Turn(.user, text: "Once")])
        conversation.sampling.maximumOutput = 3
        conversation.streams = true
        let (plain, none) = try ChatTesting.write(OpenAICompletionsDialect.self, conversation)
        #expect(none.isEmpty)
        let expected =
            #"{"model":"m","prompt":"Once","max_tokens":3,"stream":true,"stream_options":{"include_usage":true}}"#
        #expect(try plain == ChatTesting.object(expected))
        conversation.turns = [Turn(.system, text: "Rhyme."), Turn(.user, [.text(TextPart("Once")), .refusal("x")])]
        conversation.tools = [.function(FunctionTool(name: "f"))]
        conversation.output = .json
        conversation.reasoning = ReasoningRequest(effort: .low)
        conversation.sampling.topK = JSONNumber(1)
        let (body, losses) = try ChatTesting.write(OpenAICompletionsDialect.self, conversation)
        #expect(body["prompt"] == "Rhyme.\n\nOnce")
        #expect(
            losses == [
                "messages", "messages.refusal", "tools", "response_format", "reasoning_effort", "top_k",
            ]
        )
    }

    @Test func `an answer is read and written`() throws {
        let json = #"""
            {"id":"cmpl-1","object":"text_completion","created":5,"model":"alias","choices":[{"text":"upon","index":0,
            "logprobs":null,"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}
            """#
        let completion = try OpenAICompletionsDialect.completion(of: ChatTesting.object(json))
        #expect(completion.choices == [Completion.Choice(parts: [.text(TextPart("upon"))], stop: .length)])
        let body = OpenAICompletionsDialect.body(of: completion, as: ChatTesting.face)
        #expect(try body == ChatTesting.object(json), "\(ChatTesting.text(body))")
    }

    @Test func `a stream is read and written`() {
        let events = ChatTesting.events(OpenAICompletionsDialect.self, ChatSamples.legacy)
        let meaning = ChatMeaning(events)
        #expect(meaning.choices[0]?.text == "Hello" && meaning.choices[0]?.stop == .length && meaning.hasEnded)
        let stream = ChatTesting.stream(OpenAICompletionsDialect.self, events)
        let head = #"{"id":"cmpl-1","object":"text_completion","created":5,"model":"alias","choices":"#
        #expect(
            ChatTesting.data(stream) == [
                head + #"[{"index":0,"text":"Hel","logprobs":null,"finish_reason":null}],"usage":null}"#,
                head + #"[{"index":0,"text":"lo","logprobs":null,"finish_reason":null}],"usage":null}"#,
                head + #"[{"index":0,"text":"","logprobs":null,"finish_reason":"length"}],"usage":null}"#,
                head + #"[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}"#, "[DONE]",
            ]
        )
        #expect(ChatMeaning(ChatTesting.events(OpenAICompletionsDialect.self, stream)) == meaning.named("m", "alias"))
    }

    @Test func `calls end a legacy answer with stop, and a failure is told in-band`() {
        let call = StreamEvent.callStarted(choice: 0, call: 0, ToolCall(id: "c", name: "f", arguments: "{}"))
        let called = ChatTesting.stream(OpenAICompletionsDialect.self, [call, .stopped(choice: 0, .tool), .ended])
        #expect(called.contains(#""finish_reason":"stop""#) && called.hasSuffix("data: [DONE]\n\n"))
        let failed = ChatTesting.stream(OpenAICompletionsDialect.self, [.failed(ModelFailure(.server, "x")), .ended])
        #expect(ChatTesting.data(failed).count == 1 && failed.contains(#""error""#))
    }
}

extension ChatMeaning {
    /// The same, told of another model.
    fileprivate func named(_ old: String, _ new: String) -> Self {
        var meaning = self
        for index in meaning.starts.indices where meaning.starts[index].model == old {
            meaning.starts[index].model = new
        }
        return meaning
    }
}

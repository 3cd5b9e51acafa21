import HTTPSemantics
import LLMTranslation
import Testing

struct OllamaRequestReadingTests {
    @Test func `a conversation says all that it says`() throws {
        let (conversation, losses) = try SpokeTesting.read(OllamaDialect.self, OllamaVectors.request)
        #expect(losses.isEmpty && conversation.model == "llama3.2" && !conversation.streams)
        #expect(conversation.turns.map(\.role) == [.system, .user, .assistant, .tool, .tool, .tool, .user])
        #expect(
            conversation.turns[1].parts == [
                .text(TextPart("What is this?")),
                .image(MediaPart(.base64(mediaType: "image/png", data: "iVBORw0KGgo="))),
                .image(MediaPart(.base64(mediaType: "image/jpeg", data: "/9j/4A"))),
            ]
        )
        #expect(
            conversation.turns[2].parts == [
                .reasoning(Reasoning("hm")),
                .toolCall(ToolCall(id: "call_0_w", name: "w", arguments: #"{"b":1.50,"a":"é"}"#)),
                .toolCall(ToolCall(id: "call_1_w", name: "w", arguments: "{}")),
                .toolCall(ToolCall(id: "x9", name: "v", arguments: "{}")),
            ]
        )
        let results = conversation.turns.flatMap(\.parts).compactMap { part -> ToolResult? in
            if case .toolResult(let result) = part { result } else { nil }
        }
        #expect(results.map(\.callID) == ["x9", "call_0_w", "call_1_w"])
        #expect(results.map(\.name) == ["v", "w", "w"] && results.map(\.text) == ["broken", "one", "two"])
    }

    @Test func `tools and options are read`() throws {
        let (conversation, _) = try SpokeTesting.read(OllamaDialect.self, OllamaVectors.request)
        let parameters = try SpokeTesting.object(#"{"type":"object","properties":{"c":{"type":"string"}}}"#)
        #expect(
            conversation.tools == [.function(FunctionTool(name: "w", description: "weather", parameters: parameters))]
        )
        let sampling = conversation.sampling
        #expect(sampling.maximumOutput == 100 && sampling.stop == ["END"] && sampling.seed == JSONNumber(7))
        #expect(sampling.temperature.map { String(decoding: $0.text, as: UTF8.self) } == "0.70")
        #expect(sampling.topK == JSONNumber(40) && sampling.minP != nil && sampling.topP != nil)
        #expect(sampling.presencePenalty != nil && sampling.frequencyPenalty != nil)
        #expect(conversation.output == .schema(OutputSchema(schema: ["type": "object"])))
        #expect(conversation.reasoning == ReasoningRequest(effort: .low, isShown: true))
    }

    @Test func `a prompt is a conversation of one turn, and what it has besides is named`() throws {
        let (conversation, losses) = try SpokeTesting.read(OllamaGenerateDialect.self, OllamaVectors.prompt)
        let picture = Part.image(MediaPart(.base64(mediaType: "image/gif", data: "R0lGOD")))
        #expect(
            conversation.turns == [Turn(.system, text: "Be brief."), Turn(.user, [.text(TextPart("Why?")), picture])]
        )
        #expect(conversation.streams && conversation.output == .json && conversation.sampling.maximumOutput == nil)
        #expect(conversation.reasoning == ReasoningRequest(isShown: true, isAdaptive: true))
        #expect(Set(losses) == ["suffix", "template", "raw", "context", "options.num_ctx", "keep_alive", "shift"])
    }

    @Test(arguments: [
        ("data:image/webp;base64,UklG Rg==", "image/webp", "UklGRg=="),
        ("Data:Image/GIF;base64,AA==", "image/gif", "AA=="),
        ("iVBORw0KGgo=", "image/png", "iVBORw0KGgo="), ("AAAA", "image/jpeg", "AAAA"),
    ])
    func `a picture may come as other vendors want it`(image: String, type: String, data: String) throws {
        let json = #"{"model":"m","messages":[{"role":"user","images":["\#(image)"]}]}"#
        let turns = try SpokeTesting.read(OllamaDialect.self, json).conversation.turns
        #expect(turns == [Turn(.user, [.image(MediaPart(.base64(mediaType: type, data: data)))])])
    }

    @Test func `an answer comes in pieces unless told otherwise`() throws {
        let json = #"{"model":"m","messages":[{"role":"user","content":"a"}]}"#
        #expect(try SpokeTesting.read(OllamaDialect.self, json).conversation.streams)
    }

    @Test(arguments: [
        (#""keep_alive":-1"#, "keep_alive"), (#""truncate":false"#, "truncate"), (#""shift":false"#, "shift"),
        (#""options":{"num_ctx":1}"#, "options.num_ctx"),
        (#""options":{"repeat_penalty":1.1}"#, "options.repeat_penalty"),
        (#""template":"x""#, "template"),
        (#""tools":[{"function":{"name":"f","strict":true}}]"#, "tools[0].function.strict"),
    ])
    func `what has no counterpart is named`(member: String, field: String) throws {
        let json = #"{"model":"m","messages":[{"role":"user","content":"a"}],\#(member)}"#
        #expect(try SpokeTesting.read(OllamaDialect.self, json).losses == [field])
    }

    @Test(arguments: [
        (#"{"messages":[]}"#, "model"), (#"{"model":"m"}"#, "messages"), (#"{"model":"m","messages":[]}"#, "messages"),
        (#"{"model":"m","messages":[{"content":"a"}]}"#, "messages[0].role"),
        (#"{"model":"m","messages":[{"role":"x"}]}"#, "messages[0].role"),
        (#"{"model":"m","messages":[{"role":"user","content":[]}]}"#, "messages[0].content"),
        (#"{"model":"m","messages":[{"role":"tool","content":"a"}]}"#, "messages[0].tool_name"),
        (
            #"{"model":"m","messages":[{"role":"assistant","tool_calls":[{}]}]}"#, "messages[0].tool_calls[0].function"
        ),
        (
            #"{"model":"m","messages":[{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":[]}}]}]}"#,
            "messages[0].tool_calls[0].function.arguments"
        ),
        (#"{"model":"m","messages":[{"role":"user","content":"a"}],"format":"xml"}"#, "format"),
        (#"{"model":"m","messages":[{"role":"user","content":"a"}],"think":"hard"}"#, "think"),
        (#"{"model":"m","messages":[{"role":"user","content":"a"}],"options":{"seed":"x"}}"#, "options.seed"),
        (#"{"model":"m","messages":[{"role":"user","content":"a"}],"stream":1}"#, "stream"),
    ])
    func `a request that makes no sense names the field`(json: String, field: String) {
        let fault = #expect(throws: MalformedRequest.self) { try SpokeTesting.read(OllamaDialect.self, json) }
        #expect(fault?.field == field && fault?.message.hasSuffix(".") == true)
    }

    @Test func `a prompt must say something`() {
        let fault = #expect(throws: MalformedRequest.self) {
            try SpokeTesting.read(OllamaGenerateDialect.self, #"{"model":"m","prompt":""}"#)
        }
        #expect(fault?.field == "prompt")
    }
}

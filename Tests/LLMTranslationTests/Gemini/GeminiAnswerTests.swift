import HTTPSemantics
import LLMTranslation
import Testing

struct GeminiAnswerTests {
    @Test func `an answer says all that it says`() throws {
        let completion = try GeminiDialect.completion(of: SpokeTesting.object(GeminiVectors.answer))
        #expect(completion.id == "r" && completion.model == "m")
        let parts = try #require(completion.choices.first).parts
        #expect(
            Array(parts.prefix(3)) == [
                .reasoning(Reasoning("hm")), .text(TextPart("Hi you")),
                .reasoning(Reasoning("", signature: OpaqueValue(.gemini, "VFg="))),
            ]
        )
        let calls = parts.compactMap { if case .toolCall(let call) = $0 { call } else { nil } }
        #expect(calls.map(\.arguments) == [#"{"c":1}"#, "{}"] && calls[0].signature == OpaqueValue(.gemini, "QQ=="))
        #expect(Set(calls.map(\.id)).count == 2 && calls.allSatisfy { $0.id.count <= 40 })
        #expect(completion.choices[0].stop == .tool)
        #expect(
            completion.usage
                == Usage(inputFresh: 13, cacheRead: 100, outputText: 6, outputReasoning: 9)
        )
    }

    @Test func `what has no place in the client's dialect is named`() throws {
        let answer = #"""
            {"candidates":[{"content":{"parts":[{"executableCode":{"code":"1"}},{"codeExecutionResult":{"output":"1"}},
            {"inlineData":{"mimeType":"image/png","data":"AAAA"}},{"text":"x"}]},"finishReason":"STOP"}]}
            """#
        let completion = try GeminiDialect.completion(of: SpokeTesting.object(answer))
        let code = ["answer.executableCode", "answer.codeExecutionResult"]
        #expect(completion.losses(for: .openai).map(\.field) == code + ["answer.image"])
        #expect(completion.losses(for: .anthropic).map(\.field) == code + ["answer.image"])
        #expect(completion.losses(for: .ollama).map(\.field) == code && completion.losses(for: .gemini).count == 2)
    }

    @Test func `an identifier that was made up is left out on the way back`() throws {
        let completion = try GeminiDialect.completion(of: SpokeTesting.object(GeminiVectors.answer))
        let parts = try #require(completion.choices.first).parts
        let results = parts.compactMap { part -> Part? in
            guard case .toolCall(let call) = part else { return nil }
            return .toolResult(ToolResult(callID: call.id, content: [.text(TextPart("x"))]))
        }
        let conversation = Conversation(
            model: "m",
            turns: [Turn(.user, text: "1"), Turn(.assistant, parts), Turn(.tool, results)]
        )
        let (body, _) = try SpokeTesting.write(GeminiDialect.self, conversation)
        let sent = try JSONValue.object(SpokeTesting.object(GeminiVectors.answer))["candidates"]?[0]?["content"]?[
            "parts"
        ]
        let back = body["contents"]?[1]?["parts"]
        #expect(back?[1] == ["text": "Hi you", "thoughtSignature": "VFg="])
        #expect(back?[2] == sent?[3])
        #expect(back?[3] == ["functionCall": ["name": "w", "args": [:]]])
        #expect(body["contents"]?[2]?["parts"]?[0]?["functionResponse"]?["id"] == nil)
    }

    @Test(arguments: [
        ("STOP", StopReason.natural), ("MAX_TOKENS", .length), ("CONTINUATION", .length),
        ("SAFETY", .filtered("SAFETY")),
        ("SPII", .filtered("SPII")),
        ("IMAGE_OTHER", .filtered("IMAGE_OTHER")), ("MALFORMED_FUNCTION_CALL", .modelError("MALFORMED_FUNCTION_CALL")),
        ("NEWEST", .modelError("NEWEST")), ("LANGUAGE", .modelError("LANGUAGE")),
    ])
    func `reasons are understood`(word: String, reason: StopReason) throws {
        let completion = try GeminiDialect.completion(
            of: SpokeTesting.object(#"{"candidates":[{"finishReason":"\#(word)"}]}"#)
        )
        #expect(completion.choices == [Completion.Choice(parts: [], stop: reason)])
    }

    @Test(arguments: [
        (StopReason.stopText("x"), "STOP"), (.tool, "STOP"), (.paused, "STOP"), (.contextFull, "MAX_TOKENS"),
        (.filtered("JAILBREAK"), "SAFETY"), (.filtered(nil), "SAFETY"), (.filtered("RECITATION"), "RECITATION"),
        (.modelError("odd"), "OTHER"), (.modelError("LANGUAGE"), "LANGUAGE"),
    ])
    func `reasons are written in Google's words`(reason: StopReason, word: String) {
        let completion = Completion(id: "", model: "", choices: [Completion.Choice(parts: [], stop: reason)])
        let body = JSONValue.object(GeminiDialect.body(of: completion, as: SpokeTesting.face))
        #expect(body["candidates"]?[0]?["finishReason"] == .string(word))
    }

    @Test func `a blocked prompt is an answer without parts`() throws {
        let json = #"{"promptFeedback":{"blockReason":"JAILBREAK"},"usageMetadata":{"promptTokenCount":5}}"#
        let completion = try GeminiDialect.completion(of: SpokeTesting.object(json))
        #expect(completion.choices == [Completion.Choice(parts: [], stop: .filtered("JAILBREAK"))])
        #expect(completion.usage == Usage(inputFresh: 5))
        #expect(throws: MalformedAnswer.self) { try GeminiDialect.completion(of: SpokeTesting.object("{}")) }
    }

    @Test func `an answer is written as Google does it`() throws {
        let completion = Completion(
            id: "",
            model: "claude",
            choices: [
                Completion.Choice(
                    parts: [
                        .reasoning(Reasoning("hm", signature: OpaqueValue(.anthropic, "AbC=="))), .text(TextPart("Hi")),
                        .toolCall(ToolCall(id: "toolu_1", name: "w", arguments: "")),
                    ],
                    stop: .tool
                )
            ],
            usage: Usage(inputFresh: 10, cacheRead: 100, cacheWrite: 5, outputText: 2)
        )
        let body = GeminiDialect.body(of: completion, as: SpokeTesting.face)
        let (wrapped, unsigned) = ("cGFybGV5OmFudGhyb3BpYzpzaWduZWQ6OkFiQz09", "cGFybGV5OnVuc2lnbmVk")
        #expect(
            SpokeTesting.text(body)
                == #"{"candidates":[{"content":{"parts":[{"text":"hm","thought":true,"thoughtSignature":"\#(wrapped)"},"#
                + #"{"text":"Hi"},{"functionCall":{"id":"toolu_1","name":"w","args":{}},"thoughtSignature":"\#(unsigned)"}],"#
                + #""role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":115,"cachedContentTokenCount":100,"candidatesTokenCount":2,"#
                + #""totalTokenCount":117},"modelVersion":"fast","responseId":"seed1"}"#
        )
    }

    @Test func `a call whose arguments are no object ends the answer with Google's word for it`() {
        let call = ToolCall(id: "a", name: "w", arguments: "{")
        let completion = Completion(
            id: "",
            model: "",
            choices: [Completion.Choice(parts: [.toolCall(call)], stop: .tool)]
        )
        let body = JSONValue.object(GeminiDialect.body(of: completion, as: SpokeTesting.face))
        #expect(body["candidates"]?[0]?["finishReason"] == "MALFORMED_FUNCTION_CALL")
        #expect(body["candidates"]?[0]?["content"]?["parts"] == [])
    }

    @Test(arguments: [
        Reasoning("hm", signature: OpaqueValue(.anthropic, "a+/b:c==")),
        Reasoning("", redacted: OpaqueValue(.anthropic, "ÿ?>")),
        Reasoning("s", signature: OpaqueValue(.openai, "gAAA"), id: "rs_1"),
    ])
    func `another vendor's thinking comes back from a Gemini client`(reasoning: Reasoning) throws {
        let parts: [Part] = [.reasoning(reasoning), .text(TextPart("Hi"))]
        let completion = Completion(id: "", model: "", choices: [Completion.Choice(parts: parts, stop: .natural)])
        let body = JSONValue.object(GeminiDialect.body(of: completion, as: SpokeTesting.face))
        var content = try #require(body["candidates"]?[0]?["content"]?.object)
        for _ in 0..<2 {
            let request: JSONValue = ["contents": [["parts": [["text": "1"]]], .object(content)]]
            let json = String(decoding: JSONWriter.bytes(request), as: UTF8.self)
            #expect(try SpokeTesting.read(GeminiDialect.self, json, model: "m").conversation.turns[1].parts == parts)
            // Google's Python SDK writes base64 in the alphabet for addresses.
            var part = try #require(content["parts"]?[0]?.object)
            let signature = try #require(part["thoughtSignature"]?.string)
            part.set("thoughtSignature", to: .string(String(signature.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })))
            content.set("parts", to: [.object(part), ["text": "Hi"]])
        }
    }

    @Test(arguments: [
        (#"{"promptTokenCount":5}"#, Usage(inputFresh: 5)),
        (#"{"promptTokenCount":5,"cachedContentTokenCount":9}"#, Usage(inputFresh: 0, cacheRead: 9)),
        (#"{"promptTokenCount":0,"candidatesTokenCount":0}"#, Usage(inputFresh: 0, outputText: 0)),
        (
            #"{"promptTokenCount":-4,"candidatesTokenCount":9223372036854775807}"#,
            Usage(inputFresh: 0, outputText: 1 << 50)
        ),
    ])
    func `counts keep what was told apart from what was not`(json: String, usage: Usage) throws {
        #expect(try GeminiDialect.usage(of: .object(SpokeTesting.object(json))) == usage)
        #expect(GeminiDialect.usage(of: [:]) == nil && GeminiDialect.usage(of: "x") == nil)
    }
}

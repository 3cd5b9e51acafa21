import HTTPSemantics
import LLMTranslation
import Testing

@testable import LLMGateway

@Suite struct StreamGlanceTests {
    private func glance(_ event: String, _ format: WireFormat) -> StreamGlance {
        StreamGlance(bytes(event)[...], format)
    }

    @Test(arguments: WireFormat.allCases)
    func `the last event of an answer is its end, and no other`(format: WireFormat) {
        let events = StreamSamples.events(format)
        #expect(events.map { glance($0, format).isEnd } == events.indices.map { $0 == events.count - 1 })
    }

    @Test(arguments: WireFormat.allCases)
    func `the text and the counts are seen`(format: WireFormat) {
        let events = StreamSamples.events(format)
        #expect(events.map { glance($0, format).textBytes }.reduce(0, +) == 2)
        #expect(events.contains { glance($0, format).hasUsage })
        #expect(!events.contains { glance($0, format).mayFail })
    }

    @Test func `escapes count as the byte they stand for, and strings end where they end`() {
        let event = StreamSamples.sse(#"{"choices":[{"delta":{"content":"a\"b\\"}}],"x":"long long"}"#)
        #expect(glance(event, .openAIChat).textBytes == 4)
    }

    @Test func `what a text says about itself is no end, no error and no count`() {
        let content = #"[DONE] \"finishReason\":\"STOP\" \"done\":true \"error\":{} \"usage\":{} message_stop"#
        for format in [WireFormat.openAIChat, .gemini, .ollamaChat] {
            let glance = glance(#"data: {"message":{"content":"\#(content)"},"text":"\#(content)"}"#, format)
            #expect(!glance.isEnd && !glance.mayFail && !glance.hasUsage, "\(format)")
        }
    }

    @Test(arguments: [
        (
            WireFormat.ollamaChat,
            #"{"message":{"tool_calls":[{"function":{"name":"f","arguments":{"done":true}}}]},"done":false}"#, false
        ),
        (
            .ollamaChat,
            #"{"message":{"tool_calls":[{"function":{"name":"f","arguments":{"done":false}}}]},"done":true}"#, true
        ),
        (
            .gemini, #"data: {"candidates":[{"content":{"parts":[{"functionCall":{"args":{"finishReason":"x"}}}]}}]}"#,
            false
        ),
        (
            .gemini,
            #"data: {"candidates":[{"content":{"parts":[{"functionCall":{"args":{"finishReason":1}}}]},"finishReason":"STOP"}]}"#,
            true
        ),
    ])
    func `arguments of calls are not mistaken for the end`(format: WireFormat, event: String, isEnd: Bool) {
        #expect(glance(event, format).isEnd == isEnd)
    }

    @Test func `errors within answers are read`() {
        let event = #"data: {"error":{"message":"Out of memory","type":"server_error","code":null}}"#
        let found = glance(event, .openAIChat)
        #expect(found.mayFail)
        #expect(found.failure == ModelFailure(.server, "Out of memory", code: "server_error"))
        #expect(glance(#"data: {"error":"no memory"}"#, .openAIChat).failure?.message == "no memory")
        #expect(glance(#"data: {"error":null}"#, .openAIChat).failure == nil)
        let quoting = glance(#"data: {"error":"bad key sk-0123456789abcdef"}"#, .openAIChat)
        #expect(quoting.failure?.message.contains("0123456789") == false)
    }

    @Test(arguments: [
        (WireFormat.openAIChat, #"{"error":{"message":"m","code":429}}"#, ModelFailure.Kind.rateLimited),
        (.openAIChat, #"{"object":"error","message":"m","error":{"code":400}}"#, .invalidRequest),
        (.openAIResponses, #"{"type":"error","code":"rate_limit_exceeded","message":"m"}"#, .rateLimited),
        (.openAIResponses, #"{"type":"response.failed","response":{"error":{"code":"server_error"}}}"#, .server),
        (.anthropicMessages, #"{"type":"error","error":{"type":"overloaded_error","message":"m"}}"#, .overloaded),
        (.gemini, #"{"error":{"code":503,"status":"UNAVAILABLE","message":"m"}}"#, .overloaded),
        (.mistralChat, #"{"error":{"message":"m","type":"authentication_error"}}"#, .authentication),
    ])
    func `an error within an answer is of the sort that it says`(
        format: WireFormat,
        data: String,
        kind: ModelFailure.Kind
    ) {
        #expect(glance("data: \(data)\n\n", format).failure?.kind == kind)
    }

    @Test(arguments: [
        ("data: {}\n\n", "{}"), ("data:{}\r\n\r\n", "{}"), ("event: x\ndata: a\ndata: b\n\n", "a\nb"),
        ("{\"a\":1}\n", "{\"a\":1}\n"), ("data:\n\n", ""),
    ])
    func `data is what stands behind its name`(event: String, data: String) {
        #expect(text(StreamData.data(of: bytes(event)[...])) == data)
    }
}

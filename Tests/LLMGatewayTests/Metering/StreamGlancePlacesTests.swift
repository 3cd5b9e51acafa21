import LLMTranslation
import Testing

@testable import LLMGateway

/// What a caller has in its request, and a server repeats, must hide nothing.
@Suite struct StreamGlancePlacesTests {
    private func glance(_ data: String, _ format: WireFormat) -> StreamGlance {
        StreamGlance(bytes("data: \(data)\n\n")[...], format)
    }

    @Test(arguments: [
        (
            WireFormat.openAIResponses,
            #"{"type":"response.completed","response":{"prompt_cache_key":"usage","tools":[{"name":"usage"}],"usage":{"input_tokens":7,"output_tokens":3}}}"#
        ),
        (
            .openAIChat,
            #"{"choices":[{"delta":{"content":"\"usage\":null"}}],"x":"usage","usage" : {"prompt_tokens":7,"completion_tokens":3}}"#
        ),
        (
            .mistralChat,
            #"{"choices":[{"delta":{"tool_calls":[{"function":{"name":"usage"}}]}}],"usage":{"prompt_tokens":7,"completion_tokens":3}}"#
        ),
    ])
    func `counts are found behind whatever is called the same`(format: WireFormat, data: String) throws {
        let glance = glance(data, format)
        #expect(glance.hasUsage)
        let object = try #require(glance.object)
        let told = format.dialect.usage(of: UsagePlace.usage(in: object, of: format))
        let usage = try #require(told)
        #expect(usage.input == 7 && usage.output == 3)
    }

    @Test(arguments: [
        "event: message\ndata: [DONE]\n\n", "id: 1\nevent: x\ndata: [DONE]\r\n\r\n", ": a comment\ndata:[DONE]\n\n",
        "data: [DONE] \n\n",
    ])
    func `the end is the end whatever stands before it`(event: String) {
        #expect(StreamGlance(bytes(event)[...], .openAIChat).isEnd)
    }

    @Test func `an end is told by the type alone, wherever it stands`() {
        #expect(glance(#"{"x":"y","type":"message_stop"}"#, .anthropicMessages).isEnd)
        #expect(glance(#"{"response":{},"type":"response.completed"}"#, .openAIResponses).isEnd)
        #expect(!glance(#"{"type":"response.output_text.delta","delta":"response.completed"}"#, .openAIResponses).isEnd)
        #expect(!StreamGlance(bytes("data: [DONE]x\n\n")[...], .openAIChat).isEnd)
    }

    @Test func `a comment has no data`() {
        #expect(!StreamGlance(bytes(": PROCESSING\n\n")[...], .openAIChat).hasData)
        #expect(glance("{}", .openAIChat).hasData)
    }

    @Test func `an event that is an error itself is a failure`() {
        let found = glance(#"{"type":"error","code":"server_error","message":"gone"}"#, .openAIResponses).failure
        #expect(found == ModelFailure(.server, "gone", code: "server_error"))
    }
}

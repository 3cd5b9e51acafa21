import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct EarlyUsageTests {
    @Test func `what the first piece counts is in the beginning of Anthropic's message`() throws {
        let gemini =
            #"{"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{"promptTokenCount":7},"responseId":"r"}"#
        let chat =
            #"{"id":"c","choices":[{"index":0,"delta":{"content":"a"}}],"#
            + #""usage":{"prompt_tokens":7,"completion_tokens":0}}"#
        let message =
            #"{"type":"message_start","message":{"id":"m","content":[],"#
            + #""usage":{"input_tokens":7,"output_tokens":1}}}"#
        let streams: [(any Dialect.Type, String)] = [
            (GeminiDialect.self, gemini), (OpenAIChatDialect.self, chat), (AnthropicDialect.self, message),
        ]
        for (dialect, data) in streams {
            var (reader, writer) = (dialect.makeReader(), AnthropicDialect.makeWriter(as: SpokeTesting.face))
            var events: [StreamEvent] = []
            reader.feed(Array("data: \(data)\n\n".utf8)[...], into: &events)
            var output: [UInt8] = []
            for event in events { writer.write(event, into: &output) }
            let text = String(decoding: output, as: UTF8.self)
            let first = try #require(text.split(separator: "\n\n").first)
            #expect(first.hasPrefix("event: message_start\n") && first.contains("\"input_tokens\":7"), "\(first)")
            #expect(events.count { if case .usage = $0 { true } else { false } } == 1)
        }
    }
}

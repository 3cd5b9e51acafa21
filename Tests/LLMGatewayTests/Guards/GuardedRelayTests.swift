import Catalog
import ContentGuarding
import HTTPSemantics
import LLMTranslation
import Testing

@testable import LLMGateway

/// Guards on streams, from a provider's bytes to a client's.
@Suite struct GuardedRelayTests {
    private func relay(_ guards: [ContentGuard]) throws -> TranslatingRelay {
        TranslatingRelay(
            reader: WireFormat.openAIChat.dialect.makeReader(),
            writer: WireFormat.openAIChat.dialect.makeWriter(as: ModelShop.face),
            guards: try ContentRules(compiling: guards)
        )
    }

    private func piece(_ text: String, ends: Bool = false) -> String {
        let stop = ends ? #","finish_reason":"stop""# : ""
        return StreamSamples.sse(#"{"id":"c","choices":[{"index":0,"delta":{"content":"\#(text)"}\#(stop)}]}"#)
    }

    /// The text that a client puts together of a stream.
    private func said(_ stream: String) -> String {
        stream.split(separator: "\n\n").compactMap { event in
            (try? JSONParser.parse(bytes(String(event.dropFirst(6)))))?["choices"]?[0]?["delta"]?["content"]?.string
        }.joined()
    }

    private func output(_ stream: String, of relay: TranslatingRelay) -> String {
        var output: [UInt8] = []
        for byte in bytes(stream) { relay.feed([byte], into: &output) }
        relay.finish(into: &output)
        return text(output)
    }

    @Test func `texts in pieces come masked, with their end, and findings count`() throws {
        let relay = try relay([GuardSamples.rule(.format(.email))])
        let stream = piece("Ask ada@") + piece("example.com") + piece(" now", ends: true) + StreamSamples.sse("[DONE]")
        let found = output(stream, of: relay)
        #expect(said(found) == "Ask [email] now")
        #expect(found.hasSuffix("data: [DONE]\n\n") && relay.isComplete && relay.failure == nil)
        #expect(relay.findings.map(\.rule) == ["email"] && !relay.isWithheld)
    }

    @Test func `an answer that may not be passed on ends with an error, and only once`() throws {
        let relay = try relay([GuardSamples.rule(.format(.email), .refuse)])
        let stream = piece("Ask ada@") + piece("example.com ") + piece("now", ends: true) + StreamSamples.sse("[DONE]")
        let found = output(stream, of: relay)
        #expect(said(found) == "Ask ")
        #expect(found.ranges(of: "content_refused").count == 1 && !found.contains("example.com"))
        #expect(relay.isWithheld && !relay.isComplete && relay.failure?.code == "content_refused")
    }

    @Test func `what is refused only at the end of the stream is refused all the same`() throws {
        let relay = try relay([GuardSamples.rule(.format(.email), .refuse)])
        let found = output(piece("ada@example.com", ends: true) + StreamSamples.sse("[DONE]"), of: relay)
        #expect(found.ranges(of: "content_refused").count == 1 && !found.contains("example.com"))
        #expect(relay.isWithheld && !relay.isComplete)
    }

    @Test(arguments: [#"data: {"error":{"message":"broken","type":"server_error"}}"# + "\n\n", ""])
    func `a client hears of an end that both a guard and the provider brought about`(end: String) throws {
        let relay = try relay([GuardSamples.rule(.format(.email), .refuse)])
        let found = output(piece("Ask ada@example.com") + end, of: relay)
        #expect(!found.contains("example.com"))
        #expect(found.contains("\"error\""))
        #expect(relay.failure != nil && !relay.isComplete)
    }
}

import Catalog
import HTTPSemantics
import LLMTranslation
import Testing

@testable import LLMGateway

@Suite struct ConversationTaskTests {
    private let body = #"{ "unknown":[1,2.50], "model":"fast","messages":[{"role":"user","content":"é\u00e9 👋"}] }"#

    @Test func `a request to the same dialect passes untouched but for the model's name`() throws {
        let task = try ModelShop.conversation(.openAIChat, body)
        let request = try task.request(for: ModelShop.soleTarget(.openai))
        #expect(text(request.body) == body.replacing("\"fast\"", with: "\"theirs\""))
        #expect(request.isPassThrough && request.losses.isEmpty && !request.hidesUsage)
        #expect(text(request.path) == "/v1/chat/completions" && request.model == "theirs")
    }

    @Test func `a stream asks for the counts and hides them from a client that did not`() throws {
        let quiet = #"{"model":"fast","stream":true,"messages":[],"stream_options":{"x":1}}"#
        let request = try ModelShop.conversation(.openAIChat, quiet).request(for: ModelShop.soleTarget(.openai))
        #expect(request.hidesUsage)
        #expect(
            text(request.body)
                == #"{"model":"theirs","stream":true,"messages":[],"stream_options":{"x":1,"include_usage":true}}"#
        )
        let asking = #"{"model":"fast","stream":true,"messages":[],"stream_options":{"include_usage":true}}"#
        let asked = try ModelShop.conversation(.openAIChat, asking).request(for: ModelShop.soleTarget(.openai))
        #expect(!asked.hidesUsage && text(asked.body) == asking.replacing("\"fast\"", with: "\"theirs\""))
    }

    @Test func `a request to another dialect is translated`() throws {
        let task = try ModelShop.conversation(.openAIChat, body)
        let request = try task.request(for: ModelShop.soleTarget(.anthropic, limits: ModelLimits(output: 77)))
        #expect(!request.isPassThrough && text(request.path) == "/v1/messages")
        let object = try #require(try JSONParser.parse(request.body).object)
        #expect(object["model"] == "theirs" && object["max_tokens"] == 77)
        #expect(request.losses.map(\.field) == ["unknown"])
    }

    @Test func `another vendor's history is translated where it cannot be cut, even for the same dialect`() throws {
        let foreign =
            #"{"model":"fast","input":[{"type":"reasoning","summary":[],"encrypted_content":"anthropic:x"},"#
            + #"{"role":"user","content":"x"}]}"#
        #expect(
            try !ModelShop.conversation(.openAIResponses, foreign).request(for: ModelShop.soleTarget(.openai))
                .isPassThrough
        )
    }

    @Test func `whether an answer comes in pieces is as the dialect has it`() throws {
        #expect(try !ModelShop.conversation(.openAIChat, #"{"model":"fast"}"#).streams)
        #expect(try ModelShop.conversation(.ollamaChat, #"{"model":"fast"}"#).streams)
        #expect(try ModelShop.conversation(.ollamaChat, #"{"model":"fast","stream":null}"#).streams)
        #expect(try !ModelShop.conversation(.ollamaGenerate, #"{"model":"fast","stream":false}"#).streams)
        #expect(try ModelShop.conversation(.anthropicMessages, #"{"model":"fast","stream":true}"#).streams)
    }

    @Test(arguments: [
        (#"{"messages":[]}"#, "model"), (#"{"model":""}"#, "model"), (#"{"model":7}"#, "model"),
        (#"{"model":"fast","stream":"yes"}"#, "stream"),
    ])
    func `a request at fault names the field`(body: String, field: String) {
        let fault = #expect(throws: MalformedRequest.self) { try ModelShop.conversation(.openAIChat, body) }
        #expect(fault?.field == field)
    }

    @Test func `a path names the model where the dialect does so`() throws {
        let task = try ModelShop.conversation(.gemini, #"{"model":"other","contents":[]}"#)
        #expect(task.model == "fast" && !task.streams)
    }

    @Test func `a request that cannot be read is refused each time it is asked for`() throws {
        let task = try ModelShop.conversation(.openAIChat, #"{"model":"fast","messages":7}"#)
        for _ in 0..<2 {
            let fault = #expect(throws: MalformedRequest.self) { try task.conversation() }
            #expect(fault?.field == "messages")
        }
        let target = try ModelShop.soleTarget(.anthropic)
        #expect(throws: MalformedRequest.self) { try task.request(for: target) }
    }
}

import Catalog
import HTTPSemantics
import LLMTranslation
import Testing

@testable import LLMGateway

@Suite struct HistoryCutTests {
    private static func sent(_ format: WireFormat, _ body: String) throws -> ProviderRequest {
        let dialect: ModelDialect = format == .openAIChat ? .openai : .anthropic
        return try ModelShop.conversation(format, body).request(for: ModelShop.soleTarget(dialect))
    }

    private static func message(_ blocks: String) -> String {
        #"{"x":1.50,"model":"fast","messages":[{"role":"user","content":"q"},{"content":[\#(blocks)],"role":"assistant","y":2},{"role":"user","content":"r"}],"z":[1e3]}"#
    }

    @Test(arguments: [
        (
            #"{"type":"thinking","thinking":"t","signature":"gemini:QQ=="},{"type":"text","text":"a","u":0.10}"#,
            #"{"type":"text","text":"a","u":0.10}"#
        ),
        (#"{"type":"redacted_thinking","data":"openai:x"},{"type":"text","text":"a"}"#, #"{"type":"text","text":"a"}"#),
        (
            #"{"type":"thinking","thinking":"","signature":""},{"type":"text","text":"a"}"#,
            #"{"type":"text","text":"a"}"#
        ),
        (
            #"{"type":"tool_use","id":"1","name":"f","input":{"n":1.0},"extra_content":{"google":{}}}"#,
            #"{"type":"tool_use","id":"1","name":"f","input":{"n":1.0}}"#
        ),
        (
            #"{"type":"thinking","thinking":"t","signature":"Eq=="},{"type":"thinking","thinking":"u","signature":"parley:x"}"#,
            #"{"type":"thinking","thinking":"t","signature":"Eq=="}"#
        ),
    ])
    func `only what others have signed is taken out of a request of Anthropic's`(blocks: String, left: String) throws {
        let request = try Self.sent(.anthropicMessages, Self.message(blocks))
        #expect(request.isPassThrough && request.losses.isEmpty)
        #expect(text(request.body) == Self.message(left).replacing("\"fast\"", with: "\"theirs\""))
    }

    @Test func `a message in which nothing is left goes`() throws {
        let body = Self.message(#"{"type":"thinking","thinking":"t","signature":"gemini:QQ=="}"#)
        let request = try Self.sent(.anthropicMessages, body)
        #expect(
            text(request.body)
                == #"{"x":1.50,"model":"theirs","messages":[{"role":"user","content":"q"},{"role":"user","content":"r"}],"z":[1e3]}"#
        )
    }

    @Test(arguments: [
        #"{"type":"text","text":"\"signature\":\"gemini:x\""}"#,
        #"{"type":"tool_use","id":"1","name":"f","input":{"signature":"gemini:x","data":"openai:y","extra_content":1}}"#,
        #"{"type":"thinking","thinking":"t","signature":"anthropic:x"}"#,
    ])
    func `what only looks like it stays, byte for byte`(block: String) throws {
        let body = Self.message(block).replacing("1e3", with: #"{ "a" :1}"#)
        let request = try Self.sent(.anthropicMessages, body)
        #expect(request.isPassThrough && text(request.body) == body.replacing("\"fast\"", with: "\"theirs\""))
    }

    @Test func `a budget for thinking goes with the thinking that went before the last calls`() throws {
        let calls =
            #"{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"gemini:QQ=="},{"type":"tool_use","id":"1","name":"f","input":{}}]}"#
        let result = #"{"role":"user","content":[{"type":"tool_result","tool_use_id":"1","content":"x"}]}"#
        let body = { (tail: String) in
            #"{"model":"fast","thinking":{"type":"enabled","budget_tokens":1024},"context_management":{"edits":[{"type":"clear_thinking_20251015"},{"type":"clear_tool_uses_20250919"}]},"messages":[{"role":"user","content":"q"},\#(calls),\#(result)\#(tail)]}"#
        }
        let last = try Self.sent(.anthropicMessages, body(""))
        let object = try #require(try JSONParser.parse(last.body).object)
        #expect(object["thinking"] == ["type": "disabled"])
        #expect(object["context_management"] == ["edits": [["type": "clear_tool_uses_20250919"]]])
        #expect(last.losses.map(\.field) == ["thinking"])

        // A turn that has ended takes none of it.
        let ended = try Self.sent(
            .anthropicMessages,
            body(#",{"role":"assistant","content":"a"},{"role":"user","content":"r"}"#)
        )
        #expect(try JSONParser.parse(ended.body)["thinking"]?["type"] == "enabled" && ended.losses.isEmpty)
    }

    @Test func `thinking without a budget goes on`() throws {
        let body =
            #"{"model":"fast","thinking":{"type":"adaptive"},"messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"gemini:QQ=="},{"type":"tool_use","id":"1","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"1"}]}]}"#
        let request = try Self.sent(.anthropicMessages, body)
        #expect(try JSONParser.parse(request.body)["thinking"] == ["type": "adaptive"] && request.losses.isEmpty)
    }

    @Test(arguments: [
        (
            #""content":"a","reasoning_content":"t","reasoning_details":[{"type":"reasoning.text","format":"gemini"}]"#,
            #""content":"a""#
        ),
        (
            #""content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{}}}]"#,
            #""content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]"#
        ),
    ])
    func `what others have signed is taken out of a request of OpenAI's chat`(members: String, left: String) throws {
        let body = { (members: String, model: String) in
            #"{"prediction":{"n":1.0},"model":"\#(model)","messages":[{"role":"assistant",\#(members)}]}"#
        }
        let request = try Self.sent(.openAIChat, body(members, "fast"))
        #expect(request.isPassThrough && request.losses.isEmpty)
        #expect(text(request.body) == body(left, "theirs"))
    }

    @Test func `a body that cannot be read names itself`() throws {
        let body = Self.message(#"{"type":"tool_use","input":"\ud800","extra_content":1}"#)
        let fault = #expect(throws: MalformedRequest.self) { try Self.sent(.anthropicMessages, body) }
        #expect(fault?.message.contains("Unicode") == true)
    }
}

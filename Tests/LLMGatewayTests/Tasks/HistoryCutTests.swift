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

    private static func sent(_ format: WireFormat, _ body: String, elsewhere model: String) throws -> String {
        let dialect: ModelDialect = format == .openAIChat ? .openai : .anthropic
        let target = try ModelShop.soleTarget(dialect, at: "http://127.0.0.1/v1", calling: model)
        return try text(ModelShop.conversation(format, body).request(for: target).body)
    }

    @Test func `elsewhere unsigned thinking and white space go with what a foreign model has signed beside it`() throws
    {
        let call = #"{"type":"tool_use","id":"1","name":"f","input":{}"#
        let foreign =
            #"{"type":"thinking","thinking":"t","signature":""},{"type":"text","text":"\n"},\#(call),"extra_content":{"google":{}}}"#
        let body = Self.message(foreign).replacing(
            "{\"x\"",
            with: #"{"thinking":{"type":"enabled","budget_tokens":1024},"x""#
        )
        let results = body.replacing(#""content":"r""#, with: #""content":[{"type":"tool_result","tool_use_id":"1"}]"#)
        let sent = try Self.sent(.anthropicMessages, results, elsewhere: "m")
        #expect(sent.contains(#""content":[\#(call)}]"#) && sent.contains(#""thinking":{"type":"disabled"}"#))
        // A message of the server's own keeps its unsigned thinking.
        let own = Self.message(#"{"type":"thinking","thinking":"t","signature":""},\#(call)}"#)
        #expect(try Self.sent(.anthropicMessages, own, elsewhere: "m") == own.replacing("\"fast\"", with: "\"m\""))
    }

    @Test(arguments: [
        (
            #""content":"a","reasoning_content":"t","reasoning_details":[{"type":"reasoning.text","text":"t","format":"gemini"}]"#,
            #""content":"a""#
        ),
        (
            #""content":"a","reasoning_content":"tu","reasoning_details":[{"type":"reasoning.text","text":"t","format":"gemini"},{"type":"reasoning.text","text":"u"}]"#,
            #""content":"a","reasoning_content":"u""#
        ),
        (
            #""content":null,"reasoning_content":"t","reasoning_details":[{"format":"gemini"},{"format":"own-v1"}]"#,
            #""content":"","reasoning_details":[{"format":"own-v1"}]"#
        ),
        (
            #""content":"a","reasoning_content":"t","tool_calls":[{"id":"1","extra_content":{"google":{}}}]"#,
            #""content":"a","reasoning_content":"t","tool_calls":[{"id":"1"}]"#
        ),
    ])
    func `elsewhere the text goes with the signature, and what nobody has signed stays`(members: String, left: String)
        throws
    {
        let body = { (members: String, model: String) in
            #"{"model":"\#(model)","messages":[{"role":"assistant","content":null},{"role":"assistant",\#(members)}]}"#
        }
        #expect(try Self.sent(.openAIChat, body(members, "fast"), elsewhere: "m") == body(left, "m"))
    }

    @Test func `a server's own thinking, which nobody signs, keeps the budget that goes with it`() throws {
        let body =
            #"{"model":"fast","thinking":{"type":"enabled","budget_tokens":1024},"messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"gemini:x"},{"type":"text","text":"a"}]},{"role":"user","content":"q"},{"role":"assistant","content":[{"type":"thinking","thinking":"own","signature":""},{"type":"tool_use","id":"1","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"1"}]}]}"#
        let sent = try Self.sent(.anthropicMessages, body, elsewhere: "m")
        #expect(
            sent.contains(#""thinking":{"type":"enabled""#) && sent.contains(#""own""#) && !sent.contains("gemini:x")
        )
    }

    @Test(arguments: [
        "", #","content":null"#, #","content":[],"tool_calls":[]"#, #","content":null,"tool_calls":null"#,
        #","content":"""#,
    ])
    func `a message of OpenAI's chat in which nothing is left gets an empty text`(rest: String) throws {
        let body =
            #"{"model":"fast","messages":[{"role":"assistant","reasoning_details":[{"format":"gemini"}]\#(rest)}]}"#
        let sent = try text(Self.sent(.openAIChat, body).body)
        #expect(sent == #"{"model":"theirs","messages":[{"role":"assistant","content":""}]}"#)
    }

    @Test func `at OpenAI itself thinking goes without any mark, too`() throws {
        let body = { (model: String, thinking: String) in
            #"{"model":"\#(model)","messages":[{"role":"assistant","content":"a"\#(thinking)}]}"#
        }
        let thinking = #","reasoning_content":"t""#
        #expect(try text(Self.sent(.openAIChat, body("fast", thinking)).body) == body("theirs", ""))
        #expect(try Self.sent(.openAIChat, body("fast", thinking), elsewhere: "m") == body("m", thinking))
    }

    @Test func `at OpenAI itself no message keeps its thinking`() throws {
        let body = { (first: String, second: String, model: String) in
            #"{"model":"\#(model)","messages":[{"role":"assistant","content":"a"\#(first)},{"role":"assistant","content":"b"\#(second)}]}"#
        }
        let foreign = body(#","reasoning_content":"t""#, #","reasoning_details":null,"reasoning":"u""#, "fast")
        #expect(try text(Self.sent(.openAIChat, foreign).body) == body("", "", "theirs"))
    }

    @Test func `Google's server of OpenAI's dialect gets back what is Google's`() throws {
        let url = "https://generativelanguage.googleapis.com/v1beta/openai"
        let target = try ModelShop.soleTarget(.openai, at: url, calling: "gemini-3-pro")
        let body =
            #"{"model":"fast","messages":[{"role":"assistant","tool_calls":[{"id":"1","extra_content":{"google":{"thought_signature":"x"}}}]}]}"#
        let sent = try ModelShop.conversation(.openAIChat, body).request(for: target)
        #expect(text(sent.body) == body.replacing("fast", with: "gemini-3-pro"))
    }

    @Test func `where nothing is left to answer, the client is told`() throws {
        let body =
            #"{"model":"fast","messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"gemini:x"}]}]}"#
        let fault = #expect(throws: MalformedRequest.self) { try Self.sent(.anthropicMessages, body) }
        #expect(fault?.field == "messages")
    }

    @Test func `a body that cannot be read names itself`() throws {
        let body = Self.message(#"{"type":"tool_use","input":"\ud800","extra_content":1}"#)
        let fault = #expect(throws: MalformedRequest.self) { try Self.sent(.anthropicMessages, body) }
        #expect(fault?.message.contains("Unicode") == true)
    }
}

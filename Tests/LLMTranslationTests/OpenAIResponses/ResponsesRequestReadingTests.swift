import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct ResponsesRequestReadingTests {
    private func read(_ json: String, streams: Bool? = nil) throws -> (Conversation, [Loss]) {
        var losses: [Loss] = []
        let body = try ResponsesVectors.object(json)
        let conversation = try OpenAIResponsesDialect.conversation(
            of: body,
            model: nil,
            streams: streams,
            losses: &losses
        )
        return (conversation, losses)
    }

    @Test func `a request with nearly everything is read without loss`() throws {
        let (conversation, losses) = try read(ResponsesVectors.request)
        #expect(losses.isEmpty)
        #expect(conversation.model == "m")
        #expect(conversation.turns == Self.turns)
        #expect(conversation.tools.count == 2)
        guard case .function(let tool) = conversation.tools[0] else { throw MalformedAnswer("no function") }
        #expect(tool.name == "w" && tool.description == "d" && tool.isStrict == true)
        #expect(tool.parameters?["properties"]?["c"]?["type"] == "integer")
        #expect(conversation.tools[1] == .function(FunctionTool(name: "v")))
        #expect(conversation.toolChoice == .function("w"))
        #expect(conversation.allowsParallelCalls == false)
        #expect(conversation.output == .schema(OutputSchema(name: "n", schema: ["type": "object"], isStrict: true)))
        #expect(conversation.reasoning == ReasoningRequest(effort: .high, isShown: true))
        #expect(conversation.sampling.maximumOutput == 100)
        #expect(conversation.sampling.temperature?.text == Array("0.50".utf8))
        #expect(conversation.streams && conversation.endUser == "u" && conversation.promptCacheKey == "p")
        #expect(conversation.metadata == [Conversation.Label(name: "k", value: "v")])
    }

    private static let turns: [Turn] = [
        Turn(.system, text: "Be brief."),
        Turn(.user, text: "Hi"),
        Turn(
            .user,
            [
                .text(TextPart("Look")),
                .image(MediaPart(.base64(mediaType: "image/png", data: "AAAA"), detail: "low")),
                .image(MediaPart(.url("https://example.com/a.png"))),
                .document(MediaPart(.base64(mediaType: "application/pdf", data: "BBBB"), name: "a.pdf")),
                .document(MediaPart(.file("file-1"))),
            ]
        ),
        Turn(
            .assistant,
            [
                .reasoning(Reasoning("hm", signature: OpaqueValue(.openai, "rs_1#gAAA=="), id: "rs_1")),
                .text(TextPart("I look.")),
                .toolCall(ToolCall(id: "call_a", name: "w", arguments: "{\"c\":1}")),
                .toolCall(ToolCall(id: "call_b", name: "v", arguments: "{}")),
            ]
        ),
        Turn(
            .tool,
            [
                .toolResult(ToolResult(callID: "call_a", name: "w", content: [.text(TextPart("sunny"))])),
                .toolResult(
                    ToolResult(
                        callID: "call_b",
                        name: "v",
                        content: [
                            .text(TextPart("see")),
                            .image(MediaPart(.base64(mediaType: "image/jpeg", data: "CCCC"))),
                        ]
                    )
                ),
            ]
        ),
        Turn(.system, text: "Be kind."),
        Turn(.user, text: "And?"),
    ]

    @Test func `a text is a turn of the user, and the path's words win`() throws {
        let (conversation, losses) = try read(#"{"model":"m","input":"Hi","stream":false}"#, streams: true)
        #expect(conversation.turns == [Turn(.user, text: "Hi")] && conversation.streams && losses.isEmpty)
        var none: [Loss] = []
        let body = try ResponsesVectors.object(#"{"input":"Hi"}"#)
        let named = try OpenAIResponsesDialect.conversation(of: body, model: "n", streams: nil, losses: &none)
        #expect(named.model == "n" && !named.streams)
    }

    @Test(arguments: [
        (#""store":true"#, "store"), (#""background":true"#, "background"), (#""truncation":"auto""#, "truncation"),
        (#""service_tier":"flex""#, "service_tier"), (#""max_tool_calls":3"#, "max_tool_calls"),
        (#""text":{"verbosity":"low"}"#, "text.verbosity"), (#""include":["file_search_call.results"]"#, "include[0]"),
        (#""reasoning":{"summary":"concise"}"#, "reasoning.summary"),
        (#""reasoning":{"context":"all_turns"}"#, "reasoning.context"),
        (#""prompt_cache_retention":"24h""#, "prompt_cache_retention"), (#""brand_new":1"#, "brand_new"),
        (#""context_management":[{"type":"compaction"}]"#, "context_management"),
        (#""tool_choice":{"type":"web_search_preview"}"#, "tool_choice"),
        (#""user":"a","safety_identifier":"b""#, "user"),
        (#""tools":[{"type":"function","name":"f","defer_loading":true}]"#, "tools[0].defer_loading"),
        (#""moderation":{"model":"x"}"#, "moderation"),
    ])
    func `what no other dialect can say is named`(member: String, field: String) throws {
        let (_, losses) = try read("{\"model\":\"m\",\"input\":\"Hi\",\(member)}")
        #expect(losses.map(\.field) == [field])
    }

    @Test(arguments: [
        #""store":false,"background":false,"service_tier":"default""#, #""context_management":[],"moderation":null"#,
        #""top_logprobs":0,"text":{},"reasoning":{"context":"auto","mode":"standard"},"metadata":{}"#,
        #""tools":[{"type":"function","name":"f","defer_loading":false}]"#,
    ])
    func `what says nothing is no loss`(members: String) throws {
        #expect(try read("{\"model\":\"m\",\"input\":\"Hi\",\(members)}").1.isEmpty)
    }

    @Test(arguments: [
        (#"{"type":"web_search_call","id":"ws_1"}"#, "input[0]"),
        (#"{"type":"custom_tool_call","call_id":"c","name":"n","input":"i"}"#, "input[0]"),
        (#"{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}"#, "input[0].content[0]"),
        (#"{"role":"assistant","content":"x","phase":"commentary"}"#, "input[0].phase"),
        (
            #"{"role":"assistant","content":[{"type":"output_text","text":"x","annotations":[{}]}]}"#,
            "input[0].content[0].annotations"
        ),
    ])
    func `items and parts that have no place elsewhere are named`(item: String, field: String) throws {
        #expect(try read("{\"model\":\"m\",\"input\":[\(item)]}").1.map(\.field) == [field])
    }

    @Test(arguments: [
        (#"{"input":"x"}"#, "model"), (#"{"model":"m"}"#, "input"), (#"{"model":1,"input":"x"}"#, "model"),
        (#"{"model":"m","input":1}"#, "input"), (#"{"model":"m","input":["x"]}"#, "input[0]"),
        (#"{"model":"m","input":[{"content":"x"}]}"#, "input[0].type"),
        (#"{"model":"m","input":[{"role":"x","content":"x"}]}"#, "input[0].role"),
        (#"{"model":"m","input":[{"role":"user"}]}"#, "input[0].content"),
        (#"{"model":"m","input":[{"role":"user","content":[{"type":"input_text"}]}]}"#, "input[0].content[0].text"),
        (
            #"{"model":"m","input":[{"role":"user","content":[{"type":"input_image","image_url":"data:,x"}]}]}"#,
            "input[0].content[0].image_url"
        ),
        (
            #"{"model":"m","input":[{"role":"user","content":[{"type":"input_file"}]}]}"#,
            "input[0].content[0].file_data"
        ),
        (#"{"model":"m","input":[{"type":"function_call","name":"f","arguments":"{}"}]}"#, "input[0].call_id"),
        (#"{"model":"m","input":[{"type":"function_call_output","call_id":"c"}]}"#, "input[0].output"),
        (#"{"model":"m","input":"x","tools":[{"name":"f"}]}"#, "tools[0].type"),
        (#"{"model":"m","input":"x","tool_choice":"maybe"}"#, "tool_choice"),
        (#"{"model":"m","input":"x","text":{"format":{"type":"xml"}}}"#, "text.format.type"),
        (#"{"model":"m","input":"x","reasoning":{"effort":"huge"}}"#, "reasoning.effort"),
        (#"{"model":"m","input":"x","max_output_tokens":-1}"#, "max_output_tokens"),
        (#"{"model":"m","input":"x","metadata":{"k":1}}"#, "metadata.k"),
        (#"{"model":"m","input":"x","previous_response_id":"resp_1"}"#, "previous_response_id"),
        (#"{"model":"m","input":"x","conversation":{"id":"conv_1"}}"#, "conversation"),
        (#"{"model":"m","prompt":{"id":"pmpt_1"}}"#, "prompt"),
        (#"{"model":"m","input":[{"type":"item_reference","id":"msg_1"}]}"#, "input[0].type"),
        (#"{"model":"m","input":[{"id":"msg_1"}]}"#, "input[0].type"),
        (#"{"model":"m","input":[{"type":"compaction","encrypted_content":"x"}]}"#, "input[0].type"),
    ])
    func `a malformed request names the field`(json: String, field: String) throws {
        let fault = #expect(throws: MalformedRequest.self) { try read(json) }
        #expect(fault?.field == field)
    }

    @Test func `what OpenAI keeps is refused with the remedy`() {
        let fault = #expect(throws: MalformedRequest.self) {
            try read(#"{"model":"m","input":"x","previous_response_id":"resp_1"}"#)
        }
        #expect(fault?.message.contains("send the whole conversation in «input»") == true)
    }

    @Test func `allowed tools leave the others out`() throws {
        let tools = #""tools":[{"type":"function","name":"a"},{"type":"function","name":"b"},{"type":"web_search"}]"#
        let choice =
            #""tool_choice":{"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"b"}]}"#
        let (conversation, losses) = try read("{\"model\":\"m\",\"input\":\"x\",\(tools),\(choice)}")
        #expect(conversation.tools == [.function(FunctionTool(name: "b"))])
        #expect(conversation.toolChoice == .any && losses.isEmpty)
    }

    @Test func `allowed tools of OpenAI's own are known by type, name and server, as far as told`() throws {
        let tools = [
            #"{"type":"web_search"}"#, #"{"type":"mcp","server_label":"x"}"#, #"{"type":"mcp","server_label":"y"}"#,
            #"{"type":"custom","name":"c"}"#, #"{"type":"custom","name":"d"}"#, #"{"type":"function","name":"c"}"#,
        ]
        for (allowed, kept) in [
            (#"{"type":"mcp"}"#, [1, 2]), (#"{"type":"mcp","server_label":"y"}"#, [2]),
            (#"{"type":"custom","name":"d"},{"type":"web_search"}"#, [0, 4]), (#"{"name":"c"}"#, []),
            (#"{"type":"function"}"#, []), (#"{"type":"web_search","name":"z"}"#, []),
            (#"{"type":"function","name":"c","server_label":"x"}"#, [5]),
        ] {
            let list = tools.joined(separator: ",")
            let choice = #"{"type":"allowed_tools","mode":"auto","tools":[\#(allowed)]}"#
            let json = #"{"model":"m","input":"x","tools":[\#(list)],"tool_choice":\#(choice)}"#
            let all = try read(#"{"model":"m","input":"x","tools":[\#(list)]}"#).0.tools
            #expect(try read(json).0.tools == kept.map { all[$0] }, "\(allowed)")
        }
    }

    @Test(arguments: [
        ("DATA:image/PNG;name=a;base64,AA==", MediaPart.Source.base64(mediaType: "image/png", data: "AA==")),
        ("data:;base64,AA==", .base64(mediaType: "text/plain", data: "AA==")),
        ("https://x.test/data:,a", .url("https://x.test/data:,a")), ("dat", .url("dat")),
    ])
    func `an address is read as what it is`(url: String, source: MediaPart.Source) throws {
        let part = #"{"type":"input_image","image_url":"\#(url)"}"#
        let responses = try read(#"{"model":"m","input":[{"role":"user","content":[\#(part)]}]}"#).0
        #expect(responses.turns[0].parts == [.image(MediaPart(source))])
        let chat = #"{"type":"image_url","image_url":{"url":"\#(url)"}}"#
        let body = #"{"model":"m","messages":[{"role":"user","content":[\#(chat)]}]}"#
        #expect(try ChatTesting.read(OpenAIChatDialect.self, body).0.turns == responses.turns)
    }

    @Test func `a large picture is read, without the line breaks that some put into base64`() throws {
        let data = String(repeating: "QUJD", count: 1 << 18)
        let part = "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,\(data)\\r\\nQQ==\"}"
        let (conversation, _) = try read("{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[\(part)]}]}")
        let source = MediaPart.Source.base64(mediaType: "image/png", data: data + "QQ==")
        #expect(conversation.turns[0].parts == [.image(MediaPart(source))])
    }

    @Test func `marks for caches keep the lifetime that comes nearest`() throws {
        let (conversation, losses) = try read(
            #"""
            {"model":"m","input":[{"role":"user","content":[
            {"type":"input_text","text":"a","prompt_cache_breakpoint":{"mode":"explicit"}},
            {"type":"input_text","text":"b","prompt_cache_breakpoint":{"mode":"explicit","ttl":"12h"}}]}]}
            """#
        )
        #expect(losses.isEmpty)
        #expect(
            conversation.turns[0].parts == [
                .text(TextPart("a", cacheMark: "5m")), .text(TextPart("b", cacheMark: "1h")),
            ]
        )
    }
}

import Catalog
import HTTPSemantics
import LLMTranslation
import Testing

@testable import LLMGateway

@Suite struct CallBoundTests {
    private func bound(_ body: String, _ format: WireFormat = .openAIChat) throws -> CallBound {
        try CallBound(ModelShop.conversation(format, body), bodySize: body.utf8.count)
    }

    private func hello(_ members: String = "") -> String {
        #"{"model":"fast",\#(members)"messages":[{"role":"user","content":"Hi"}]}"#
    }

    @Test func `every byte of a text is a token at most`() throws {
        let target = try ModelShop.soleTarget(.openai)
        #expect(try bound(hello()).input(of: target) == hello().utf8.count)
    }

    @Test func `output is what the request says, or else what the model's limit says, or else unknown`() throws {
        let limited = try ModelShop.soleTarget(.openai, limits: ModelLimits(output: 4096))
        let unlimited = try ModelShop.soleTarget(.openai)
        let told = try bound(hello(#""max_tokens":50,"#))
        #expect(told.output(of: limited) == 50 && told.output(of: unlimited) == 50)
        #expect(try bound(hello()).output(of: limited) == 4096)
        #expect(try bound(hello()).output(of: unlimited) == nil)
    }

    @Test func `of several limits the greatest counts, since servers differ in which they read`() throws {
        let target = try ModelShop.soleTarget(.openai)
        for members in [#""max_tokens":5,"max_completion_tokens":70,"#, #""max_completion_tokens":5,"max_tokens":70,"#]
        {
            #expect(try bound(hello(members)).output(of: target) == 70)
        }
    }

    @Test func `several answers need as much each, and no number is too large`() throws {
        let target = try ModelShop.soleTarget(.openai, limits: ModelLimits(output: 100))
        #expect(try bound(hello(#""n":3,"#)).output(of: target) == 300)
        let huge = try bound(hello(#""n":3,"max_tokens":9223372036854775807,"#))
        #expect(huge.output(of: target) == .max)
        #expect(CallBound.sum(9, .max) == .max && CallBound.sum(9, 1) == 10)
    }

    /// Tokens that one picture counts at a vendor, as docs/models.md tells them.
    private static let pictures: [(vendor: ModelDialect, tokens: Int)] = [
        (.anthropic, 5_000), (.openai, 50_000), (.gemini, 50_000), (.mistral, 50_000), (.ollama, 50_000),
    ]

    @Test func `every vendor has a number for pictures`() {
        #expect(Set(Self.pictures.map(\.vendor)) == Set(ModelDialect.allCases))
    }

    @Test(arguments: pictures)
    func `a picture counts as a picture, not by its bytes, within results of calls too`(
        vendor: ModelDialect,
        tokens: Int
    ) throws {
        let data = String(repeating: "QUJD", count: 50_000)
        let picture = #"{"type":"image","source":{"type":"base64","media_type":"image/png","data":"\#(data)"}}"#
        let target = try ModelShop.soleTarget(vendor)
        let plain = #"{"model":"fast","max_tokens":9,"messages":[{"role":"user","content":[\#(picture)]}]}"#
        let result =
            #"{"model":"fast","max_tokens":9,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","#
            + #""name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","#
            + #""content":[\#(picture),\#(picture)]}]}]}"#
        for (body, count) in [(plain, 1), (result, 2)] {
            let words = body.utf8.count - count * data.utf8.count
            #expect(try bound(body, .anthropicMessages).input(of: target) == words + count * tokens)
        }
    }

    @Test(arguments: pictures)
    func `a picture that is only referred to counts as one too, whatever the context`(
        vendor: ModelDialect,
        tokens: Int
    ) throws {
        for source in [#"{"type":"url","url":"https://example.org/a.png"}"#, #"{"type":"file","file_id":"file_1"}"#] {
            let body =
                #"{"model":"fast","max_tokens":9,"messages":[{"role":"user","content":[{"type":"image","source":"#
                + source + "}]}]}"
            let bound = try bound(body, .anthropicMessages)
            for limits in [ModelLimits(), ModelLimits(context: 2_000_000)] {
                let target = try ModelShop.soleTarget(vendor, limits: limits)
                #expect(bound.input(of: target) == body.utf8.count + tokens)
            }
        }
    }

    @Test(arguments: [
        (#"{"type":"base64","media_type":"application/pdf","data":"QUJDQUJD"}"#, 100_000),
        (#"{"type":"text","media_type":"text/plain","data":"QUJDQUJD"}"#, nil),
    ])
    func `a document of pages is as long as the model's context, one of text as its bytes`(
        source: String,
        tokens: Int?
    ) throws {
        let body =
            #"{"model":"fast","max_tokens":9,"messages":[{"role":"user","content":[{"type":"document","source":"#
            + source + "}]}]}"
        let target = try ModelShop.soleTarget(.openai, limits: ModelLimits(context: 100_000))
        #expect(try bound(body, .anthropicMessages).input(of: target) == tokens ?? body.utf8.count)
    }

    @Test(arguments: [
        #""tools":[{"type":"advisor_20260301","name":"a"}]"#, #""tools":[{"type":"Web_search_20250305","name":"w"}]"#,
        #""tools":[{"name":"a","type" : "unheard_of"}]"#,
    ])
    func `a tool that nobody knows may read as much as the context holds, however it is written`(tools: String) throws {
        let target = try ModelShop.soleTarget(.anthropic, limits: ModelLimits(context: 100_000))
        for content in ["h", "\\u0068"] {
            let body =
                #"{"model":"fast","max_tokens":9,"messages":[{"role":"user","content":"\#(content)"}],\#(tools)}"#
            #expect(try bound(body, .anthropicMessages).input(of: target) == 100_000)
        }
    }

    @Test(arguments: [#"{"type":"url","url":"https://example.org/a.pdf"}"#, #"{"type":"file","file_id":"file_1"}"#])
    func `a document that is only referred to is as long as the model's context, or as the request`(
        source: String
    ) throws {
        let body =
            #"{"model":"fast","max_tokens":9,"messages":[{"role":"user","content":[{"type":"document","source":"#
            + source + "}]}]}"
        let bound = try bound(body, .anthropicMessages)
        #expect(try bound.input(of: ModelShop.soleTarget(.anthropic)) == nil)
        let long = ModelLimits(context: 200_000)
        #expect(try bound.input(of: ModelShop.soleTarget(.anthropic, limits: long)) == 200_000)
        let short = ModelLimits(context: 10)
        #expect(try bound.input(of: ModelShop.soleTarget(.anthropic, limits: short)) == body.utf8.count)
    }

    @Test func `a request that cannot be read has no bound`() {
        let fault = #expect(throws: MalformedRequest.self) {
            try bound(#"{"model":"fast","image":1,"max_tokens":9,"messages":7}"#)
        }
        #expect(fault?.field == "messages")
    }
}

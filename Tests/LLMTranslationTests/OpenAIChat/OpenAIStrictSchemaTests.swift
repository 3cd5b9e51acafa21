import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct OpenAIStrictSchemaTests {
    private static let closed =
        #"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}"#

    private func written(_ schema: String, to dialect: any Dialect.Type) throws -> JSONValue? {
        let asked = #"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"}],"output_config":{"#
        let body = asked + #""format":{"type":"json_schema","schema":\#(schema)}}}"#
        let (conversation, losses) = try AnthropicSample.read(body)
        #expect(losses.isEmpty)
        var lost: [Loss] = []
        let request = try dialect.body(of: conversation, for: ProviderProfile(), losses: &lost)
        return request["response_format"]?["json_schema"]?["strict"] ?? request["text"]?["format"]?["strict"]
    }

    @Test(arguments: [
        closed, #"{"type":"object","properties":{},"required":[],"additionalProperties":false,"title":"T"}"#,
        #"""
        {"type":"object","properties":{"a":{"anyOf":[{"type":"null"},{"$ref":"#/$defs/A"}]},"b":{"type":"array",
        "items":{"type":["string","null"],"enum":["x",null]}}},"required":["b","a"],"additionalProperties":false,
        "$defs":{"A":{"type":"object","properties":{},"additionalProperties":false}}}
        """#,
    ])
    func `a schema that Anthropic guarantees is strict elsewhere too`(schema: String) throws {
        for dialect in [OpenAIChatDialect.self, OpenAIResponsesDialect.self, MistralDialect.self]
            as [any Dialect.Type]
        {
            #expect(try written(schema, to: dialect) == true)
        }
    }

    @Test func `a schema that Gemini guarantees is strict elsewhere too`() throws {
        let config = #"{"responseMimeType":"application/json","responseJsonSchema":\#(Self.closed)}"#
        let body = #"{"contents":[{"parts":[{"text":"q"}]}],"generationConfig":\#(config)}"#
        var losses: [Loss] = []
        let object = try ChatTesting.object(body)
        let read = try GeminiDialect.conversation(of: object, model: "m", streams: nil, losses: &losses)
        let (request, _) = try ChatTesting.write(OpenAIChatDialect.self, read)
        #expect(request["response_format"]?["json_schema"]?["strict"] == true)
    }

    @Test(arguments: [
        #"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}"#,
        #"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
        #"{"type":"object","additionalProperties":false}"#, #"{"type":"object"}"#,
        #"{"type":"array","items":\#(closed)}"#,
        #"{"anyOf":[\#(closed)]}"#,
        closed.replacing(#""type":"string""#, with: #""type":"string","minLength":1"#),
        closed.replacing(#""type":"string""#, with: #""allOf":[]"#), closed.replacing(#""type":"string""#, with: ""),
        closed.replacing(#""type":"string""#, with: #""type":"array""#),
        closed.replacing(#""type":"string""#, with: ##""$ref":"#","description":"d""##),
        closed.replacing(#""type":"string""#, with: #""type":["object","null"]"#),
        (0..<10).reduce(closed) { inner, _ in closed.replacing(#"{"type":"string"}"#, with: inner) },
    ])
    func `a schema that OpenAI would refuse so is only asked for`(schema: String) throws {
        #expect(try written(schema, to: OpenAIChatDialect.self) == nil)
    }
}

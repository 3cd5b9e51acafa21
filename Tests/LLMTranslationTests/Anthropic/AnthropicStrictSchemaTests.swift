import HTTPSemantics
import LLMTranslation
import Testing

struct AnthropicStrictSchemaTests {
    /// Schemas, and what Anthropic's own SDK makes of them, with the keywords that are lost.
    private static let schemas: [(schema: String, expected: String, lost: String?)] = [
        (
            #"{"type":"integer","minimum":1,"maximum":10,"description":"A number"}"#,
            #"{"type":"integer","description":"A number\n\n{minimum: 1, maximum: 10}"}"#, "minimum, maximum"
        ),
        (
            #"{"type":"string","minLength":2,"pattern":"a+","format":"email"}"#,
            #"{"type":"string","format":"email","description":"{minLength: 2, pattern: a+}"}"#, "minLength, pattern"
        ),
        (
            #"{"type":"array","items":{"type":"number","multipleOf":2},"minItems":2,"maxItems":3}"#,
            #"{"type":"array","items":{"type":"number","description":"{multipleOf: 2}"},"description":"{minItems: 2, maxItems: 3}"}"#,
            "multipleOf, minItems, maxItems"
        ),
        (
            #"{"type":"array","items":{"type":"null"},"minItems":1}"#,
            #"{"type":"array","items":{"type":"null"},"minItems":1}"#, nil
        ),
        (#"{"oneOf":[{"type":"string"},{"const":1}]}"#, #"{"anyOf":[{"type":"string"},{"const":1}]}"#, nil),
        (
            #"{"type":["string","null"],"format":"color","default":"x"}"#,
            #"{"type":["string","null"],"description":"{format: color, default: x}"}"#, "format"
        ),
        (
            ##"{"$schema":"s","$defs":{"a":{"type":"object"}},"$ref":"#/$defs/a"}"##,
            ##"{"$defs":{"a":{"type":"object","additionalProperties":false}},"$ref":"#/$defs/a"}"##, nil
        ),
        (
            #"{"type":"object","properties":{"minimum":{"type":"string","enum":["a"]}},"required":["minimum"],"additionalProperties":{"type":"string"}}"#,
            #"{"type":"object","properties":{"minimum":{"type":"string","enum":["a"]}},"required":["minimum"],"additionalProperties":false}"#,
            "additionalProperties"
        ),
    ]

    @Test(arguments: schemas.indices)
    func `the schema of an answer holds only what Anthropic takes`(index: Int) throws {
        let (schema, expected, lost) = Self.schemas[index]
        let conversation = AnthropicSample.hello {
            $0.output = .schema(
                OutputSchema(schema: (try? AnthropicSample.object(schema)).map { .object($0) } ?? .null)
            )
        }
        let (body, losses) = try AnthropicSample.write(conversation)
        let sent = try #require(body["output_config"]?["format"]?["schema"])
        #expect(String(decoding: JSONWriter.bytes(sent), as: UTF8.self) == expected)
        #expect(losses.map(\.field) == (lost == nil ? [] : ["response_format"]))
        if let lost { #expect(losses.first?.reason.contains(" \(lost);") == true) }
    }

    @Test func `a strict tool is narrowed, any other is not`() throws {
        let schema = try AnthropicSample.object(#"{"type":"object","properties":{"n":{"type":"integer","minimum":1}}}"#)
        let conversation = AnthropicSample.hello {
            $0.tools = [
                .function(FunctionTool(name: "a", parameters: schema)),
                .function(FunctionTool(name: "b", parameters: schema, isStrict: true)),
            ]
        }
        let (body, losses) = try AnthropicSample.write(conversation)
        #expect(body["tools"]?[0]?["input_schema"] == .object(schema))
        #expect(body["tools"]?[1]?["input_schema"]?["additionalProperties"] == false)
        #expect(body["tools"]?[1]?["input_schema"]?["properties"]?["n"]?["minimum"] == nil)
        #expect(losses.map(\.field) == ["tools[1]"])
    }
}

import HTTPSemantics
import JSONSchemaChecking
import Testing

struct RefusalTests {
    @Test(arguments: [
        (#"{"unevaluatedProperties": false}"#, "unevaluatedProperties", "additionalProperties"),
        (#"{"unevaluatedItems": false}"#, "unevaluatedItems", "items"),
        (#"{"$anchor": "a"}"#, "$anchor", "#/$defs/NAME"),
        (##"{"$dynamicRef": "#a"}"##, "$dynamicRef", "#/$defs/NAME"),
        (#"{"$dynamicAnchor": "a"}"#, "$dynamicAnchor", "$ref"),
        (#"{"nullable": true}"#, "nullable", "null"),
        (#"{"additionalItems": false}"#, "additionalItems", "prefixItems"),
        (#"{"dependencies": {}}"#, "dependencies", "dependentRequired"),
        (#"{"requried": []}"#, "requried", "take it out"),
        (#"{"contentSchema": {}}"#, "contentSchema", "take it out"), (#"{"X-note": 1}"#, "X-note", "x-"),
        (#"{"$vocabulary": {}}"#, "$vocabulary", "take it out"), (#"{"Type": "string"}"#, "Type", "take it out"),
        (#"{"discriminator": {}}"#, "discriminator", "take it out"),
    ])
    func `a keyword that would not be checked is refused with a remedy`(
        schema: String,
        keyword: String,
        remedy: String
    ) throws {
        for (text, place) in [(schema, ""), (#"{"$defs": {"a/b": {"items": \#(schema)}}}"#, "/$defs/a~1b/items")] {
            let fault = try #require(try Sample.refusal(text))
            #expect(fault.place == place)
            #expect(fault.keyword == keyword)
            #expect(fault.message == "is not checked")
            #expect(fault.remedy.contains(remedy), "\(fault.remedy)")
        }
    }

    @Test func `annotations and notes are taken and ask for nothing`() throws {
        let schema = #"""
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/a", "$comment": "c",
             "title": "t", "description": "d", "default": 1, "examples": [1], "format": "date", "deprecated": true,
             "readOnly": true, "writeOnly": false, "contentEncoding": "base64", "contentMediaType": "image/png",
             "x-note": {"unevaluatedItems": 1}, "properties": {"$id": {"title": "a member of that name"}}}
            """#
        for value in ["1", "\"x\"", #"{"$id": 3}"#] { #expect(try Sample.fits(value, schema)) }
    }

    @Test func `an id within the schema would move its references and is refused`() throws {
        let fault = try Sample.refusal(#"{"items": {"$id": "https://example.com/b"}}"#)
        #expect(fault?.keyword == "$id")
        #expect(fault?.place == "/items")
    }

    @Test(arguments: [
        (#"{"type": "float"}"#, "type"), (#"{"type": []}"#, "type"), (#"{"type": ["string", 1]}"#, "type"),
        (#"{"type": null}"#, "type"), (#"{"enum": []}"#, "enum"), (#"{"enum": "a"}"#, "enum"),
        (#"{"minimum": "1"}"#, "minimum"),
        (#"{"exclusiveMinimum": true}"#, "exclusiveMinimum"), (#"{"maximum": 1e100001}"#, "maximum"),
        (#"{"exclusiveMaximum": 1e-99999999999999999999}"#, "exclusiveMaximum"), (#"{"multipleOf": 0}"#, "multipleOf"),
        (#"{"multipleOf": -0.0}"#, "multipleOf"), (#"{"multipleOf": -1}"#, "multipleOf"),
        (#"{"multipleOf": 1234567890123456789}"#, "multipleOf"), (#"{"minLength": -1}"#, "minLength"),
        (#"{"maxLength": 1.5}"#, "maxLength"), (#"{"maxLength": 1e30}"#, "maxLength"),
        (#"{"minItems": "1"}"#, "minItems"),
        (#"{"maxItems": null}"#, "maxItems"), (#"{"uniqueItems": 1}"#, "uniqueItems"), (#"{"pattern": 1}"#, "pattern"),
        (#"{"minProperties": []}"#, "minProperties"), (#"{"maxProperties": {}}"#, "maxProperties"),
        (#"{"required": "a"}"#, "required"), (#"{"required": [1]}"#, "required"), (#"{"required": true}"#, "required"),
        (#"{"properties": []}"#, "properties"), (#"{"patternProperties": 1}"#, "patternProperties"),
        (#"{"dependentRequired": {"a": "b"}}"#, "dependentRequired"),
        (#"{"dependentSchemas": []}"#, "dependentSchemas"),
        (#"{"allOf": []}"#, "allOf"), (#"{"anyOf": {}}"#, "anyOf"), (#"{"oneOf": true}"#, "oneOf"),
        (#"{"items": [true]}"#, "items"), (#"{"prefixItems": {}}"#, "prefixItems"),
        (#"{"prefixItems": []}"#, "prefixItems"),
        (#"{"minContains": 1}"#, "minContains"), (#"{"maxContains": 1}"#, "maxContains"), (#"{"then": {}}"#, "then"),
        (#"{"else": {}}"#, "else"), (#"{"contains": {}, "maxContains": -1}"#, "maxContains"),
        (#"{"$defs": []}"#, "$defs"),
        (#"{"$ref": 1}"#, "$ref"), (#"{"$ref": "other.json"}"#, "$ref"),
        (#"{"$ref": "https://example.com/a#/b"}"#, "$ref"),
        (##"{"$ref": "#name"}"##, "$ref"), (#"{"$ref": ""}"#, "$ref"), (##"{"$ref": "#/$defs/none"}"##, "$ref"),
        (##"{"$ref": "#/$defs/a~2", "$defs": {"a~2": {}}}"##, "$ref"), (##"{"$ref": "#/$defs", "$defs": {}}"##, "$ref"),
        (##"{"$ref": "#/examples/0", "examples": [{}]}"##, "$ref"), (##"{"$ref": "#/enum/0", "enum": [{}]}"##, "$ref"),
    ])
    func `a keyword with a value that it cannot have is refused`(schema: String, keyword: String) throws {
        let fault = try #require(try Sample.refusal(schema))
        #expect(fault.keyword == keyword)
        #expect(fault.place.isEmpty)
        #expect(!fault.message.isEmpty && !fault.remedy.isEmpty)
    }

    @Test(arguments: [
        ("1", ""), ("null", ""), ("\"string\"", ""), ("[]", ""), (#"{"not": 1}"#, "/not"),
        (#"{"items": null}"#, "/items"),
        (#"{"properties": {"a": []}}"#, "/properties/a"), (#"{"anyOf": [true, "a"]}"#, "/anyOf/1"),
        (#"{"additionalProperties": "no"}"#, "/additionalProperties"), (#"{"$defs": {"a": 1}}"#, "/$defs/a"),
    ])
    func `what is no schema is refused with its place`(schema: String, place: String) throws {
        let fault = try #require(try Sample.refusal(schema))
        #expect(fault.place == place)
        #expect(fault.keyword == "")
        #expect(fault.message == "is no schema")
    }

    @Test(arguments: [
        (#"{"minimum": 1, "minimum": 2}"#, "", ""),
        (#"{"items": {"properties": {"a": {}, "a": {}}}}"#, "/items", "properties"),
        (#"{"$defs": {"a": {"type": "null", "type": "string"}}}"#, "/$defs/a", ""),
    ])
    func `a name that stands twice is refused`(schema: String, place: String, keyword: String) throws {
        let fault = try #require(try Sample.refusal(schema))
        #expect(fault.place == place)
        #expect(fault.keyword == keyword)
        #expect(fault.message.hasSuffix("twice"))
    }

    @Test func `the summary is one sentence`() throws {
        let nested = try #require(try Sample.refusal(#"{"properties": {"n": {"minimum": "1"}}}"#))
        #expect(nested.summary == "minimum at /properties/n of the schema must be a number; write one such as 0 or 0.5")
        let whole = try #require(try Sample.refusal("1"))
        #expect(whole.summary == "what stands outermost in the schema is no schema; write an object, true or false")
    }
}

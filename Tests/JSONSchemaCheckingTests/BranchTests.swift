import JSONSchemaChecking
import Testing

struct BranchTests {
    @Test func `allOf tells what is wrong with each`() throws {
        let schema = #"{"allOf": [{"minimum": 3}, {"multipleOf": 2}, {"minimum": 3}]}"#
        #expect(try Sample.fits("4", schema))
        #expect(
            try Sample.faults("1", schema) == ["the value must be at least 3", "the value must be a multiple of 2"]
        )
    }

    @Test func `anyOf wants one of several`() throws {
        let schema = #"{"anyOf": [{"minimum": 3}, {"multipleOf": 2}]}"#
        for value in ["3", "2", "4"] { #expect(try Sample.fits(value, schema)) }
        #expect(try Sample.faults("1", schema) == ["the value must fit at least one of 2 alternatives"])
    }

    @Test func `oneOf wants exactly one of several`() throws {
        let schema = #"{"oneOf": [{"minimum": 3}, {"type": "string"}, {"multipleOf": 2}]}"#
        for value in ["3", "2"] { #expect(try Sample.fits(value, schema)) }
        #expect(
            try Sample.faults("4", schema)
                == ["the value must fit exactly one of 3 alternatives, and fits number 1 and number 3"]
        )
        #expect(try Sample.faults("1", schema) == ["the value must fit exactly one of 3 alternatives"])
        // No minimum and no divisor is for strings, so a string fits all three.
        #expect(try !Sample.fits("\"a\"", schema))
    }

    @Test(arguments: ["anyOf", "oneOf"])
    func `if one alternative only is for the type of the value, its faults are told`(keyword: String) throws {
        let schema = ##"""
            {"properties": {"a": {"\##(keyword)": [{"type": "null"}, {"$ref": "#/$defs/line"}, {"enum": ["x", true]}]}},
             "$defs": {"line": {"type": "object", "required": ["price"], "properties": {"n": {"type": "integer"}}}}}
            """##
        #expect(
            try Sample.faults(#"{"a": {"n": 1.5}}"#, schema) == [
                "/a must have the member price", "/a/n must be a whole number",
            ]
        )
        #expect(try Sample.faults(#"{"a": "y"}"#, schema) == [#"/a must be one of "x" or true"#])
        #expect(try #require(try Sample.faults(#"{"a": 3}"#, schema).first).hasSuffix("one of 3 alternatives"))
    }

    @Test func `not turns an answer round`() throws {
        let schema = #"{"not": {"type": "integer"}}"#
        #expect(try Sample.fits("1.5", schema))
        #expect(try Sample.faults("1.0", schema) == ["the value must not fit the schema under not"])
        #expect(try Sample.fits("1", #"{"not": {"not": {"type": "integer"}}}"#))
        #expect(try !Sample.fits("1", #"{"not": {}}"#))
    }

    @Test(arguments: [
        (#"{"k": "a", "n": 1}"#, true), (#"{"k": "a"}"#, false), (#"{"k": "b"}"#, false),
        (#"{"k": "b", "m": 1}"#, true),
    ])
    func `if chooses between then and else`(value: String, fits: Bool) throws {
        let schema = #"""
            {"if": {"properties": {"k": {"const": "a"}}}, "then": {"required": ["n"]}, "else": {"required": ["m"]}}
            """#
        #expect(try Sample.fits(value, schema) == fits)
    }

    @Test func `if without a branch asks for nothing`() throws {
        #expect(try Sample.fits("1", #"{"if": false}"#))
        #expect(try Sample.fits("1", #"{"if": false, "then": false}"#))
        #expect(try Sample.fits("1", #"{"if": true, "else": false}"#))
        #expect(try !Sample.fits("1", #"{"if": true, "then": false}"#))
    }

    @Test func `what is only tried leaves no fault behind`() throws {
        let schema = #"{"anyOf": [{"items": {"type": "null"}}, {"items": {"type": "integer"}}], "if": {"minItems": 5}}"#
        #expect(try Sample.fits("[1, 2]", schema))
        let mixed =
            #"{"not": {"items": {"type": "string"}}, "contains": {"properties": {"a": {"type": "null"}}, "type": "object"}}"#
        #expect(try Sample.fits(#"[1, {"a": 1}, {"a": null}]"#, mixed))
    }
}

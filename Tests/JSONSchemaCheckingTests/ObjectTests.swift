import JSONSchemaChecking
import Testing

struct ObjectTests {
    @Test func `members fit the schemas of their names`() throws {
        let schema = #"{"properties": {"a": {"type": "string"}, "b": {"minimum": 2}, "c": false}}"#
        #expect(try Sample.fits(#"{"a": "x", "b": 2, "d": 1}"#, schema))
        #expect(try Sample.fits("{}", schema))
        #expect(
            try Sample.faults(#"{"c": 1, "b": 1, "a": 1}"#, schema)
                == ["/c must not be there", "/b must be at least 2", "/a must be a string"]
        )
    }

    @Test func `names are told apart by code points`() throws {
        let schema = "{\"properties\": {\"é\": {\"type\": \"string\"}}, \"additionalProperties\": false}"
        #expect(try Sample.fits("{\"é\": \"\"}", schema))
        #expect(try !Sample.fits("{\"e\u{301}\": \"\"}", schema))
        #expect(try !Sample.fits("{\"e\u{301}\": 1}", "{\"required\": [\"é\"]}"))
    }

    @Test func `required members must be there`() throws {
        let schema = #"{"required": ["total", "due date", ""]}"#
        #expect(try Sample.fits(#"{"total": null, "due date": null, "": 0}"#, schema))
        #expect(
            try Sample.faults(#"{"Total": 1}"#, schema) == [
                "the value must have the member total", #"the value must have the member "due date""#,
                #"the value must have the member """#,
            ]
        )
        let mismatch = try Sample.schema(schema).mismatches(of: Sample.value(#"{"due date": 1, "": 2}"#)).first
        #expect(mismatch?.place == "")
        #expect(mismatch?.keyword == "required")
    }

    @Test func `additionalProperties is for members that are neither named nor matched`() throws {
        let schema = #"""
            {"properties": {"a": true, "x-b": {"type": "string"}}, "patternProperties": {"^x-": {"maxLength": 2}},
             "additionalProperties": {"type": "integer"}}
            """#
        #expect(try Sample.fits(#"{"a": [], "x-b": "ab", "x-c": "ab", "other": 1}"#, schema))
        #expect(
            try Sample.faults(#"{"x-b": "abc", "x-c": "abc", "x-d": 1, "other": "1"}"#, schema) == [
                "/x-b must have at most 2 characters", "/x-c must have at most 2 characters",
                "/other must be a whole number",
            ]
        )
    }

    @Test func `additionalProperties looks at its own neighbours only`() throws {
        let schema = #"{"allOf": [{"properties": {"a": true}}], "additionalProperties": false}"#
        #expect(try Sample.faults(#"{"a": 1}"#, schema) == ["/a must not be there"])
    }

    @Test func `a member may match several patterns and has to fit them all`() throws {
        let schema = #"{"patternProperties": {"a": {"minimum": 2}, "b": {"maximum": 3}}}"#
        #expect(try Sample.fits(#"{"ab": 2, "c": 9}"#, schema))
        #expect(
            try Sample.faults(#"{"ab": 1, "ba": 4}"#, schema) == ["/ab must be at least 2", "/ba must be at most 3"]
        )
    }

    @Test func `names of members fit propertyNames`() throws {
        let schema = #"{"propertyNames": {"pattern": "^[a-z]+$", "maxLength": 3}}"#
        #expect(try Sample.fits(#"{"abc": 1}"#, schema))
        #expect(
            try Sample.faults(#"{"ab": 1, "ABC": 2, "abcd": 3}"#, schema) == [
                "/ABC has a name that must match the regular expression ^[a-z]+$",
                "/abcd has a name that must have at most 3 characters",
            ]
        )
        #expect(try !Sample.fits(#"{"a": 1}"#, #"{"propertyNames": false}"#))
        #expect(try Sample.fits("{}", #"{"propertyNames": false}"#))
        #expect(try !Sample.fits(#"{"a": 1}"#, #"{"not": {"not": {"propertyNames": {"minLength": 2}}}}"#))
    }

    @Test(arguments: [(0, false), (1, true), (2, true), (3, false)])
    func `the number of members is bounded`(count: Int, fits: Bool) throws {
        let value = "{" + (0..<count).map { "\"m\($0)\": 0" }.joined(separator: ",") + "}"
        #expect(try Sample.fits(value, #"{"minProperties": 1, "maxProperties": 2}"#) == fits)
    }

    @Test func `a member can need others`() throws {
        let schema = #"{"dependentRequired": {"card": ["name", "zip"], "zip": [], "none": ["x"]}}"#
        #expect(try Sample.fits(#"{"name": 1}"#, schema))
        #expect(try Sample.fits(#"{"card": 1, "name": 1, "zip": 1}"#, schema))
        #expect(
            try Sample.faults(#"{"card": 1, "name": 1}"#, schema)
                == ["the value must have the member zip, since it has card"]
        )
    }

    @Test func `a member can bring a schema for the whole object`() throws {
        let schema =
            #"{"dependentSchemas": {"card": {"required": ["name"], "properties": {"n": {"type": "null"}}}, "no": false}}"#
        #expect(try Sample.fits(#"{"n": 1}"#, schema))
        #expect(
            try Sample.faults(#"{"card": 1, "n": 1}"#, schema)
                == ["the value must have the member name", "/n must be null"]
        )
        #expect(try !Sample.fits(#"{"no": 1}"#, schema))
    }

    @Test func `keywords for objects say nothing of what is none`() throws {
        let schema = #"""
            {"properties": {"0": false}, "required": ["a"], "additionalProperties": false, "minProperties": 9,
             "propertyNames": false, "dependentRequired": {"a": ["b"]}, "patternProperties": {"a": false}}
            """#
        for value in ["[1]", "\"a\"", "1", "null", "true"] { #expect(try Sample.fits(value, schema)) }
    }

    @Test func `an object of many members is checked like a small one`() throws {
        let members = (0..<500).map { "\"m\($0)\": \($0)" }.joined(separator: ",")
        let schema = #"{"properties": {"m499": {"maximum": 498}}, "required": ["m0", "m500"]}"#
        #expect(
            try Sample.faults("{\(members)}", schema)
                == ["the value must have the member m500", "/m499 must be at most 498"]
        )
    }
}

import JSONSchemaChecking
import Testing

struct ReferenceTests {
    @Test(arguments: [
        ("#/$defs/a", "a"), ("#/definitions/a", "a"), ("#/$defs/a~1b", "a/b"), ("#/$defs/a~0b", "a~b"),
        ("#/$defs/a~01b", "a~1b"), ("#/$defs/a%25b", "a%b"), ("#/$defs/a%20b", "a b"), ("#/$defs/%C3%A9", "é"),
        ("#/%24defs/a", "a"), ("#/$defs/a%7E1b", "a/b"), ("#/$defs/a%2Fb/not", nil), ("#/$defs/", ""),
        ("#/$defs/a b", "a b"),
    ])
    func `a reference leads to a place in the schema`(reference: String, name: String?) throws {
        let defs = name.map { #""\#($0)": {"type": "integer"}"# } ?? #""a": {"properties": {}}, "b": {}"#
        let root = reference.contains("definitions") ? "definitions" : "$defs"
        let schema = #"{"properties": {"v": {"$ref": "\#(reference)"}}, "\#(root)": {\#(defs)}}"#
        guard name != nil else {
            #expect(try Sample.refusal(schema)?.keyword == "$ref")
            return
        }
        #expect(try Sample.fits(#"{"v": 1}"#, schema))
        #expect(try Sample.faults(#"{"v": "1"}"#, schema) == ["/v must be a whole number"])
    }

    @Test func `a reference may lead into any schema of the document`() throws {
        let schema =
            ##"{"properties": {"a": {"allOf": [true, {"type": "null"}]}, "b": {"$ref": "#/properties/a/allOf/1"}}}"##
        #expect(try Sample.faults(#"{"b": 1}"#, schema) == ["/b must be null"])
    }

    @Test func `what stands beside a reference holds too`() throws {
        let schema = ##"{"$ref": "#/$defs/a", "minimum": 3, "$defs": {"a": {"type": "integer"}}}"##
        #expect(
            try Sample.faults("1.5", schema) == ["the value must be a whole number", "the value must be at least 3"]
        )
    }

    private static let tree = ##"""
        {"type": "object", "required": ["name"], "additionalProperties": false,
         "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#"}}}}
        """##

    @Test func `a schema may contain itself`() throws {
        #expect(
            try Sample.fits(#"{"name": "a", "children": [{"name": "b", "children": []}, {"name": "c"}]}"#, Self.tree)
        )
        let faults = try Sample.faults(
            #"{"name": "a", "children": [{"name": 1, "children": [{"x": 1}]}, 5]}"#,
            Self.tree
        )
        #expect(
            faults == [
                "/children/0/name must be a string", "/children/0/children/0 must have the member name",
                "/children/0/children/0/x must not be there", "/children/1 must be an object",
            ]
        )
    }

    @Test func `two schemas may contain each other`() throws {
        let schema = ##"""
            {"$ref": "#/$defs/even", "$defs": {
             "even": {"maxItems": 1, "items": {"$ref": "#/$defs/odd"}},
             "odd": {"minItems": 1, "maxItems": 1, "items": {"$ref": "#/$defs/even"}}}}
            """##
        for value in ["[]", "[[[]]]", "[[[[[]]]]]"] { #expect(try Sample.fits(value, schema)) }
        #expect(try Sample.faults("[[[[]]]]", schema) == ["/0/0/0 must have at least 1 element"])
        #expect(try Sample.faults("[[[], 1]]", schema) == ["/0 must have at most 1 element"])
    }

    @Test(arguments: [
        (##"{"$ref": "#"}"##, ""),
        (##"{"$defs": {"a": {"$ref": "#/$defs/a"}}}"##, "/$defs/a"),
        (##"{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}"##, "/$defs/b"),
        (
            ##"{"properties": {"x": {"allOf": [{"anyOf": [{"$ref": "#/properties/x"}]}]}}}"##,
            "/properties/x/allOf/0/anyOf/0"
        ),
        (##"{"not": {"$ref": "#"}}"##, "/not"), (##"{"if": {"$ref": "#"}, "then": true}"##, "/if"),
        (##"{"if": true, "else": {"$ref": "#"}}"##, "/else"), (##"{"oneOf": [true, {"$ref": "#"}]}"##, "/oneOf/1"),
        (##"{"dependentSchemas": {"a": {"$ref": "#"}}}"##, "/dependentSchemas/a"),
        (##"{"$ref": "#/$defs/p/allOf/0", "$defs": {"p": {"allOf": [{"$ref": "#/$defs/p"}]}}}"##, "/$defs/p/allOf/0"),
    ])
    func `a loop that goes into no member or element is refused`(schema: String, place: String) throws {
        let fault = try #require(try Sample.refusal(schema))
        #expect(fault.keyword == "$ref")
        #expect(fault.place == place)
        #expect(fault.message.contains("back to itself"))
    }

    @Test func `a long chain of references is refused and a shorter one is not`() throws {
        let chain = { (length: Int) in
            let links = (0..<length).map { ##""d\##($0)": {"$ref": "#/$defs/d\##($0 + 1)"}"## }.joined(separator: ",")
            return ##"{"$defs": {\##(links), "d\##(length)": {"type": "null"}}, "$ref": "#/$defs/d0"}"##
        }
        #expect(try Sample.fits("null", chain(60)))
        #expect(try !Sample.fits("1", chain(60)))
        #expect(try Sample.refusal(chain(200))?.message.contains("chain") == true)
    }
}

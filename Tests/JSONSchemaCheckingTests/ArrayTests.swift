import HTTPSemantics
import JSONSchemaChecking
import Testing

struct ArrayTests {
    @Test func `items is for all elements`() throws {
        let schema = #"{"items": {"type": "integer"}}"#
        #expect(try Sample.fits("[]", schema))
        #expect(try Sample.fits("[1, 2.0]", schema))
        #expect(
            try Sample.faults("[1, \"a\", 1.5]", schema) == ["/1 must be a whole number", "/2 must be a whole number"]
        )
    }

    @Test func `prefixItems is for the first elements and items for the rest`() throws {
        let schema = #"{"prefixItems": [{"type": "string"}, true], "items": {"type": "null"}}"#
        for value in ["[]", "[\"a\"]", "[\"a\", 1]", "[\"a\", 1, null, null]"] {
            #expect(try Sample.fits(value, schema))
        }
        #expect(try Sample.faults("[1, 1, 1]", schema) == ["/0 must be a string", "/2 must be null"])
        #expect(try Sample.fits("[\"a\", 1, 1]", #"{"prefixItems": [true]}"#))
        #expect(try Sample.faults("[1, 2]", #"{"prefixItems": [true], "items": false}"#) == ["/1 must not be there"])
    }

    @Test(arguments: [
        ("[]", nil, nil, false), ("[1, 9]", nil, nil, true), ("[1, 9]", 2, nil, false), ("[8, 9]", 2, nil, true),
        ("[1]", 0, nil, true), ("[9, 9, 9]", nil, 2, false), ("[9, 1, 9]", nil, 2, true), ("[1]", 0, 0, true),
        ("[9]", 0, 0, false), ("[9, 9]", 2, 1, false), ("[1]", nil, 2, false), ("{}", nil, nil, true),
    ])
    func `contains counts the elements that fit`(value: String, least: Int?, most: Int?, fits: Bool) throws {
        let bounds = (least.map { ", \"minContains\": \($0)" } ?? "") + (most.map { ", \"maxContains\": \($0)" } ?? "")
        #expect(try Sample.fits(value, #"{"contains": {"minimum": 5}\#(bounds)}"#) == fits)
    }

    @Test func `contains says how many there must be`() throws {
        let schema = #"{"contains": {"minimum": 5}, "minContains": 2, "maxContains": 2}"#
        #expect(
            try Sample.faults("[5]", schema)
                == ["the value must have at least 2 elements that fit the schema under contains"]
        )
        #expect(try Sample.schema(schema).mismatches(of: [5, 5, 5]).map(\.keyword) == ["maxContains"])
        #expect(try Sample.schema(#"{"contains": false}"#).mismatches(of: [5]).map(\.keyword) == ["contains"])
    }

    @Test(arguments: [(1, false), (2, true), (3, true), (4, false)])
    func `the number of elements is bounded`(count: Int, fits: Bool) throws {
        let value = "[" + (0..<count).map(String.init).joined(separator: ",") + "]"
        #expect(try Sample.fits(value, #"{"minItems": 2, "maxItems": 3}"#) == fits)
    }

    @Test(arguments: [
        ("[]", true), ("[1, 2]", true), ("[1, 1.0]", false), ("[100, 1e2]", false), ("[0, -0]", false),
        ("[1, true]", true),
        ("[0, false, null, \"\", [], {}]", true), ("[\"1\", 1]", true), ("[[1], [1.0]]", false),
        ("[[1, 2], [2, 1]]", true),
        ("[{\"a\": 1, \"b\": 2}, {\"b\": 2.0, \"a\": 1}]", false), ("[{\"a\": 1}, {\"a\": 1, \"b\": 1}]", true),
        ("[\"a\", \"\\u0061\"]", false), ("[\"é\", \"e\u{301}\"]", true), ("[[[]], [[[]]]]", true), ("[1, -1]", true),
        ("[\"1\\\"x\", \"1\", \"x\"]", true), ("[9007199254740993, 9007199254740992]", true),
        ("[1e99999999999999999999, 1e99999999999999999999]", false),
    ])
    func `uniqueItems tells values apart by what they mean`(value: String, fits: Bool) throws {
        #expect(try Sample.fits(value, #"{"uniqueItems": true}"#) == fits)
        #expect(try Sample.fits(value, #"{"uniqueItems": false}"#))
    }

    @Test func `each repeated element is named`() throws {
        #expect(
            try Sample.faults("[1, 2, 1, 1.0]", #"{"uniqueItems": true}"#) == [
                "/2 must not be the same as element 0, counted from 0",
                "/3 must not be the same as element 0, counted from 0",
            ]
        )
    }

    @Test func `keywords for arrays say nothing of what is none`() throws {
        let schema = #"{"items": false, "prefixItems": [false], "minItems": 9, "contains": false, "uniqueItems": true}"#
        for value in ["{\"0\": 1}", "\"a\"", "1", "null", "true"] { #expect(try Sample.fits(value, schema)) }
    }
}

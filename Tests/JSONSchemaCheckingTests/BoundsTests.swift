import HTTPSemantics
import JSONSchemaChecking
import Testing

struct BoundsTests {
    private static let tooLarge = ["the value is too large to be checked"]

    /// A schema that is applied twice by the one before it, thirty times over.
    private static let doubling: String = {
        let links = (0..<30).map {
            ##""d\##($0)": {"allOf": [{"$ref": "#/$defs/d\##($0 + 1)"}, {"$ref": "#/$defs/d\##($0 + 1)"}]}"##
        }
        return #""$defs": {\#(links.joined(separator: ",")), "d30": {"type": "null"}}"#
    }()

    @Test(arguments: [
        ##""$ref": "#/$defs/d0""##, ##""not": {"$ref": "#/$defs/d0"}"##, ##""anyOf": [{"$ref": "#/$defs/d0"}, true]"##,
        ##""if": {"$ref": "#/$defs/d0"}"##, ##""oneOf": [{"$ref": "#/$defs/d0"}, false]"##,
        ##""not": {"not": {"$ref": "#/$defs/d0"}}"##,
    ])
    func `work that doubles at every step ends, and its answer is a refusal`(keyword: String) throws {
        #expect(try Sample.faults("null", "{\(keyword), \(Self.doubling)}") == Self.tooLarge)
        let below = #"{"items": {\#(keyword)}, "contains": {\#(keyword)}, \#(Self.doubling)}"#
        #expect(try Sample.faults("[null, null]", below) == Self.tooLarge)
    }

    @Test func `a schema may nest 64 deep`() throws {
        let nested = { (depth: Int) in
            String(repeating: #"{"items": "#, count: depth - 1) + "{}" + String(repeating: "}", count: depth - 1)
        }
        #expect(try Sample.refusal(nested(64)) == nil)
        let fault = try #require(try Sample.refusal(nested(65)))
        #expect(fault.message == "is nested too deeply")
        #expect(fault.place == String(repeating: "/items", count: 64))
    }

    @Test func `a value that nests deep is checked to its end`() throws {
        let deep = { (depth: Int, leaf: String) in
            String(repeating: #"{"next": "#, count: depth) + leaf + String(repeating: "}", count: depth)
        }
        let schema = ##"{"type": ["object", "null"], "properties": {"next": {"$ref": "#"}}}"##
        #expect(try Sample.fits(deep(256, "null"), schema))
        let faults = try Sample.schema(schema).mismatches(of: Sample.value(deep(256, "1")))
        #expect(faults.map(\.place) == [String(repeating: "/next", count: 256)])
        #expect(try Sample.faults(deep(511, "1"), schema) == Self.tooLarge)
    }

    @Test func `a value that nests deeper than any parser reads is not checked`() throws {
        var value: JSONValue = []
        for _ in 0..<600 { value = [value] }
        #expect(try Sample.schema("true").mismatches(of: value).map(\.summary) == Self.tooLarge)
    }

    @Test func `a value of many elements is checked, of too many it is not`() throws {
        let schema = try Sample.schema(#"{"items": {"type": "integer"}}"#)
        let elements = [JSONValue](repeating: 1, count: 400_000)
        #expect(schema.mismatches(of: .array(elements)).isEmpty)
        #expect(schema.mismatches(of: .array(elements + elements + elements)).map(\.summary) == Self.tooLarge)
    }

    @Test func `large values to be compared count as work`() throws {
        let text = String(repeating: "a", count: 200_000)
        let same = (0..<100).map { "\"\(text)\($0)\"" }.joined(separator: ",")
        let schema = try Sample.schema(#"{"items": {"enum": [\#(same)]}}"#)
        let value = JSONValue.array(Array(repeating: .string(text), count: 10_000))
        #expect(schema.mismatches(of: value).map(\.summary) == Self.tooLarge)
    }

    @Test func `large arrays and objects to be compared count as work`() throws {
        let list = "[" + Array(repeating: "true", count: 50_000).joined(separator: ",")
        let schema = try Sample.schema(#"{"items": {"enum": [\#(list), false], \#(list), null]]}}"#)
        let elements = JSONValue.array(Array(repeating: true, count: 50_001))
        #expect(schema.mismatches(of: [elements]).map(\.keyword) == ["enum"])
        let copies = JSONValue.array(Array(repeating: elements, count: 15))
        #expect(schema.mismatches(of: copies).map(\.summary) == Self.tooLarge)
    }

    @Test func `too many schemas and too many expressions are refused`() throws {
        let many = (0..<10_000).map { #""m\#($0)": true"# }.joined(separator: ",")
        #expect(try Sample.refusal(#"{"properties": {\#(many)}}"#)?.message == "is one schema too many")
        let patterns = { (count: Int) in
            (0..<count).map { #""^\#($0)$": {"pattern": "^same$"}"# }.joined(separator: ",")
        }
        #expect(try Sample.refusal(#"{"patternProperties": {\#(patterns(99))}}"#) == nil)
        #expect(
            try Sample.refusal(#"{"patternProperties": {\#(patterns(100))}}"#)?.message == "is one expression too many"
        )
    }

    @Test func `a schema that is too large as a whole is refused`() throws {
        let values = JSONValue.array(Array(repeating: 1, count: 200_000))
        #expect(throws: JSONSchemaFault.self) { try JSONSchema(["examples": values]) }
        var deep: JSONValue = []
        for _ in 0..<600 { deep = [deep] }
        #expect(throws: JSONSchemaFault.self) { try JSONSchema(["const": deep]) }
        let long = String(repeating: "7", count: 1_025)
        #expect(try Sample.refusal(#"{"minimum": \#(long)}"#)?.message == "has a number that is too long")
    }
}

import JSONSchemaChecking
import Testing

struct MismatchOrderTests {
    private static let schema = #"""
        {"allOf": [{"properties": {"z": {"type": "string"}, "lines": {"minItems": 3}}}], "required": ["total"],
         "properties": {"a": {"type": "null"},
         "lines": {"items": {"properties": {"price": {"type": "number"}}, "required": ["name"]}}}}
        """#
    private static let value = #"{"lines": [{"price": "1"}, {"name": 1, "price": null}], "a": 1, "z": 2}"#
    private static let faults = [
        "the value must have the member total", "/lines must have at least 3 elements",
        "/lines/0 must have the member name",
        "/lines/0/price must be a number", "/lines/1/price must be a number", "/a must be null", "/z must be a string",
    ]

    @Test func `faults come in the order of the document`() throws {
        #expect(try Sample.faults(Self.value, Self.schema) == Self.faults)
    }

    @Test(arguments: 1...8)
    func `the first faults are those that are kept`(limit: Int) throws {
        #expect(try Sample.faults(Self.value, Self.schema, limit: limit) == Array(Self.faults.prefix(limit)))
    }

    @Test(arguments: [0, -1, Int.min])
    func `a limit of nothing still tells that something is wrong`(limit: Int) throws {
        #expect(try Sample.faults(Self.value, Self.schema, limit: limit) == Array(Self.faults.prefix(1)))
    }

    @Test func `no more than 1,000 are kept`() throws {
        let value = "[" + Array(repeating: "0", count: 3_000).joined(separator: ",") + "]"
        let faults = try Sample.faults(value, #"{"items": false}"#, limit: .max)
        #expect(faults.count == 1_000)
        #expect(faults.last == "/999 must not be there")
        #expect(try Sample.faults(value, #"{"items": false}"#).count == 16)
    }

    @Test func `places are JSON pointers`() throws {
        let schema = #"{"additionalProperties": {"additionalProperties": {"type": "null"}}}"#
        let mismatches = try Sample.schema(schema).mismatches(
            of: Sample.value(#"{"a/b": {"c~d": 1}, "": {"": 1}, "é": {"0": 1}}"#)
        )
        #expect(mismatches.map(\.place) == ["/a~1b/c~0d", "//", "/é/0"])
    }

    @Test func `a fault that two schemas find is told once`() throws {
        let schema =
            ##"{"allOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}], "$defs": {"a": {"required": ["x"]}}}"##
        #expect(try Sample.faults("{}", schema) == ["the value must have the member x"])
    }
}

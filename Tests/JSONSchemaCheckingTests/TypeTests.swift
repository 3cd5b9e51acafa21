import JSONSchemaChecking
import Testing

struct TypeTests {
    private static let values = [
        "null": "null", "boolean": "false", "string": "\"\"", "array": "[]", "object": "{}", "number": "0.5",
    ]

    @Test(arguments: values.keys.sorted())
    func `a value is of its own type and of no other`(type: String) throws {
        for (other, value) in Self.values {
            #expect(try Sample.fits(value, #"{"type": "\#(type)"}"#) == (type == other), "\(value)")
        }
    }

    @Test(arguments: [
        "0", "-7", "1.0", "1e0", "-0", "-0.0", "10e-1", "1.50e1", "1e999999999", "0e-99999999999999999999",
    ])
    func `a number without a fraction is an integer however it is written`(number: String) throws {
        #expect(try Sample.fits(number, #"{"type": "integer"}"#))
        #expect(try Sample.fits(number, #"{"type": "number"}"#))
    }

    @Test(arguments: ["0.5", "1.5e0", "15e-1", "1e-999999999", "-1e-99999999999999999999", "1.00000000000000000001"])
    func `a number with a fraction is no integer`(number: String) throws {
        #expect(try !Sample.fits(number, #"{"type": "integer"}"#))
        #expect(try Sample.fits(number, #"{"type": "number"}"#))
    }

    @Test func `a list of types allows any of them`() throws {
        let schema = #"{"type": ["string", "null", "integer"]}"#
        for value in ["\"a\"", "null", "3"] { #expect(try Sample.fits(value, schema)) }
        #expect(try Sample.faults("3.5", schema) == ["the value must be a string, a whole number or null"])
    }

    @Test(arguments: [
        ("string", "a string"), ("integer", "a whole number"), ("number", "a number"), ("boolean", "true or false"),
        ("object", "an object"), ("null", "null"),
    ])
    func `a message says what the value must be`(type: String, words: String) throws {
        let mismatches = try Sample.schema(#"{"type": "\#(type)"}"#).mismatches(of: Sample.value("[]"))
        #expect(mismatches.map(\.message) == ["must be \(words)"])
        #expect(mismatches.map(\.keyword) == ["type"])
        #expect(mismatches.map(\.place) == [""])
    }

    @Test func `true allows everything and false nothing`() throws {
        for value in ["null", "1", "[{}]"] {
            #expect(try Sample.fits(value, "true"))
            #expect(try Sample.fits(value, "{}"))
            #expect(try Sample.faults(value, "false") == ["the value cannot fit, since the schema allows nothing"])
        }
    }
}

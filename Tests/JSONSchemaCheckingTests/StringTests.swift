import HTTPSemantics
import JSONSchemaChecking
import Testing

struct StringTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 2), ("👍", 1), ("👍🏽", 2), ("👨‍👩‍👧", 5), ("日本語", 3), ("\r\n", 2), ("🇩🇪", 2),
    ])
    func `length counts code points`(text: String, length: Int) throws {
        let schema = { (name: String, limit: Int) in try Sample.schema(#"{"\#(name)": \#(limit)}"#) }
        #expect(try schema("minLength", length).mismatches(of: .string(text)).isEmpty)
        #expect(try schema("maxLength", length).mismatches(of: .string(text)).isEmpty)
        #expect(try !schema("minLength", length + 1).mismatches(of: .string(text)).isEmpty)
        if length > 0 { #expect(try !schema("maxLength", length - 1).mismatches(of: .string(text)).isEmpty) }
    }

    @Test func `an escaped pair of surrogates is one character`() throws {
        #expect(try Sample.fits(#""\ud83d\udc4d""#, #"{"minLength": 1, "maxLength": 1}"#))
    }

    @Test func `a pattern is looked for anywhere`() throws {
        let schema = #"{"pattern": "b+"}"#
        #expect(try Sample.fits("\"abbc\"", schema))
        #expect(try Sample.faults("\"ac\"", schema) == ["the value must match the regular expression b+"])
        #expect(try Sample.fits("12", schema))
    }

    @Test func `lengths and patterns say nothing of what is no string`() throws {
        let schema = #"{"minLength": 5, "maxLength": 1, "pattern": "^a$"}"#
        for value in ["1", "null", "[\"b\"]", "{\"b\": \"b\"}", "true"] { #expect(try Sample.fits(value, schema)) }
    }

    @Test func `messages count in plain words`() throws {
        #expect(try Sample.faults("\"\"", #"{"minLength": 1}"#) == ["the value must have at least 1 character"])
        #expect(try Sample.faults("\"abc\"", #"{"maxLength": 2.0}"#) == ["the value must have at most 2 characters"])
    }

    @Test func `a format is a note and is not checked`() throws {
        #expect(try Sample.fits("\"no address\"", #"{"type": "string", "format": "email"}"#))
    }
}

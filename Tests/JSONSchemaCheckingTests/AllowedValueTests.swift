import JSONSchemaChecking
import Testing

struct AllowedValueTests {
    @Test(arguments: [
        ("1", "1.0"), ("1", "1e0"), ("100", "1e2"), ("0", "-0"), ("0.0", "-0e5"), ("0.1", "1e-1"),
        ("[1, {\"a\": 2}]", "[1.0, {\"a\": 2.0}]"), ("{\"a\": 1, \"b\": null}", "{\"b\": null, \"a\": 1}"),
        ("\"\\u0041\"", "\"A\""), ("123456789012345678901234567890", "1234567890123456789012345678900e-1"),
        ("1e99999999999999999999999", "1e99999999999999999999999"), ("\"/\"", "\"\\/\""),
    ])
    func `the same value written differently is the same`(one: String, other: String) throws {
        #expect(try Sample.fits(one, #"{"const": \#(other)}"#))
        #expect(try Sample.fits(other, #"{"const": \#(one)}"#))
        #expect(try Sample.fits(one, #"{"enum": ["else", \#(other)]}"#))
    }

    @Test(arguments: [
        ("1", "true"), ("0", "false"), ("0", "null"), ("\"1\"", "1"), ("[]", "{}"), ("[1, 2]", "[2, 1]"),
        ("[1]", "[1, 1]"),
        ("{\"a\": 1}", "{\"a\": 1, \"b\": 1}"), ("{\"a\": 1}", "{\"b\": 1}"), ("\"\"", "null"), ("1", "-1"),
        ("[[]]", "[{}]"),
        ("9007199254740993", "9007199254740992"), ("1", "1.0000000000000000000000001"), ("\"é\"", "\"e\u{301}\""),
        ("{\"é\": 1}", "{\"e\u{301}\": 1}"), ("\"a\"", "\"A\""), ("[true]", "[1]"),
    ])
    func `values that mean something else are different`(one: String, other: String) throws {
        #expect(try !Sample.fits(one, #"{"const": \#(other)}"#))
        #expect(try !Sample.fits(other, #"{"enum": [\#(one)]}"#))
    }

    @Test func `the message lists what is allowed`() throws {
        #expect(try Sample.faults("0", #"{"const": {"a": [1]}}"#) == [#"the value must be {"a":[1]}"#])
        #expect(try Sample.faults("0", #"{"enum": ["a", null]}"#) == [#"the value must be one of "a" or null"#])
        #expect(try Sample.faults("0", #"{"enum": ["a"]}"#) == [#"the value must be "a""#])
    }

    @Test func `a long list and long values are cut in the message`() throws {
        let many = (1...30).map(String.init).joined(separator: ",")
        let message = try #require(try Sample.faults("0", #"{"enum": [\#(many)]}"#).first)
        #expect(message.hasSuffix("19, 20 or one of 10 others"))
        let long = String(repeating: "x", count: 500)
        #expect(try #require(try Sample.faults("0", #"{"const": "\#(long)"}"#).first).count < 100)
    }
}

import ContentGuarding
import HTTPSemantics
import JSONSchemaChecking
import Testing

struct PatternTests {
    @Test(arguments: [
        ("a", "xay", true), ("a", "xy", false), ("^a", "ab", true), ("^a", "ba", false), ("a$", "ba", true),
        ("a$", "ab", false),
        ("^a$", "a", true), ("^a$", "a\n", false), ("^a$", "b\na", false), ("^$", "", true), ("^$", "a", false),
        ("a*", "", true), ("a*", "b", true), ("^a*$", "", true), ("^a*$", "aab", false), ("^(a|bc)+$", "abca", true),
        ("^a|b$", "ax", true), ("^a|b$", "xb", true), ("^a|b$", "xbx", false), ("(^a)?c", "bc", true), ("$", "", true),
        ("^[^@ ]+@[^@ ]+$", "a@b", true), ("^[^@ ]+@[^@ ]+$", "a@b@c", false), ("^\\d{3}$", "123", true),
        ("^\\d{3}$", "1234", false), ("^\\d$", "٣", false), ("^.$", "👍", true), ("^.$", "\n", false),
        ("^\\w+$", "größe", true), ("\\bcat\\b", "a cat.", true), ("\\bcat\\b", "concat", false),
        ("^[\\]\\-]$", "-", true),
        ("(?i)^abc$", "ABC", true), ("^\\p", "p", nil), ("^é$", "é", true), ("^\\/$", "/", true),
    ])
    func `a pattern matches where it should`(pattern: String, text: String, expected: Bool?) throws {
        guard let expected else {
            #expect(throws: RegexFault.self) { try LinearPattern(pattern) }
            return
        }
        #expect(try LinearPattern(pattern).matches(in: text) == expected)
    }

    @Test func `a long text is matched from end to end`() throws {
        let text = String(repeating: "ab", count: 100_000)
        #expect(try LinearPattern("^(ab)*$").matches(in: text))
        #expect(try !LinearPattern("^(ab)*$").matches(in: text + "a"))
        #expect(try LinearPattern("^.*!$").matches(in: text + "!"))
        #expect(try LinearPattern("^a.{3}").matches(in: text))
    }

    @Test func `a pattern that is the ruin of others ends`() throws {
        let text = String(repeating: "a", count: 200_000)
        for pattern in ["^(a+)+$", "(a|a)*b", "(a|aa)+$", "^(a*)*$"] {
            #expect(try !LinearPattern(pattern).matches(in: text + "!"), "\(pattern)")
        }
    }

    @Test(arguments: [
        ("(a", "close it"), ("a(?=b)", "there are literals"), ("\\\\1", "there are literals"),
        ("", "write what is to be found"),
        ("\\\\p{L}", "there are literals"), ("a{300}", "write {m}"), (".{20}[ab].{20}", "begin with ^"),
    ])
    func `a pattern that cannot be used is refused with a remedy`(pattern: String, remedy: String) throws {
        let refused = try Sample.refusal(#"{"properties": {"a": {"pattern": "\#(pattern)"}}}"#)
        let fault = try #require(refused)
        #expect(fault.keyword == "pattern")
        #expect(fault.place == "/properties/a")
        #expect(fault.remedy.contains(remedy), "\(fault.remedy)")
        let asName = try #require(try Sample.refusal(#"{"patternProperties": {"\#(pattern)": true}}"#))
        #expect(asName.keyword == "patternProperties")
        #expect(asName.remedy == fault.remedy)
    }

    @Test func `a pattern longer than 512 characters is refused`() throws {
        let pattern = String(repeating: "a", count: 512)
        #expect(try Sample.refusal(#"{"pattern": "\#(pattern)"}"#) == nil)
        #expect(try Sample.refusal(#"{"pattern": "\#(pattern)a"}"#)?.keyword == "pattern")
    }
}

import HTTPSemantics
import Testing

struct CanonicalJSONTests {
    private func canonical(_ json: String, ignoring ignored: [String] = []) throws -> String {
        let places = try ignored.map { try #require(JSONPointer($0)) }
        return text(CanonicalJSON.bytes(of: try JSONParser.parse(bytes(json)), ignoring: places))
    }

    @Test(arguments: [
        (#"{"a":1,"b":2}"#, #"{ "b":2, "a":1 }"#), (#"[1,{"x":[],"y":{}}]"#, "[ 1 ,\n{\"y\":{ },\"x\":[ ]}]"),
        ("1", "1.0"), ("1", "10e-1"), ("1", "0.1E+1"), ("100", "1e2"), ("-2.5", "-25e-1"), ("0", "-0"),
        ("0", "0.000e9"),
        ("0", "0e99999999999999999999"), ("120", "1.20e2"), (#""é""#, #""\u00e9""#), (#""\/""#, #""/""#),
        (#"{"a\u0062":null}"#, #"{"ab":null}"#),
        ("12345678901234567890123456789", "1.2345678901234567890123456789e28"),
    ])
    func `texts that mean the same become one text`(one: String, other: String) throws {
        #expect(try canonical(one) == canonical(other))
    }

    @Test func `texts that mean something else become different texts`() throws {
        let texts = [
            "null", #""null""#, "true", "false", #""true""#, "0", "1", "-1", "10", "0.1", "11", #""1""#, "1e1000",
            "1e1001",
            "1e-1000", "0.30000000000000004", "0.3", #""""#, #"" ""#, "[]", "{}", "[null]", "[[]]", "[{}]", "[0]",
            "[1,1]",
            "[11]", #"["1"]"#, #"["1,1"]"#, #"["1","1"]"#, #"["1\"1,1\"1"]"#, #"{"a":1}"#, #"{"a":"1"}"#,
            #"{"a":null}"#,
            #"{"b":1}"#, #"{"":1}"#, #"{"a":{"b":1}}"#, #"{"a":1,"b":1}"#, #"{"a:1,b":1}"#, #"{"a":"1,1\"b:1"}"#,
            #""_""#,
            #"["_"]"#, "\"\u{E9}\"", "\"e\u{301}\"", "{\"\u{E9}\":1}", "{\"e\u{301}\":1}", #""\u0000""#, #""\\""#,
            #"[[1],2]"#, #"[1,[2]]"#, #"[[1,2]]"#, "1e99999999999999999999", "1e99999999999999999998",
        ]
        #expect(try Set(texts.map { bytes(try canonical($0)) }).count == texts.count)
    }

    @Test(arguments: [
        (#"["a","b"]"#, #"["a,\"b"]"#), (#"["a","b"]"#, #"["a,1\"b"]"#), (#"{"a":"b"}"#, #"{"a:\"b":""}"#),
        (#"{"a":1,"b":2}"#, #"{"a:1,\"b":2}"#), (#"{"a":1,"b":2}"#, #"{"a:1,1\"b":2}"#), (#"["a"]"#, #"["a,"]"#),
        (#"["","1"]"#, #"[",\"1"]"#), (#"["",""]"#, #"[",0\""]"#),
    ])
    func `no text looks like structure`(one: String, other: String) throws {
        #expect(try canonical(one) != canonical(other))
    }

    @Test(arguments: [
        ("0", "0"), ("-0.0", "0"), ("7", "7"), ("-7.0", "-7"), ("700", "7e2"), ("0.07", "7e-2"), ("-1.50", "-15e-1"),
        ("1e2", "1e2"), ("1E+02", "1e2"), ("10e-1", "1"), ("1e9223372036854775807", "1e9223372036854775807"),
        // Exponents that no counter holds: as they were written.
        ("1E99999999999999999999", "1E99999999999999999999"), ("10e9223372036854775807", "10e9223372036854775807"),
    ])
    func `a number has one way of writing`(written: String, expected: String) throws {
        let number = try #require(Self.number(in: JSONParser.parse(bytes(written))))
        #expect(text(number.canonicalText) == expected)
    }

    private static func number(in value: JSONValue) -> JSONNumber? {
        guard case .number(let number) = value else { return nil }
        return number
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `two numbers are written alike exactly if they are equal`(seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        func chosen() throws -> JSONNumber {
            let whole = ["0", "1", "10", "12", "120"].randomElement(using: &chance) ?? "0"
            let sign = Bool.random(using: &chance) ? "-" : ""
            let fraction = ["", ".0", ".00", ".2", ".20", ".02"].randomElement(using: &chance) ?? ""
            let exponent = ["", "e0", "E1", "e+1", "e-1", "e-02", "e2"].randomElement(using: &chance) ?? ""
            let value = try JSONParser.parse(bytes(sign + whole + fraction + exponent))
            return try #require(Self.number(in: value))
        }
        for _ in 0..<3_000 {
            let (one, other) = (try chosen(), try chosen())
            #expect((one.canonicalText == other.canonicalText) == (one == other))
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `two values have one text exactly if they are equal`(seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        for _ in 0..<800 {
            let (one, other) = (
                RandomJSON.value(using: &chance, depth: 2), RandomJSON.value(using: &chance, depth: 2)
            )
            #expect((CanonicalJSON.bytes(of: one) == CanonicalJSON.bytes(of: other)) == (one == other))
            #expect(CanonicalJSON.bytes(of: shuffled(one, using: &chance)) == CanonicalJSON.bytes(of: one))
        }
    }

    /// The same value with the members of every object in another order.
    private func shuffled(_ value: JSONValue, using chance: inout SeededChance) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map { shuffled($0, using: &chance) })
        case .object(let object):
            var copy = JSONObject()
            for member in object.members.shuffled(using: &chance) {
                copy.set(member.name, to: shuffled(member.value, using: &chance))
            }
            return .object(copy)
        default: return value
        }
    }

    @Test(arguments: [
        (#"{"a":1,"b":2}"#, ["/b"], #"{"a":1}"#), (#"{"a":1}"#, ["/a"], "{}"),
        (#"{"a":{"b":1,"c":2}}"#, ["/a/b"], #"{"a":{"c":2}}"#),
        (#"{"a":1}"#, ["/b", "/a/b", "/a/0", "/A"], #"{"a":1}"#), (#"{"a":{"b":1}}"#, ["/a", "/a/b"], "{}"),
        (#"{"a/b":1,"m~n":2,"c":3}"#, ["/a~1b", "/m~0n"], #"{"c":3}"#), (#"{"":1,"a":2}"#, ["/"], #"{"a":2}"#),
        (#"[{"a":1,"b":2}]"#, ["/0/a"], #"[{"b":2}]"#), (#"{"0":1,"1":2}"#, ["/0"], #"{"1":2}"#),
        (#"[[1,2],[3]]"#, ["/0/5", "/7", "/-", "/00", "/+1"], "[[1,2],[3]]"), ("5", ["/a"], "5"),
    ])
    func `what stands at an ignored place is left out`(json: String, ignored: [String], rest: String) throws {
        #expect(try canonical(json, ignoring: ignored) == canonical(rest))
    }

    @Test func `an ignored element keeps its place`() throws {
        let ignored = ["/1"]
        #expect(try canonical("[1,2,3]", ignoring: ignored) == canonical("[1,{},3]", ignoring: ignored))
        for other in ["[1,3]", "[1]", "[2,2,3]", "[1,2,4]", "[1,2,3,4]"] {
            #expect(try canonical("[1,2,3]", ignoring: ignored) != canonical(other, ignoring: ignored))
        }
        #expect(try canonical("[1]", ignoring: ["/0"]) != canonical(#"["_"]"#))
    }

    @Test func `the root itself is never left out`() throws {
        #expect(try canonical("1", ignoring: [""]) == "1")
        #expect(try canonical(#"{"a":1}"#, ignoring: [""]) == canonical(#"{"a":1}"#))
    }

    @Test func `names that look alike but differ in code points are two places`() throws {
        let both = "{\"\u{E9}\":1,\"e\u{301}\":2}"
        #expect(try canonical(both, ignoring: ["/\u{E9}"]) == canonical("{\"e\u{301}\":2}"))
        #expect(try canonical(both, ignoring: ["/e\u{301}"]) == canonical("{\"\u{E9}\":1}"))
    }

    @Test func `the deepest and the widest values that can be read are written`() throws {
        let deep = String(repeating: #"{"a":["#, count: 128) + String(repeating: "]}", count: 128)
        #expect(try canonical(deep, ignoring: ["/a/0/a"]) != canonical(deep))
        let wide = "{" + (0..<20_000).map { "\"\($0)\":[\($0)]" }.joined(separator: ",") + "}"
        let reversed = "{" + (0..<20_000).reversed().map { "\"\($0)\":[\($0).0]" }.joined(separator: ",") + "}"
        #expect(try canonical(wide) == canonical(reversed))
    }
}

import HTTPSemantics
import Testing

struct JSONTests {
    @Test func `every sort of value is read`() throws {
        let value = try JSONParser.parse(
            bytes(
                #" {"a" : [ 1 , -0.5e+3, true, false, null ] , "b":{"c":"x\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é"},"e":[],"f":{}} "#
            )
        )
        #expect(value["a"]?[0]?.integer == 1)
        #expect(value["a"]?[1] == .number(JSONNumber(-500)))
        #expect(value["a"]?[2]?.bool == true)
        #expect(value["a"]?[4] == .null)
        #expect(value["b"]?["c"]?.string == "x\"\\/\u{8}\u{C}\n\r\té😀é")
        #expect(value["e"] == [] && value["f"] == [:])
    }

    @Test(arguments: [
        ("", JSONFault.Reason.endsEarly), (" ", .endsEarly), ("[1", .endsEarly), ("[1,", .endsEarly), ("{", .endsEarly),
        (#"{"a""#, .endsEarly), (#""abc"#, .endsEarly), (#""\"#, .endsEarly), (#""\u12"#, .endsEarly),
        ("tru", .endsEarly),
        ("[1,]", .unexpectedByte), ("{,}", .unexpectedByte), (#"{"a":1,}"#, .unexpectedByte),
        ("{1:2}", .unexpectedByte),
        ("[1 2]", .unexpectedByte), ("'a'", .unexpectedByte), ("trux", .unexpectedByte), ("NaN", .unexpectedByte),
        ("+1", .unexpectedByte), ("// x", .unexpectedByte), ("\u{FEFF}1", .unexpectedByte), (".5", .unexpectedByte),
        ("1 2", .trailingBytes), ("{}x", .trailingBytes), ("null,", .trailingBytes), ("1\u{0}", .trailingBytes),
        ("01", .malformedNumber), ("-", .malformedNumber), ("1.", .malformedNumber), ("1e", .malformedNumber),
        ("1e+", .malformedNumber), ("-01", .malformedNumber), ("1.e3", .malformedNumber),
        (#""\x""#, .malformedEscape), (#""\u12g4""#, .malformedEscape), (#""\ud800""#, .malformedEscape),
        (#""\udc00""#, .malformedEscape), (#""\ud800\u0041""#, .malformedEscape), (#""\ud800\n""#, .malformedEscape),
        ("\"a\nb\"", .controlCharacter), ("\"\\n\u{1}\"", .controlCharacter),
    ])
    func `what is not JSON is refused with its reason`(json: String, reason: JSONFault.Reason) {
        let fault = #expect(throws: JSONFault.self) { try JSONParser.parse(bytes(json)) }
        #expect(fault?.reason == reason)
    }

    @Test(arguments: [
        (#""\ud83d\ude00""#, "😀"), (#""\ud800""#, "\u{FFFD}"), (#""\udc00x""#, "\u{FFFD}x"),
        (#""\ud800\u0041""#, "\u{FFFD}A"), (#""\ud800\n""#, "\u{FFFD}\n"), (#""\ud800\ud83d\ude00""#, "\u{FFFD}😀"),
        (#""\udc00\ud800""#, "\u{FFFD}\u{FFFD}"),
    ])
    func `half of a surrogate pair can be read as the sign for what is no character`(json: String, text: String) throws
    {
        #expect(try JSONParser.parse(answer: bytes(json)).string == text)
    }

    @Test(arguments: [#""\ud800\u12""#, #""\ud800\u12g4""#, #""\ud800\"#, #""\ud800\x""#])
    func `what is behind half a pair must be JSON all the same`(json: String) {
        #expect(throws: JSONFault.self) { try JSONParser.parse(answer: bytes(json)) }
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
        [0x22, 0xC3, 0x22], [0x22, 0x5C, 0x6E, 0xFF, 0x22],
    ])
    func `a string that is not UTF-8 is refused`(json: [UInt8]) {
        let fault = #expect(throws: JSONFault.self) { try JSONParser.parse(json) }
        #expect(fault?.reason == .notUTF8)
    }

    @Test func `nesting stops at the given depth and never exhausts the stack`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeating: 0x5B, count: depth) + Array(repeating: 0x5D, count: depth)
        }
        #expect(throws: Never.self) { try JSONParser.parse(nested(256)) }
        #expect(throws: JSONFault.self) { try JSONParser.parse(nested(257)) }
        #expect(throws: JSONFault.self) { try JSONParser.parse(nested(100_000), maximumDepth: .max) }
        #expect(throws: JSONFault.self) { try JSONParser.parse(bytes("[]"), maximumDepth: 0) }
        #expect(try JSONParser.parse(bytes("1"), maximumDepth: 0) == 1)
    }

    @Test func `of equal names the last wins and the object says so`() throws {
        let object = try #require(try JSONParser.parse(bytes(#"{"a":1,"b":2,"a":3}"#)).object)
        #expect(object.members.map(\.name) == ["a", "b"])
        #expect(object["a"] == 3)
        #expect(object.hasDuplicateNames)
        #expect(try JSONParser.parse(bytes(#"{"a":1,"b":2}"#)).object?.hasDuplicateNames == false)
    }

    @Test func `names that look alike but differ in code points are two names`() throws {
        let value = try JSONParser.parse(bytes("{\"\u{E9}\":1,\"e\u{301}\":2}"))
        #expect(value.object?.members.count == 2)
        #expect(value["e\u{301}"] == 2)
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test func `a large object is read and searched without slowing down`() throws {
        let members = (0..<50_000).map { "\"n\($0)\":\($0)" }
        let json = "{" + (members + members.reversed()).joined(separator: ",") + "}"
        var object = try #require(try JSONParser.parse(bytes(json)).object)
        #expect(object.members.count == 50_000)
        #expect(object["n49999"] == 49_999)
        object.remove("n7")
        object.set("n8", to: "eight")
        #expect(object["n7"] == nil)
        #expect(object["n8"] == "eight")
        #expect(object["n49999"] == 49_999)
    }

    @Test(arguments: [
        ("1", "1.0", true), ("1", "1e0", true), ("100", "1e2", true), ("0.01", "1E-2", true), ("0", "-0", true),
        ("0", "0e99", true), ("1", "-1", false), ("1", "10", false), ("1.5", "15e-1", true), ("0.1", "0.10", true),
        ("9007199254740993", "9007199254740992", false), ("1e99999999999999999999", "1e99999999999999999998", false),
        ("1e99999999999999999999", "1e99999999999999999999", true),
    ])
    func `numbers are compared by size, exactly`(a: String, b: String, equal: Bool) throws {
        let left = try JSONParser.parse(bytes(a))
        let right = try JSONParser.parse(bytes(b))
        #expect((left == right) == equal)
    }

    @Test(arguments: [
        ("12", 12), ("-1.0", -1), ("5e2", 500), ("9223372036854775807", Int.max), ("-9223372036854775808", .min),
        ("9223372036854775808", nil), ("1.5", nil), ("1e30", nil), ("1e9223372036854775807", nil), ("0e5", 0),
    ])
    func `a whole number is an integer however written`(json: String, integer: Int?) throws {
        #expect(try JSONParser.parse(bytes(json)).integer == integer)
    }

    @Test func `objects are equal whatever their order`() throws {
        #expect(try JSONParser.parse(bytes(#"{"a":1,"b":[2]}"#)) == JSONParser.parse(bytes(#"{"b":[2.0],"a":1}"#)))
        #expect(try JSONParser.parse(bytes(#"{"a":1}"#)) != JSONParser.parse(bytes(#"{"a":1,"b":null}"#)))
    }

    @Test func `strings are escaped where they must be`() {
        var output: [UInt8] = []
        JSONWriter.appendString("a\"\\/\u{8}\t\n\u{C}\r\u{1}\u{1F}é😀", to: &output)
        #expect(text(output) == #""a\"\\/\b\t\n\f\r\u0001\u001fé😀""#)
        output = []
        JSONWriter.appendString(utf8: [0x61, 0xFF, 0x22], to: &output)
        #expect(text(output) == "\"a\u{FFFD}\\\"\"")
        output = []
        JSONWriter.appendString(utf8: bytes("a\nb"), to: &output)
        #expect(text(output) == #""a\nb""#)
    }

    @Test func `numbers and the order of members survive`() throws {
        let json = #"{"z":1.50,"a":[1E+2,-0,{"k":null}],"m":true,"s":false}"#
        #expect(text(JSONWriter.bytes(try JSONParser.parse(bytes(json)))) == json)
    }

    @Test func `whatever is written is read back as the same value`() throws {
        var chance = SeededChance(seed: 99)
        for _ in 0..<2_000 {
            let value = RandomJSON.value(using: &chance, depth: 4)
            let written = JSONWriter.bytes(value)
            let read = try JSONParser.parse(written)
            #expect(read == value)
            #expect(JSONWriter.bytes(read) == written)
        }
    }

    @Test func `mangled texts are refused or read but never trap`() {
        var chance = SeededChance(seed: 5)
        var refused = 0
        for _ in 0..<5_000 {
            var json = JSONWriter.bytes(RandomJSON.value(using: &chance, depth: 3))
            let place = Int.random(in: 0..<json.count, using: &chance)
            switch Int.random(in: 0...2, using: &chance) {
            case 0: json[place] = UInt8.random(in: 0...255, using: &chance)
            case 1: json.removeSubrange(place...)
            default: json.insert(UInt8.random(in: 0...255, using: &chance), at: place)
            }
            do {
                let value = try JSONParser.parse(json)
                #expect(try JSONParser.parse(JSONWriter.bytes(value)) == value)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1_000)
    }
}

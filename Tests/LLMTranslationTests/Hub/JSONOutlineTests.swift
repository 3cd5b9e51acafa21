import HTTPSemantics
import LLMTranslation
import Testing

/// The outline of an object agrees with the parser: on what is JSON, on where members stand, on which of equals counts.
@Suite struct JSONOutlineTests {
    private static let corpus = [
        "{}", " {\t\r\n} ", #"{"a":1}"#, #" { "a" : [ 1 , -0.5e+3, true, false, null ] , "b":{"c":"x\"\\\/é\n"} } "#,
        #"{"model":"m","messages":[{"role":"user","content":"Grüß 👋🏽"}],"stream":true,"n":1e5,"x":-0}"#,
        #"{"a":"\ud83d\ude00","a\u0062":{"c":[[],{},[{}]]},"":null}"#, "[]", "[1,2]", #""text""#, "1", "null", "true",
        #"{"a":01}"#, #"{"a":1,}"#, "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1 "b":2}"#, "{1:2}", #"{"a":"\x"}"#, "{", "",
        #"{"a":tru}"#, #"{"a":1}x"#, "{\"a\":\"\u{1}\"}", #"{"a":1.}"#, #"{"a":"\u12g4"}"#, "{\"a\":[1,2}",
    ]

    /// Whether the outline says of `bytes` what the parser says.
    private func agrees(_ bytes: [UInt8]) -> Bool {
        let parsed = Result { () throws(JSONFault) in try JSONParser.parse(bytes, maximumDepth: 512) }
        let outlined = Result { () throws(JSONFault) in try JSONOutline(bytes) }
        switch (parsed, outlined) {
        case (.success(.object(let object)), .success(.some(let outline))):
            return members(of: outline, bytes) == .object(object)
        case (.success(let value), .success(.none)): return value.object == nil
        // Half of a surrogate pair is found by those who read the text, depth in different places.
        case (.failure(let fault), .success): return fault.reason == .malformedEscape || fault.reason == .tooDeep
        case (.failure, .failure): return true
        default: return false
        }
    }

    /// The object put together from the ranges of an outline.
    private func members(of outline: JSONOutline, _ bytes: [UInt8]) -> JSONValue? {
        var object = JSONObject()
        for member in outline.members {
            let quoted = bytes[(member.name.lowerBound - 1)..<(member.name.upperBound + 1)]
            guard let name = (try? JSONParser.parse(Array(quoted)))?.string,
                let value = try? JSONParser.parse(Array(bytes[member.value]), maximumDepth: 512)
            else { return nil }
            object.set(name, to: value)
        }
        return bytes[outline.end] == UInt8(ascii: "}") ? .object(object) : nil
    }

    @Test(arguments: corpus)
    func `a text is JSON for both or for neither`(json: String) {
        #expect(agrees(Array(json.utf8)))
    }

    @Test func `so it is with any damage`() {
        let seed: UInt64 = 20_251_121
        var chance = SpokeChance(seed: seed)
        for json in Self.corpus {
            for round in 0..<400 {
                let bytes = Self.damaged(Array(json.utf8), &chance)
                #expect(agrees(bytes), "round \(round) of seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    private static let odd: [UInt8] = Array("{}[]\",:\\0123-+.eEutfn \u{1}".utf8) + [0xFF, 0xC3, 0xE2, 0x80]

    /// The bytes with up to three of them added, changed or gone.
    private static func damaged(_ bytes: [UInt8], _ chance: inout SpokeChance) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &chance) {
            let place = Int.random(in: 0...bytes.count, using: &chance)
            let byte = odd.randomElement(using: &chance) ?? 0
            switch Int.random(in: 0...2, using: &chance) {
            case 0: bytes.insert(byte, at: place)
            case 1 where place < bytes.count: bytes[place] = byte
            default: if place < bytes.count { bytes.remove(at: place) }
            }
        }
        return bytes
    }

    @Test func `every beginning of an object is refused`() {
        let bytes = Array(#"{"a":[1.5e-3,"x\u00e9\n"],"b":{"c":null}}"#.utf8)
        for end in 0..<bytes.count {
            #expect(throws: JSONFault.self, "\(end) bytes") { try JSONOutline(Array(bytes[..<end])) }
        }
    }

    @Test func `ranges are where names and values stand`() throws {
        let json = #" { "model" : "m\"" ,"n":-1.5e3,"o":{"model":2},"é":[ ] } "#
        let bytes = Array(json.utf8)
        let outline = try #require(try JSONOutline(bytes))
        let text = { (range: Range<Int>) in String(decoding: bytes[range], as: UTF8.self) }
        #expect(outline.members.map { text($0.name) } == ["model", "n", "o", "é"])
        #expect(outline.members.map { text($0.value) } == [#""m\"""#, "-1.5e3", #"{"model":2}"#, "[ ]"])
        #expect(text(outline.end..<bytes.count) == "} ")
        #expect(outline.string("model", in: bytes) == "m\"" && outline.string("n", in: bytes) == nil)
        #expect(outline.value("o", in: bytes) == ["model": 2] && outline.value("none", in: bytes) == nil)
    }

    @Test func `of equal names the last counts, as with the parser, however it is written`() throws {
        let bytes = Array(#"{"a":1,"b":2,"a":3,"mod\u0065l":"x"}"#.utf8)
        let outline = try #require(try JSONOutline(bytes))
        #expect(outline.members.count == 4 && outline.value("a", in: bytes) == 3)
        #expect(outline.string("model", in: bytes) == "x")
    }

    @Test(arguments: [
        #"{"a":"\x"}"#, #"{"a":"\u12g4"}"#, #"{"a":"\u12G4"}"#, #"{"a":"\u123"}"#, #"{"a":"\u@123"}"#,
        #"{"a":"\U0041"}"#,
        #"{"\x":1}"#, #"{"\u12g4":1}"#, #"{"a":["\x"]}"#, #"{"a":{"\u12g4":1}}"#, #"{"a":[{"b":"é\u12g4"}]}"#, #""\x""#,
        #"["\u12g4"]"#,
    ])
    func `an escape that JSON does not have is refused, wherever it stands`(json: String) {
        let fault = #expect(throws: JSONFault.self) { try JSONOutline(Array(json.utf8)) }
        #expect(fault?.reason == .malformedEscape)
    }

    @Test(arguments: [#"{"a":"\""#, #"{"a":"\u12"#, #"{"a":"\"#])
    func `an escape that is cut is refused`(json: String) {
        let fault = #expect(throws: JSONFault.self) { try JSONOutline(Array(json.utf8)) }
        #expect(fault?.reason == .endsEarly)
    }

    @Test func `nesting stops before the stack does`() throws {
        func nested(_ depth: Int, _ open: String = "[", _ close: String = "]") -> [UInt8] {
            Array(
                ("{\"a\":" + String(repeating: open, count: depth) + String(repeating: close, count: depth) + "}").utf8
            )
        }
        #expect(throws: Never.self) { try JSONOutline(nested(500)) }
        for depth in [513, 100_000] {
            let fault = #expect(throws: JSONFault.self) { try JSONOutline(nested(depth)) }
            #expect(fault?.reason == .tooDeep)
        }
        #expect(throws: JSONFault.self) { try JSONOutline(nested(100_000, "{\"a\":", "}")) }
    }
}

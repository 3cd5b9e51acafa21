import ConflictEngine
import HTTPSemantics
import Testing

struct JSONMergePatchTests {
    /// The examples of RFC 7396, appendix A, and the order of members.
    @Test(arguments: [
        (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
        (#"{"a":"b"}"#, #"{"a":null}"#, "{}"), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
        (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
        (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
        (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#), (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
        (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#), (#"{"a":"foo"}"#, "null", "null"),
        (#"{"a":"foo"}"#, #""bar""#, #""bar""#),
        (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#), ("[1,2]", #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
        ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
        (#"{"c":1,"b":2,"a":3}"#, #"{"z":0,"a":4,"c":null,"y":{"x":null}}"#, #"{"b":2,"a":4,"z":0,"y":{}}"#),
        (#"{"a":1}"#, "{}", #"{"a":1}"#), ("1", "{}", "{}"),
        (#"{"a":[null]}"#, #"{"b":[null]}"#, #"{"a":[null],"b":[null]}"#),
        (#"{"é":1}"#, #"{"e\u0301":2}"#, #"{"é":1,"é":2}"#),
    ])
    func `a merge patch sets, merges and removes`(target: String, patch: String, result: String) throws {
        #expect(JSONMergePatch(try json(patch)).apply(to: try json(target)).text == result)
    }

    @Test(arguments: [
        (#"{"a":{"b":1,"c":null},"d":[1],"e":{}}"#, ["/a/b", "/a/c", "/d", "/e"]), ("{}", [""]), ("1", [""]),
        (#"{"a/b":1}"#, ["/a~1b"]),
    ])
    func `the leaves of a patch are what it touches`(patch: String, places: [String]) throws {
        let patch = JSONMergePatch(try json(patch))
        #expect(patch.touched().map(\.text) == places)
        #expect(patch.touched(limit: 1).count == 1)
    }

    @Test func `removing every member of a large object takes no more than their number`() throws {
        var (target, patch) = (JSONObject(), JSONObject())
        for index in 0..<50_000 {
            target.set("m\(index)", to: 1)
            patch.set("m\(index)", to: .null)
        }
        #expect(JSONMergePatch(.object(patch)).apply(to: .object(target)) == [:])
    }
}

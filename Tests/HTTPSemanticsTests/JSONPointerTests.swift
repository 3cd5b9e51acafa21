import HTTPSemantics
import Testing

struct JSONPointerTests {
    /// The examples of RFC 6901, section 5.
    private static let document: JSONValue = [
        "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8,
    ]

    @Test(arguments: [
        ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"), ("/e^f", "3"), ("/g|h", "4"),
        ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"), ("/foo", #"["bar","baz"]"#),
    ])
    func `a pointer finds its place and is written as it was read`(pointer: String, json: String) throws {
        let parsed = try #require(JSONPointer(pointer))
        #expect(parsed.lookup(in: Self.document) == (try JSONParser.parse(bytes(json))))
        #expect(parsed.text == pointer)
        #expect(JSONPointer(tokens: parsed.tokens) == parsed)
    }

    @Test func `the empty pointer is the root`() {
        #expect(JSONPointer("")?.lookup(in: Self.document) == Self.document)
        #expect(JSONPointer("")?.text.isEmpty == true)
    }

    @Test(arguments: [
        "/foo/2", "/foo/01", "/foo/-", "/foo/+1", "/foo/", "/foo/0/x", "/bar", "/foo/99999999999999999999",
    ])
    func `a pointer to nothing finds nothing`(pointer: String) throws {
        #expect(try #require(JSONPointer(pointer)).lookup(in: Self.document) == nil)
    }

    @Test(arguments: ["a", "a/b", "#/a", "/a~", "/a~2", "/~"])
    func `what is not a pointer is none`(text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":1.0}"#, []),
        (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, []),
        (#"{"a":1,"b":2}"#, #"{"a":2,"b":3}"#, ["/a", "/b"]),
        (#"{"a":{"b":{"c":1,"d":2}}}"#, #"{"a":{"b":{"c":1,"d":3}}}"#, ["/a/b/d"]),
        (#"{"a":1}"#, #"{"b":{"c":1}}"#, ["/a", "/b"]),
        (#"{"l":[1,2,3]}"#, #"{"l":[1,5,6]}"#, ["/l/1", "/l/2"]),
        (#"{"l":[1,2,3]}"#, #"{"l":[1,2]}"#, ["/l"]),
        (#"{"l":[{"n":1}]}"#, #"{"l":[{"n":2}]}"#, ["/l/0/n"]),
        (#"{"a":[]}"#, #"{"a":{}}"#, ["/a"]),
        (#"{"a":null}"#, "{}", ["/a"]),
        ("1", "2", [""]),
        ("[1]", "[1,2]", [""]),
        ("1", #""1""#, [""]),
        (#"{"a/b":1,"m~n":1,"":1}"#, #"{"a/b":2,"m~n":2,"":2}"#, ["/a~1b", "/m~0n", "/"]),
    ])
    func `a difference names the deepest places that changed`(from: String, to: String, pointers: [String]) throws {
        let (old, new) = (try JSONParser.parse(bytes(from)), try JSONParser.parse(bytes(to)))
        #expect(JSONDifference.changedPointers(from: old, to: new) == pointers)
    }

    @Test func `a difference is bounded`() throws {
        let old = JSONValue.array((0..<1_000).map { .number(JSONNumber($0)) })
        let new = JSONValue.array((0..<1_000).map { .number(JSONNumber($0 + 1)) })
        #expect(JSONDifference.changedPointers(from: old, to: new, limit: 3) == ["/0", "/1", "/2"])
        #expect(JSONDifference.changedPointers(from: old, to: new, limit: 0) == [])
    }

    @Test func `a difference is empty exactly if the values are equal and names only places that differ`() throws {
        var chance = SeededChance(seed: 11)
        for _ in 0..<1_000 {
            let old = RandomJSON.value(using: &chance, depth: 3)
            let new = RandomJSON.value(using: &chance, depth: 3)
            let pointers = JSONDifference.changedPointers(from: old, to: new, limit: .max)
            #expect(pointers.isEmpty == (old == new))
            for text in pointers {
                let pointer = try #require(JSONPointer(text))
                #expect(pointer.lookup(in: old) != pointer.lookup(in: new))
            }
        }
    }
}

import ConflictEngine
import HTTPSemantics
import Testing

struct JSONMergeTests {
    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":1}"#, #"{"a":1}"#, #"{"a":1}"#),
        (#"{"a":1,"b":1}"#, #"{"a":2,"b":1}"#, #"{"a":1,"b":2}"#, #"{"a":2,"b":2}"#),
        (#"{"a":1}"#, #"{"a":2}"#, #"{"a":2}"#, #"{"a":2}"#),
        (#"{"a":{"x":1,"y":1}}"#, #"{"a":{"x":2,"y":1}}"#, #"{"a":{"x":1,"y":2}}"#, #"{"a":{"x":2,"y":2}}"#),
        (#"{"a":1,"b":1}"#, #"{"b":1}"#, #"{"a":1,"b":2}"#, #"{"b":2}"#),
        (#"{"a":1}"#, #"{}"#, #"{}"#, #"{}"#),
        (#"{}"#, #"{"m":1}"#, #"{"t":1}"#, #"{"t":1,"m":1}"#),
        (#"{}"#, #"{"a":{"m":1}}"#, #"{"a":{"t":1}}"#, #"{"a":{"t":1,"m":1}}"#),
        (#"{"b":1,"a":1}"#, #"{"m":0,"b":1,"a":1}"#, #"{"a":1,"t":0,"b":1}"#, #"{"a":1,"t":0,"b":1,"m":0}"#),
        (#"{"l":[1,2]}"#, #"{"l":[1,2,3]}"#, #"{"l":[1,2]}"#, #"{"l":[1,2,3]}"#),
        (#"{"a":null}"#, #"{"a":null}"#, #"{}"#, #"{}"#),
        (#"{}"#, #"{"a":null}"#, #"{}"#, #"{"a":null}"#),
        (#"{"a":{"x":1}}"#, #"{"a":{}}"#, #"{"a":{"x":1,"y":1}}"#, #"{"a":{"y":1}}"#),
        ("1", "1", "2", "2"), ("1", "2", "1", "2"), ("[1]", "[1]", "[2]", "[2]"), ("1", "[]", "1", "[]"),
        (#"{"é":1,"e\u0301":1}"#, #"{"é":2,"e\u0301":1}"#, #"{"é":1,"e\u0301":2}"#, #"{"é":2,"é":2}"#),
    ])
    func `changes of different places come together`(
        base: String,
        mine: String,
        theirs: String,
        merged: String
    ) throws {
        let result = try merge(base, mine, theirs)
        #expect(result.isMerged)
        #expect(result.value.text == merged)
    }

    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":2}"#, #"{"a":3}"#, "/a", MergeConflict.Reason.bothChanged),
        (#"{}"#, #"{"a":2}"#, #"{"a":3}"#, "/a", .bothAdded),
        (#"{"a":1}"#, #"{}"#, #"{"a":3}"#, "/a", .removedByMine),
        (#"{"a":1}"#, #"{"a":2}"#, #"{}"#, "/a", .removedByTheirs),
        (#"{"a":1}"#, #"{"a":"2"}"#, #"{"a":3}"#, "/a", .typesDiffer),
        (#"{"a":1}"#, #"{"a":null}"#, #"{"a":3}"#, "/a", .typesDiffer),
        (#"{"a":{"x":1}}"#, #"{}"#, #"{"a":{"x":2}}"#, "/a", .removedByMine),
        (#"{"a":{"x":1}}"#, #"{"a":{"x":2}}"#, #"{}"#, "/a", .removedByTheirs),
        (#"{"a":1}"#, #"{"a":{"x":1}}"#, #"{"a":{"y":1}}"#, "/a", .bothChanged),
        (#"{"l":[1,2]}"#, #"{"l":[1,2,3]}"#, #"{"l":[0,1,2]}"#, "/l", .bothChanged),
        (#"{"l":[1,2]}"#, #"{"l":[5,2]}"#, #"{"l":[1,6]}"#, "/l", .bothChanged),
        (
            #"{"a":{"b/c":{"m~n":1}}}"#, #"{"a":{"b/c":{"m~n":2}}}"#, #"{"a":{"b/c":{"m~n":3}}}"#, "/a/b~1c/m~0n",
            .bothChanged
        ),
        ("1", "2", "3", "", .bothChanged), ("1", "[]", "{}", "", .typesDiffer),
    ])
    func `changes of one place exclude each other, and the preview holds theirs`(
        base: String,
        mine: String,
        theirs: String,
        place: String,
        reason: MergeConflict.Reason
    ) throws {
        let result = try merge(base, mine, theirs)
        let conflict = try #require(result.conflicts.first)
        #expect(result.conflicts.count == 1)
        #expect(conflict.pointer.text == place)
        #expect(conflict.reason == reason)
        #expect(try conflict.base == conflict.pointer.lookup(in: json(base)))
        #expect(try conflict.mine == conflict.pointer.lookup(in: json(mine)))
        #expect(try conflict.theirs == conflict.pointer.lookup(in: json(theirs)))
        #expect(result.value == (try json(theirs)))
        #expect(!reason.summary.isEmpty)
    }

    @Test func `what does not conflict is in the preview`() throws {
        let result = try merge(#"{"a":1,"b":1,"c":1}"#, #"{"a":2,"b":2,"c":1}"#, #"{"a":3,"b":1,"c":3}"#)
        #expect(result.places == ["/a"])
        #expect(result.value.text == #"{"a":3,"b":2,"c":3}"#)
    }

    @Test func `the origin of each change is listed`() throws {
        let result = try merge(
            #"{"a":1,"b":{"x":1,"y":1},"c":1,"d":1}"#,
            #"{"a":2,"b":{"x":2,"y":1},"c":5,"m":1}"#,
            #"{"a":1,"b":{"x":1,"y":2},"c":5,"d":1,"t":1}"#
        )
        #expect(result.isMerged)
        #expect(result.origins.mine.map(\.text) == ["/a", "/b/x", "/d", "/m"])
        #expect(result.origins.theirs.map(\.text) == ["/b/y", "/t"])
        #expect(result.origins.combined.isEmpty && result.origins.omitted == 0)
    }

    @Test func `a change of the way a number is written is none`() throws {
        #expect(try merge(#"{"a":1}"#, #"{"a":1.0}"#, #"{"a":2}"#).value.text == #"{"a":2}"#)
        #expect(try merge(#"{"a":10}"#, #"{"a":2}"#, #"{"a":1e1}"#).value.text == #"{"a":2}"#)
        #expect(try merge(#"{"a":1}"#, #"{"a":2}"#, #"{"a":2.0}"#).isMerged)
    }

    @Test(arguments: [
        (#"{"a":{"x":2,"y":1}}"#, #"{"a":{"x":1,"y":2}}"#, ["/a"]),
        (#"{"a":{"x":2,"y":1}}"#, #"{"a":{"x":1,"y":1},"b":2}"#, []),
        (#"{"a":{"x":2,"y":1}}"#, #"{"a":{"y":1,"x":2}}"#, []),
    ])
    func `an atomic place changes as a whole`(mine: String, theirs: String, places: [String]) throws {
        let rules = MergeRules(atomic: [pointer("/a")])
        #expect(try merge(#"{"a":{"x":1,"y":1}}"#, mine, theirs, rules).places == places)
    }

    @Test func `a star stands for any member`() throws {
        let rules = MergeRules(atomic: [pointer("/*/position")])
        let base = #"{"a":{"position":{"x":1,"y":1},"size":{"x":1,"y":1}}}"#
        let mine = #"{"a":{"position":{"x":2,"y":1},"size":{"x":2,"y":1}}}"#
        let theirs = #"{"a":{"position":{"x":1,"y":2},"size":{"x":1,"y":2}}}"#
        #expect(try merge(base, mine, theirs, rules).places == ["/a/position"])
        #expect(try merge(base, mine, theirs, MergeRules(atomic: [pointer("")])).places == [""])
    }

    @Test func `lists end at the limit, and say how much is missing`() throws {
        var (base, mine) = (JSONObject(), JSONObject())
        for index in 0..<50 {
            base.set("\(index)", to: 0)
            mine.set("\(index)", to: 1)
        }
        let result = JSONMerge.merge(base: .object(base), mine: .object(mine), theirs: .object(base), limit: 20)
        #expect(result.value == .object(mine))
        #expect(result.origins.mine.count == 20)
        #expect(result.origins.omitted == 30)
        let clash = JSONMerge.merge(base: .object(base), mine: .object(mine), theirs: [:], limit: 0)
        #expect(clash.conflicts.count == 1)
        #expect(clash.origins.omitted == 49)
    }

    @Test func `documents as deep as the parser reads are merged`() throws {
        func nested(_ x: Int, _ y: Int) throws -> JSONValue {
            let open = String(repeating: #"{"a":"#, count: 510)
            let text = open + #"{"x":\#(x),"y":\#(y)}"# + String(repeating: "}", count: 510)
            return try JSONParser.parse(Array(text.utf8), maximumDepth: 512)
        }
        let result = JSONMerge.merge(base: try nested(1, 1), mine: try nested(2, 1), theirs: try nested(1, 2))
        #expect(result.isMerged)
        #expect(result.value == (try nested(2, 2)))
    }
}

import ConflictEngine
import HTTPSemantics
import Testing

struct KeyedMergeTests {
    private static let rules = MergeRules(keyed: [.init(pointer("/l"), by: "id")])

    /// An array of items with these keys.
    private static func list(_ keys: String) -> String {
        #"{"l":["# + keys.map { #"{"id":"\#($0)"}"# }.joined(separator: ",") + "]}"
    }

    /// The keys of a merged array.
    private static func keys(_ value: JSONValue) -> String {
        (value["l"]?.array ?? []).compactMap { $0["id"]?.string }.joined()
    }

    @Test func `items are merged by their key, wherever they stand`() throws {
        let result = try merge(
            #"{"l":[{"id":1,"n":1,"m":1},{"id":2,"n":1}]}"#,
            #"{"l":[{"id":1,"n":5,"m":1},{"id":2,"n":1},{"id":3}]}"#,
            #"{"l":[{"id":0},{"id":1.0,"n":1,"m":6},{"id":2,"n":2}]}"#,
            Self.rules
        )
        #expect(result.isMerged)
        #expect(result.value.text == #"{"l":[{"id":0},{"id":1.0,"n":5,"m":6},{"id":2,"n":2},{"id":3}]}"#)
        #expect(result.origins.mine.map(\.text) == ["/l/1/n", "/l/2"])
        #expect(result.origins.theirs.map(\.text) == ["/l/0", "/l/1/m", "/l/2/n"])
    }

    @Test(arguments: [
        ("abc", "abc", "abc", "abc"), ("abc", "ab", "abc", "ab"), ("abc", "abc", "bc", "bc"),
        ("abc", "ac", "ab", "a"), ("abc", "bc", "bc", "bc"),
        ("abc", "axbc", "abc", "axbc"), ("abc", "abc", "xabc", "xabc"), ("ab", "xab", "yab", "xyab"),
        ("ab", "axyb", "azb", "axyzb"), ("ab", "abx", "aby", "abxy"), ("", "xy", "z", "xyz"),
        ("abc", "axbc", "bc", "xbc"), ("abc", "abxc", "ac", "axc"), ("abc", "acx", "abyc", "aycx"),
        ("abc", "cba", "abc", "cba"), ("abc", "abc", "cba", "cba"), ("abc", "cba", "cba", "cba"),
        ("abc", "cba", "abxc", "cbxa"), ("abc", "abxc", "cba", "cbxa"), ("abc", "bac", "ab", "ba"),
        ("abcd", "bacd", "bcd", "bcd"), ("abc", "cab", "cabx", "cabx"), ("ab", "xab", "abx", "abx"),
    ])
    func `items come in the order of theirs, unless only mine moved them`(
        base: String,
        mine: String,
        theirs: String,
        merged: String
    ) throws {
        let result = try merge(Self.list(base), Self.list(mine), Self.list(theirs), Self.rules)
        let shared = Set(mine).intersection(theirs).subtracting(base)
        guard shared.isEmpty || mine.filter(theirs.contains) == theirs.filter(mine.contains) else {
            #expect(result.places == ["/l"])
            return
        }
        #expect(result.isMerged)
        #expect(Self.keys(result.value) == merged)
    }

    @Test(arguments: [("abc", "cab", "bac"), ("abcd", "bacd", "abdc"), ("", "xy", "yx"), ("a", "axy", "ayx")])
    func `items that both moved differently are a conflict of the array`(
        base: String,
        mine: String,
        theirs: String
    ) throws {
        let result = try merge(Self.list(base), Self.list(mine), Self.list(theirs), Self.rules)
        #expect(result.places == ["/l"])
        #expect(result.conflicts.first?.reason == .orderDiffers)
        #expect(Self.keys(result.value) == theirs)
    }

    @Test func `an order that came from one side is listed as its change`() throws {
        #expect(
            try merge(Self.list("ab"), Self.list("ba"), Self.list("ab"), Self.rules).origins.mine.map(\.text) == ["/l"]
        )
        #expect(
            try merge(Self.list("ab"), Self.list("ab"), Self.list("ba"), Self.rules).origins.theirs.map(\.text) == [
                "/l"
            ]
        )
    }

    @Test(arguments: [
        (#"[{"id":1,"n":1}]"#, #"[]"#, #"[{"id":1,"n":2}]"#, "/l/0", MergeConflict.Reason.removedByMine),
        (#"[{"id":1,"n":1},{"id":2}]"#, #"[{"id":1,"n":2},{"id":2}]"#, #"[{"id":2}]"#, "/l/0", .removedByTheirs),
        (#"[{"id":2},{"id":1}]"#, #"[{"id":1,"n":2}]"#, #"[{"id":2}]"#, "/l/0", .removedByTheirs),
        (#"[]"#, #"[{"id":1,"n":1}]"#, #"[{"id":0},{"id":1,"n":2}]"#, "/l/1/n", .bothAdded),
        (#"[{"id":"x","n":1}]"#, #"[{"id":"x","n":2}]"#, #"[{"id":"y"},{"id":"x","n":3}]"#, "/l/1/n", .bothChanged),
    ])
    func `a conflict names an item by its index in theirs, else in mine`(
        base: String,
        mine: String,
        theirs: String,
        place: String,
        reason: MergeConflict.Reason
    ) throws {
        let result = try merge(#"{"l":\#(base)}"#, #"{"l":\#(mine)}"#, #"{"l":\#(theirs)}"#, Self.rules)
        #expect(result.places == [place])
        #expect(result.conflicts.first?.reason == reason)
    }

    @Test(arguments: [
        (#"[{"id":1},{"id":1}]"#, MergeConflict.KeyDefect.keyRepeats), (#"[{"id":1},{"id":1.0}]"#, .keyRepeats),
        (#"[{"n":1}]"#, .keyIsMissing), (#"[{"id":null}]"#, .keyIsMissing), (#"[{"id":[]}]"#, .keyIsNoScalar),
        (#"[{"id":{}}]"#, .keyIsNoScalar), (#"[1]"#, .elementIsNoObject), (#"[{"id":1},"x"]"#, .elementIsNoObject),
    ])
    func `an array without usable keys, in any of the three, is one value`(
        list: String,
        defect: MergeConflict.KeyDefect
    ) throws {
        let (bad, one, two) = (#"{"l":\#(list)}"#, #"{"l":[{"id":7}]}"#, #"{"l":[{"id":8}]}"#)
        for (base, mine, theirs) in [(bad, one, two), (one, bad, two), (one, two, bad)] {
            let result = try merge(base, mine, theirs, Self.rules)
            #expect(result.places == ["/l"])
            #expect(result.conflicts.first?.reason == .keysUnusable(defect))
            #expect(result.value.text == theirs)
        }
        #expect(try merge(bad, bad, one, Self.rules).value.text == one)
        #expect(try merge(bad, one, bad, Self.rules).value.text == one)
    }

    @Test func `a text, a number and a truth value are different keys`() throws {
        let result = try merge(#"{"l":[]}"#, #"{"l":[{"id":"1"}]}"#, #"{"l":[{"id":1},{"id":true}]}"#, Self.rules)
        #expect(result.value.text == #"{"l":[{"id":"1"},{"id":1},{"id":true}]}"#)
    }

    @Test func `rules within a keyed array name an item by its key`() throws {
        let rules = MergeRules(
            atomic: [pointer("/l/7/at")],
            keyed: [.init(pointer("/l"), by: "id"), .init(pointer("/l/*/parts"), by: "k")]
        )
        let base = #"{"l":[{"id":6,"at":{}},{"id":7,"at":{},"parts":[{"k":1}]}]}"#
        let mine = #"{"l":[{"id":6,"at":{"m":1}},{"id":7,"at":{"m":1},"parts":[{"k":1,"m":1}]}]}"#
        let theirs = #"{"l":[{"id":7,"at":{"t":1},"parts":[{"k":0},{"k":1,"t":1}]},{"id":6,"at":{"t":1}}]}"#
        let result = try merge(base, mine, theirs, rules)
        #expect(result.places == ["/l/0/at"])
        #expect(
            result.value.text
                == #"{"l":[{"id":7,"at":{"t":1},"parts":[{"k":0},{"k":1,"t":1,"m":1}]},{"id":6,"at":{"t":1,"m":1}}]}"#
        )
    }

    @Test func `an array that both created is merged by key`() throws {
        let result = try merge("{}", #"{"l":[{"id":1,"m":1}]}"#, #"{"l":[{"id":1,"t":1},{"id":2}]}"#, Self.rules)
        #expect(result.value.text == #"{"l":[{"id":1,"t":1,"m":1},{"id":2}]}"#)
    }

    @Test func `many items take no more than their number`() throws {
        func list(_ range: some Sequence<Int>) -> JSONValue {
            ["l": .array(range.map { ["id": .number(JSONNumber($0)), "n": 1] })]
        }
        let result = JSONMerge.merge(
            base: list(0..<20_000),
            mine: list(0..<30_000),
            theirs: list((10_000..<20_000).reversed()),
            rules: Self.rules
        )
        #expect(result.isMerged)
        #expect(result.value["l"]?.array?.count == 20_000)
    }
}

import ConflictEngine
import HTTPSemantics
import Testing

struct GroupMergeTests {
    private static let times = MergeRules(groups: [[pointer("/start"), pointer("/end")]])
    private static let base = #"{"start":1,"end":5,"n":1}"#

    @Test(arguments: [
        (#"{"start":2,"end":5,"n":1}"#, #"{"start":1,"end":6,"n":1}"#, ["/start", "/end"]),
        (#"{"start":2,"end":5,"n":2}"#, #"{"start":1,"end":5,"n":1}"#, []),
        (#"{"start":2,"end":6,"n":1}"#, #"{"start":1,"end":5,"n":2}"#, []),
        (#"{"start":2,"end":5,"n":1}"#, #"{"start":2,"end":5,"n":1}"#, []),
        (#"{"start":2,"end":6,"n":1}"#, #"{"start":2,"end":5,"n":1}"#, ["/start", "/end"]),
        (#"{"end":5,"n":1}"#, #"{"start":1,"end":6,"n":1}"#, ["/start", "/end"]),
        (#"{"start":2,"end":5,"n":1}"#, #"{"start":3,"end":5,"n":1}"#, ["/start"]),
        (#"{"start":2,"end":5,"n":2}"#, #"{"start":1,"end":6,"n":1}"#, ["/start", "/end"]),
    ])
    func `fields of a group are changed by one side only`(mine: String, theirs: String, places: [String]) throws {
        let result = try merge(Self.base, mine, theirs, Self.times)
        #expect(result.places == places)
        #expect(result.conflicts.allSatisfy { $0.reason == .group(0) })
        guard !result.isMerged else { return }
        let current = try json(theirs)
        #expect(result.value["start"] == current["start"] && result.value["end"] == current["end"])
    }

    @Test func `what lies outside of the group is still in the preview`() throws {
        let result = try merge(
            Self.base,
            #"{"start":2,"end":5,"n":2}"#,
            #"{"start":1,"end":6,"n":1}"#,
            Self.times
        )
        #expect(result.value.text == #"{"start":1,"end":6,"n":2}"#)
        #expect(result.origins.mine.map(\.text) == ["/n"])
    }

    @Test func `the star tells instances apart`() throws {
        let rules = MergeRules(
            keyed: [.init(pointer("/rooms"), by: "id")],
            groups: [[pointer("/rooms/*/from"), pointer("/rooms/*/to")]]
        )
        let base = #"{"rooms":[{"id":"a","from":1,"to":2},{"id":"b","from":1,"to":2}]}"#
        let mine = #"{"rooms":[{"id":"a","from":0,"to":2},{"id":"b","from":0,"to":2}]}"#
        let other = #"{"rooms":[{"id":"b","from":1,"to":2},{"id":"a","from":1,"to":3}]}"#
        let result = try merge(base, mine, other, rules)
        #expect(result.places == ["/rooms/1/from", "/rooms/1/to"])
        #expect(result.value.text == #"{"rooms":[{"id":"b","from":0,"to":2},{"id":"a","from":1,"to":3}]}"#)
    }

    @Test func `a pointer without a star belongs to every instance`() throws {
        let rules = MergeRules(groups: [[pointer("/currency"), pointer("/prices/*")]])
        let result = try merge(
            #"{"currency":"EUR","prices":{"a":1,"b":1}}"#,
            #"{"currency":"USD","prices":{"a":1,"b":1}}"#,
            #"{"currency":"EUR","prices":{"a":1,"b":2}}"#,
            rules
        )
        #expect(result.places == ["/currency", "/prices/b"])
    }

    @Test func `a field that went with what held it is named by that`() throws {
        let rules = MergeRules(groups: [[pointer("/a/x"), pointer("/c")]])
        let result = try merge(#"{"a":{"x":1},"c":1}"#, #"{"c":1}"#, #"{"a":{"x":1},"c":2}"#, rules)
        #expect(result.places == ["/a", "/c"])
        #expect(result.value.text == #"{"a":{"x":1},"c":2}"#)
        let unrelated = try merge(#"{"a":{"y":1},"c":1}"#, #"{"c":1}"#, #"{"a":{"y":1},"c":2}"#, rules)
        #expect(unrelated.isMerged)
        #expect(unrelated.value.text == #"{"c":2}"#)
    }

    @Test func `a field within an array or an atomic place is named by that`() throws {
        let rules = MergeRules(atomic: [pointer("/b")], groups: [[pointer("/a/0/x"), pointer("/b/y")]])
        let base = #"{"a":[{"x":1}],"b":{"y":1,"z":1}}"#
        let result = try merge(
            base,
            #"{"a":[{"x":2}],"b":{"y":1,"z":1}}"#,
            #"{"a":[{"x":1}],"b":{"y":2,"z":1}}"#,
            rules
        )
        #expect(result.places == ["/a", "/b"])
        let free = try merge(base, #"{"a":[{"x":2}],"b":{"y":1,"z":1}}"#, #"{"a":[{"x":1}],"b":{"y":1,"z":2}}"#, rules)
        #expect(free.isMerged)
    }

    @Test func `groups hold counters and sets as well`() throws {
        let rules = MergeRules(counters: [pointer("/n")], groups: [[pointer("/n"), pointer("/m")]])
        #expect(try merge(#"{"n":1,"m":1}"#, #"{"n":2,"m":1}"#, #"{"n":3,"m":1}"#, rules).places == ["/n"])
    }

    @Test func `a place in two groups is named once`() throws {
        let rules = MergeRules(groups: [[pointer("/a"), pointer("/b")], [pointer("/a"), pointer("/c")]])
        let result = try merge(#"{"a":1,"b":1,"c":1}"#, #"{"a":2,"b":1,"c":1}"#, #"{"a":1,"b":2,"c":2}"#, rules)
        #expect(result.places == ["/a", "/b", "/c"])
        #expect(result.conflicts.map(\.reason) == [.group(0), .group(0), .group(1)])
    }
}

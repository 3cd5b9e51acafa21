import ConflictEngine
import Testing

struct MergeRulesTests {
    @Test(arguments: [
        (MergeRules(), 0),
        (
            MergeRules(
                atomic: [pointer("/a")],
                keyed: [.init(pointer("/l"), by: "id"), .init(pointer("/l/*/m"), by: "k")],
                sets: [pointer("/l/*/tags")],
                counters: [pointer("/n")],
                groups: [[pointer("/s"), pointer("/e")]]
            ), 0
        ),
        (MergeRules(atomic: [pointer("/a")], sets: [pointer("/a")]), 1),
        (MergeRules(sets: [pointer("/a")], counters: [pointer("/a")]), 1),
        (MergeRules(atomic: [pointer("/a"), pointer("/a")]), 0),
        (MergeRules(keyed: [.init(pointer("/l"), by: "id"), .init(pointer("/l"), by: "k")]), 1),
        (MergeRules(keyed: [.init(pointer("/l"), by: "")]), 1),
        (MergeRules(atomic: [pointer("/*/x")], counters: [pointer("/a/x")]), 1),
        (MergeRules(atomic: [pointer("/a")], counters: [pointer("/a/x")]), 1),
        (MergeRules(atomic: [pointer("")], counters: [pointer("/a")]), 1),
        (MergeRules(atomic: [pointer("/*")], counters: [pointer("/a/x")]), 1),
        (MergeRules(atomic: [pointer("/a/b")], counters: [pointer("/a/*/x")]), 0),
        (MergeRules(sets: [pointer("/a/0")], counters: [pointer("/a")]), 1),
        (MergeRules(atomic: [pointer("/a")], groups: [[pointer("/a/x"), pointer("/b")]]), 1),
        (MergeRules(groups: [[]]), 1), (MergeRules(groups: [[pointer("/a")]]), 1),
        (MergeRules(groups: [[pointer("/a"), pointer("/a")]]), 1),
    ])
    func `what contradicts itself is said in words`(rules: MergeRules, count: Int) {
        #expect(rules.contradictions.count == count, "\(rules.contradictions)")
        #expect(rules.contradictions.allSatisfy { $0.hasSuffix(".") })
    }

    @Test func `contradictory rules are followed in their order of precedence`() throws {
        let rules = MergeRules(
            atomic: [pointer("/a")],
            sets: [pointer("/a"), pointer("/n")],
            counters: [pointer("/n")]
        )
        #expect(try merge(#"{"a":[1]}"#, #"{"a":[2]}"#, #"{"a":[3]}"#, rules).places == ["/a"])
        #expect(try merge(#"{"n":1}"#, #"{"n":2}"#, #"{"n":3}"#, rules).conflicts.map(\.reason) == [.isNoSet])
    }
}

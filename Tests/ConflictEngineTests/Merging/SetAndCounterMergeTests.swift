import ConflictEngine
import HTTPSemantics
import Testing

struct SetAndCounterMergeTests {
    private static let rules = MergeRules(sets: [pointer("/s")], counters: [pointer("/n")])

    @Test(arguments: [
        ("[1,2]", "[1,2,3]", "[1,2,4]", "[1,2,4,3]"), ("[1,2]", "[2]", "[1,2,4]", "[2,4]"),
        ("[1,2]", "[2]", "[1]", "[]"), ("[1,2]", "[2,3]", "[3,1,2]", "[3,2]"), ("[1]", "[1.0,2]", "[3,1]", "[3,1,2]"),
        (#"["é"]"#, #"["e\u0301"]"#, #"["é","x"]"#, #"["x","e\u0301"]"#),
        ("[null]", "[true,null]", "[false,null]", "[false,null,true]"),
        (#"["1"]"#, #"["1",1]"#, #"["1","2"]"#, #"["1","2",1]"#), ("[1]", "[2,2,1]", "[1,3]", "[1,3,2]"),
        ("[1,2]", "[2,1]", "[1,2,3]", "[1,2,3]"), ("[]", "[1]", "[1]", "[1]"), ("[1]", "[2]", "[3]", "[3,2]"),
        ("[1,1]", "[1]", "[1,1,2,2]", "[1,2]"),
    ])
    func `of a set, theirs without what mine removed and with what it added remains`(
        base: String,
        mine: String,
        theirs: String,
        merged: String
    ) throws {
        let result = try merge(#"{"s":\#(base)}"#, #"{"s":\#(mine)}"#, #"{"s":\#(theirs)}"#, Self.rules)
        #expect(result.isMerged)
        #expect(result.value["s"] == (try json(merged)))
        #expect(result.origins.combined.map(\.text) == ["/s"])
    }

    @Test(arguments: [
        ("[]", "[[1]]", "[2]", MergeConflict.Reason.isNoSet), ("[{}]", "[1]", "[2]", .isNoSet),
        ("[]", "[1]", "[{}]", .isNoSet), ("null", "[1]", "[2]", .isNoSet), ("[1]", "[2]", #""x""#, .isNoSet),
    ])
    func `what holds more than scalars is no set`(
        base: String,
        mine: String,
        theirs: String,
        reason: MergeConflict.Reason
    ) throws {
        let result = try merge(#"{"s":\#(base)}"#, #"{"s":\#(mine)}"#, #"{"s":\#(theirs)}"#, Self.rules)
        #expect(result.places == ["/s"])
        #expect(result.conflicts.first?.reason == reason)
    }

    @Test func `a set that both created holds what both put in`() throws {
        #expect(try merge("{}", #"{"s":[1,2]}"#, #"{"s":[2,3]}"#, Self.rules).value.text == #"{"s":[2,3,1]}"#)
        #expect(try merge(#"{"s":[1]}"#, "{}", #"{"s":[1,2]}"#, Self.rules).conflicts.first?.reason == .removedByMine)
    }

    @Test(arguments: [
        ("1", "2", "5", "6"), ("1", "0", "5", "4"), ("5", "1", "2", "-2"), ("1", "2", "2", "3"), ("0", "1", "-1", "0"),
        ("0.1", "0.3", "0.2", "0.4"), ("1.10", "1.20", "2.05", "2.15"), ("1e2", "1e3", "100.5", "1000.5"),
        (
            "99999999999999999999999999", "100000000000000000000000000", "99999999999999999999999998",
            "99999999999999999999999999"
        ),
        ("-0", "1", "2", "3"), ("0e99999999999999999999", "1", "2", "3"),
        ("9223372036854775807", "9223372036854775808", "9223372036854775806", "9223372036854775807"),
        ("0", "1e-7", "0.25", "0.2500001"), ("0", "-1e-3", "5e-4", "-0.0005"), ("10", "7", "3", "0"),
        ("0", "100", "900", "1000"),
        ("1", "1e20", "2", "100000000000000000001"), ("1E0", "2E+0", "30e-1", "4"),
    ])
    func `to a counter both differences are added, exactly`(
        base: String,
        mine: String,
        theirs: String,
        sum: String
    ) throws {
        let result = try merge(#"{"n":\#(base)}"#, #"{"n":\#(mine)}"#, #"{"n":\#(theirs)}"#, Self.rules)
        #expect(result.isMerged)
        #expect(result.value.text == #"{"n":\#(sum)}"#)
        #expect(result.origins.combined.map(\.text) == ["/n"])
    }

    @Test(arguments: [
        ("1", "1e400", "2"), ("1", "1e-401", "2"), ("1", "2", "1e999999999999999999999"), ("1", "2", "1e-99999999"),
        ("1", String(repeating: "7", count: 401), "2"), ("1", "2", "0." + String(repeating: "7", count: 3_000)),
    ])
    func `a counter with too many digits is a conflict`(base: String, mine: String, theirs: String) throws {
        let result = try merge(#"{"n":\#(base)}"#, #"{"n":\#(mine)}"#, #"{"n":\#(theirs)}"#, Self.rules)
        #expect(result.conflicts.map(\.reason) == [.counterTooLong])
    }

    @Test func `the longest numbers are still added exactly`() throws {
        let nines = String(repeating: "9", count: 400)
        let result = try merge(#"{"n":0}"#, #"{"n":1}"#, #"{"n":\#(nines)}"#, Self.rules)
        #expect(result.value.text == #"{"n":1\#(String(repeating: "0", count: 400))}"#)
        let tiny = "0." + String(repeating: "0", count: 399) + "1"
        #expect(
            try merge(#"{"n":0}"#, #"{"n":1}"#, #"{"n":\#(tiny)}"#, Self.rules).value.text
                == #"{"n":1\#(tiny.dropFirst())}"#
        )
    }

    @Test(arguments: [(#""1""#, "2", "3"), ("1", #""2""#, "3"), ("1", "2", #""3""#), ("null", "2", "3")])
    func `what is not always a number is no counter`(base: String, mine: String, theirs: String) throws {
        let result = try merge(#"{"n":\#(base)}"#, #"{"n":\#(mine)}"#, #"{"n":\#(theirs)}"#, Self.rules)
        #expect(result.conflicts.map(\.reason) == [.isNoCounter])
    }

    @Test func `a counter that was removed, or that both created, is a conflict`() throws {
        #expect(try merge(#"{"n":1}"#, "{}", #"{"n":2}"#, Self.rules).conflicts.map(\.reason) == [.removedByMine])
        #expect(try merge(#"{"n":1}"#, #"{"n":2}"#, "{}", Self.rules).conflicts.map(\.reason) == [.removedByTheirs])
        #expect(try merge("{}", #"{"n":1}"#, #"{"n":2}"#, Self.rules).conflicts.map(\.reason) == [.isNoCounter])
        #expect(try merge("{}", #"{"n":1}"#, #"{"n":1}"#, Self.rules).isMerged)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `sums of whole numbers are those of the machine`(seed: UInt64) throws {
        var chance = SeededTurns(seed)
        for _ in 0..<500 {
            let numbers = (0..<3).map { _ in Int.random(in: -1_000_000...1_000_000, using: &chance) }
            guard Set(numbers).count == 3 else { continue }
            let values = numbers.map { JSONValue(dictionaryLiteral: ("n", .number(JSONNumber($0)))) }
            let result = JSONMerge.merge(base: values[0], mine: values[1], theirs: values[2], rules: Self.rules)
            #expect(result.value["n"]?.integer == numbers[2] + numbers[1] - numbers[0])
        }
    }
}

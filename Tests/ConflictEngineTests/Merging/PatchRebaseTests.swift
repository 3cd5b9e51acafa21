import ConflictEngine
import HTTPSemantics
import Testing

struct PatchRebaseTests {
    private static let rules = MergeRules(
        atomic: [pointer("/box")],
        keyed: [.init(pointer("/lines"), by: "id")],
        sets: [pointer("/tags")],
        counters: [pointer("/n")],
        groups: [[pointer("/start"), pointer("/end")]]
    )

    private func rebase(
        _ patch: String,
        _ base: String,
        _ theirs: String,
        _ rules: MergeRules = Self.rules
    ) throws -> RebaseResult {
        let value = try json(patch)
        let stale: StalePatch = value.array == nil ? .merge(JSONMergePatch(value)) : .operations(try JSONPatch(value))
        return PatchRebase.rebase(stale, from: try json(base), to: try json(theirs), rules: rules)
    }

    @Test(arguments: [
        (#"[{"op":"replace","path":"/a","value":2}]"#, #"{"a":1,"b":1}"#, #"{"a":1,"b":2}"#, #"{"a":2,"b":2}"#),
        (#"{"a":2}"#, #"{"a":1,"b":1}"#, #"{"b":2,"a":1}"#, #"{"b":2,"a":2}"#),
        (#"{"a":{"x":null}}"#, #"{"a":{"x":1,"y":1}}"#, #"{"a":{"x":1,"y":2}}"#, #"{"a":{"y":2}}"#),
        (#"[{"op":"add","path":"/l/-","value":3}]"#, #"{"l":[1,2]}"#, #"{"l":[1,2],"b":1}"#, #"{"l":[1,2,3],"b":1}"#),
        (#"[{"op":"replace","path":"/l/0","value":3}]"#, #"{"l":[1,2]}"#, #"{"l":[1,5]}"#, #"{"l":[3,5]}"#),
        (
            #"[{"op":"test","path":"/a","value":1},{"op":"replace","path":"/b","value":2}]"#, #"{"a":1,"b":1,"c":1}"#,
            #"{"a":1,"b":1}"#, #"{"a":1,"b":2}"#
        ),
        (
            #"[{"op":"replace","path":"/lines/0/q","value":5}]"#, #"{"lines":[{"id":1,"q":1,"t":1}]}"#,
            #"{"lines":[{"id":1,"q":1,"t":2},{"id":2}]}"#, #"{"lines":[{"id":1,"q":5,"t":2},{"id":2}]}"#
        ),
        ("[]", #"{"a":1}"#, #"{"b":1}"#, #"{"b":1}"#),
        (#"[{"op":"replace","path":"/n","value":5}]"#, #"{"n":1,"a":1}"#, #"{"n":1,"a":2}"#, #"{"n":5,"a":2}"#),
        (
            #"[{"op":"move","from":"/a","path":"/m"}]"#, #"{"a":{"x":1},"b":1}"#, #"{"a":{"x":1},"b":2}"#,
            #"{"b":2,"m":{"x":1}}"#
        ),
        (
            #"{"start":2,"end":6}"#, #"{"start":1,"end":5,"x":1}"#, #"{"start":1,"end":5,"x":2}"#,
            #"{"start":2,"end":6,"x":2}"#
        ),
    ])
    func `a patch of other places is applied to theirs`(
        patch: String,
        base: String,
        theirs: String,
        result: String
    ) throws {
        #expect(try rebase(patch, base, theirs) == .applied(try json(result)))
    }

    @Test(arguments: [
        (
            #"[{"op":"add","path":"/lines/-","value":{"id":3}}]"#, #"{"lines":[{"id":1}]}"#,
            #"{"lines":[{"id":1},{"id":2}]}"#, #"{"lines":[{"id":1},{"id":3},{"id":2}]}"#
        ),
        (
            #"[{"op":"replace","path":"/lines/0/q","value":5}]"#, #"{"lines":[{"id":1,"q":1},{"id":2,"q":1}]}"#,
            #"{"lines":[{"id":2,"q":1},{"id":1,"q":1}]}"#, #"{"lines":[{"id":2,"q":1},{"id":1,"q":5}]}"#
        ),
        (
            #"[{"op":"test","path":"/lines/1/id","value":2},{"op":"remove","path":"/lines/1"}]"#,
            #"{"lines":[{"id":1},{"id":2}]}"#, #"{"lines":[{"id":0},{"id":1,"x":1},{"id":2}]}"#,
            #"{"lines":[{"id":0},{"id":1,"x":1}]}"#
        ),
        (
            #"[{"op":"add","path":"/tags/-","value":"m"}]"#, #"{"tags":["a"]}"#, #"{"tags":["a","t"]}"#,
            #"{"tags":["a","t","m"]}"#
        ),
        (#"[{"op":"replace","path":"/n","value":6}]"#, #"{"n":5}"#, #"{"n":7}"#, #"{"n":8}"#),
        (
            #"{"n":6,"tags":["b"]}"#, #"{"n":5,"tags":["a"]}"#, #"{"n":7,"tags":["a","t"]}"#,
            #"{"n":8,"tags":["t","b"]}"#
        ),
        (#"{"a":2}"#, #"{"a":1}"#, #"{"a":2,"b":1}"#, #"{"a":2,"b":1}"#),
        (#"[{"op":"add","path":"/l/-","value":3}]"#, #"{"l":[1]}"#, #"{"l":[1,3]}"#, #"{"l":[1,3]}"#),
    ])
    func `a patch of what rules can merge is merged`(
        patch: String,
        base: String,
        theirs: String,
        result: String
    ) throws {
        guard case .merged(let value, _) = try rebase(patch, base, theirs) else {
            Issue.record("not merged: \(try rebase(patch, base, theirs))")
            return
        }
        #expect(value.text == result)
    }

    @Test(arguments: [
        (
            #"[{"op":"replace","path":"/a","value":2}]"#, #"{"a":1}"#, #"{"a":3}"#, ["/a"],
            MergeConflict.Reason.bothChanged
        ),
        (#"[{"op":"replace","path":"/a","value":1}]"#, #"{"a":1}"#, #"{"a":3}"#, ["/a"], .reliedOn),
        (
            #"[{"op":"test","path":"/a","value":1},{"op":"add","path":"/b","value":2}]"#, #"{"a":1}"#, #"{"a":3}"#,
            ["/a"], .reliedOn
        ),
        (#"[{"op":"copy","from":"/a","path":"/b"}]"#, #"{"a":{"x":1}}"#, #"{"a":{"x":2}}"#, ["/a"], .reliedOn),
        (#"[{"op":"add","path":"/a/x","value":2}]"#, #"{"a":{}}"#, "{}", ["/a"], .removedByTheirs),
        (#"[{"op":"remove","path":"/a"}]"#, #"{"a":{"x":1}}"#, #"{"a":{"x":2}}"#, ["/a"], .removedByMine),
        (#"[{"op":"move","from":"/a","path":"/b"}]"#, #"{"a":{"x":1}}"#, #"{"a":{"x":2}}"#, ["/a"], .removedByMine),
        (#"[{"op":"add","path":"/l/-","value":3}]"#, #"{"l":[1]}"#, #"{"l":[2]}"#, ["/l"], .bothChanged),
        (
            #"[{"op":"replace","path":"/l/0/x","value":3}]"#, #"{"l":[{"x":1},{"x":2}]}"#,
            #"{"l":[{"x":1,"y":1},{"x":2}]}"#, ["/l/0"], .bothChanged
        ),
        (
            #"[{"op":"replace","path":"/l/0/x","value":3}]"#, #"{"l":[{"x":1}]}"#, #"{"l":[{"x":1},{"x":2}]}"#, ["/l"],
            .bothChanged
        ),
        (#"{"a":{"x":2}}"#, #"{"a":{"x":1}}"#, #"{"a":{"x":3}}"#, ["/a/x"], .bothChanged),
        (#"{"a":{"x":2}}"#, "{}", #"{"a":{"y":3}}"#, ["/a"], .bothAdded),
        (#"{"box":{"x":2}}"#, #"{"box":{"x":1,"y":1}}"#, #"{"box":{"x":1,"y":2}}"#, ["/box"], .bothChanged),
        (#"{"start":2}"#, #"{"start":1,"end":5}"#, #"{"start":1,"end":6}"#, ["/start", "/end"], .group(0)),
        (
            #"[{"op":"replace","path":"/lines/0/q","value":5}]"#, #"{"lines":[{"id":1,"q":1}]}"#,
            #"{"lines":[{"id":0},{"id":1,"q":2}]}"#, ["/lines/1/q"], .bothChanged
        ),
        (
            #"[{"op":"test","path":"/n","value":5},{"op":"replace","path":"/n","value":6}]"#, #"{"n":5}"#, #"{"n":7}"#,
            ["/n"], .bothChanged
        ),
        (
            #"[{"op":"test","path":"/lines/0/q","value":1},{"op":"remove","path":"/lines/1"}]"#,
            #"{"lines":[{"id":1,"q":1},{"id":2}]}"#, #"{"lines":[{"id":1,"q":2},{"id":2}]}"#, ["/lines"], .bothChanged
        ),
        (#"[{"op":"add","path":"","value":{}}]"#, #"{"a":1}"#, #"{"a":2}"#, [""], .bothChanged),
    ])
    func `a patch of what changed is a conflict`(
        patch: String,
        base: String,
        theirs: String,
        places: [String],
        reason: MergeConflict.Reason
    ) throws {
        guard case .conflicting(let conflicts, omitted: 0) = try rebase(patch, base, theirs) else {
            Issue.record("no conflict: \(try rebase(patch, base, theirs))")
            return
        }
        #expect(conflicts.map(\.pointer.text) == places)
        #expect(conflicts.first?.reason == reason)
        for conflict in conflicts { #expect(try conflict.theirs == conflict.pointer.lookup(in: json(theirs))) }
    }

    @Test func `a patch that does not fit its own base is refused`() throws {
        guard case .refused(let fault) = try rebase(#"[{"op":"remove","path":"/x"}]"#, "{}", #"{"x":1}"#) else {
            Issue.record("not refused")
            return
        }
        #expect(fault.reason == .placeMissing)
    }

    @Test func `a rule that cannot be followed leaves a conflict`() throws {
        let patch = #"[{"op":"add","path":"/lines/-","value":{"id":1}}]"#
        guard case .conflicting(let conflicts, _) = try rebase(patch, #"{"lines":[]}"#, #"{"lines":[{}]}"#) else {
            Issue.record("no conflict")
            return
        }
        #expect(conflicts.map(\.reason) == [.keysUnusable(.keyIsMissing)])
    }

    @Test func `without rules, an array that both changed is a conflict`() throws {
        let patch = #"[{"op":"add","path":"/tags/-","value":1}]"#
        guard case .conflicting(let conflicts, _) = try rebase(patch, #"{"tags":[]}"#, #"{"tags":[2]}"#, MergeRules())
        else {
            Issue.record("no conflict")
            return
        }
        #expect(conflicts.map(\.pointer.text) == ["/tags"])
    }
}

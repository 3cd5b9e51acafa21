import Server
import StoragePorts
import Testing

/// What `parley conflicts` understands of its options.
struct ConflictQuestionTests {
    @Test func `options become a filter`() throws {
        let question = try ConflictQuestion(since: "1h", route: "shop/items", kind: "locked", now: 10_000_000)
        #expect(question.filter.since == 6_400_000)
        #expect(question.filter.service == "shop")
        #expect(question.filter.route == "items")
        #expect(question.filter.kind == "locked")
    }

    @Test func `no options ask for everything`() throws {
        let question = try ConflictQuestion(since: nil, route: nil, kind: nil, now: 0)
        #expect(question.filter.since == nil)
        #expect(question.filter.route == nil)
        #expect(question.filter.kind == nil)
    }

    @Test(arguments: [
        ("since", "soon", "1h"), ("since", "", "--since"), ("since", "-1h", "1h"),
        ("since", "99999999999999999999d", "1h"),
        ("route", "a/b/c", "SERVICE/ROUTE"), ("route", "/items", "SERVICE/ROUTE"), ("route", "a b", "SERVICE/ROUTE"),
        ("kind", "stale", "stale-version"), ("kind", "locked&limit=1", "stale-version"), ("kind", "%", "locked"),
    ])
    func `what cannot be understood is wrong usage and says what is allowed`(
        option: String,
        value: String,
        hint: String
    ) throws {
        let fault = #expect(throws: StartFault.self) {
            try ConflictQuestion(
                since: option == "since" ? value : nil,
                route: option == "route" ? value : nil,
                kind: option == "kind" ? value : nil,
                now: 0
            )
        }
        #expect(fault?.exitCode == 2)
        #expect(fault?.message.contains("--\(option)") == true)
        #expect(fault?.message.contains(hint) == true)
    }
}

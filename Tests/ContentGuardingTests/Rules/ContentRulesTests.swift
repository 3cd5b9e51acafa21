import Catalog
import ContentGuarding
import HTTPSemantics
import Testing

struct ContentRulesTests {
    @Test func `findings tell rule, place and mode, and replacements are the rule's`() throws {
        var named = Guards.keywords(["bluebird"])
        named.name = "projects"
        named.replacement = "<project>"
        let result = try Guards.applied([named, Guards.format(.email, .log)], to: "é bluebird: ada@example.com")
        #expect(result.text == "é <project>: ada@example.com")
        #expect(result.findings.map(\.rule) == ["projects", "email"])
        #expect(result.findings.map(\.range) == [3..<11, 13..<28])
        #expect(result.findings.map(\.mode) == [.mask, .log])
        #expect(!result.isRefused)
    }

    @Test func `a refused text ends before the cause`() throws {
        let guards = [Guards.format(.email), Guards.format(.card, .refuse)]
        let result = try Guards.applied(guards, to: "ada@example.com 4111111111111111 bob@example.com")
        #expect(result.text == "[email] ")
        #expect(result.isRefused && result.findings.isRefused)
        #expect(result.findings.map(\.rule) == ["email", "card"])
    }

    @Test func `refusing wins over masking at the same place`() throws {
        let guards = [Guards.regex("[\\d ]+x"), Guards.format(.card, .refuse)]
        let result = try Guards.applied(guards, to: "4111 1111 1111 1111 x")
        #expect(result.isRefused)
        #expect(result.text.isEmpty)
    }

    @Test func `of overlapping findings nothing stays`() throws {
        let inner = try Guards.applied(
            [Guards.keywords(["ada", "com"]), Guards.format(.email)],
            to: "ada@example.com"
        )
        #expect(inner.text == "[email]")
        #expect(inner.findings.map(\.rule) == ["email"])
        // The first ends within the second: both go, and one replacement comes.
        let crossing = try Guards.applied(
            [Guards.regex("to: \\w+"), Guards.format(.email)],
            to: "to: ada.b@example.com!"
        )
        #expect(crossing.text == "[regex]!")
        #expect(crossing.findings.map(\.range) == [0..<7, 4..<21])
        let neighbours = try Guards.applied([Guards.regex("a+"), Guards.regex("b+")], to: "aabb")
        #expect(neighbours.text == "[regex][regex]")
        let logged = try Guards.applied([Guards.regex(".+", .log), Guards.keywords(["ada"])], to: "x ada y")
        #expect(logged.text == "x [keyword] y")
        #expect(logged.findings.map(\.mode) == [.log, .mask])
    }

    @Test func `the rule that was written first decides between equals`() throws {
        var first = Guards.keywords(["ada"])
        first.replacement = "1"
        var second = Guards.regex("ada")
        second.replacement = "2"
        #expect(try Guards.applied([first, second], to: "ada").text == "1")
        #expect(try Guards.applied([second, first], to: "ada").text == "2")
    }

    @Test(arguments: ContentGuard.Direction.allCases, [ContentGuard.Direction.requests, .answers])
    func `a rule looks at its own direction`(on: ContentGuard.Direction, direction: ContentGuard.Direction) throws {
        var rule = Guards.keywords(["ada"])
        rule.on = on
        let rules = try ContentRules(compiling: [rule])
        let isMasked = on == .both || on == direction
        #expect(rules.apply(to: "ada", direction).text == (isMasked ? "[keyword]" : "ada"))
        #expect(rules.looks(at: direction) == isMasked)
        var stream = GuardedStream(rules, direction)
        #expect(stream.feed("ada ") + stream.finish() == (isMasked ? "[keyword] " : "ada "))
    }

    // MARK: Places

    @Test(arguments: [
        ("", ["/model", "/messages/0/content", "/messages/1/content/0/text"]),
        ("/model", ["/model"]),
        ("/messages", ["/messages/0/content", "/messages/1/content/0/text"]),
        ("/messages/0", ["/messages/0/content"]),
        ("/messages/*/content", ["/messages/0/content", "/messages/1/content/0/text"]),
        ("/messages/*/content/*/text", ["/messages/1/content/0/text"]),
        ("/*", ["/model", "/messages/0/content", "/messages/1/content/0/text"]),
        ("/messages/2", []),
        ("/model/0", []),
    ])
    func `a rule with places looks there only`(place: String, wanted: [String]) throws {
        var rule = Guards.keywords(["ada"])
        rule.at = [place]
        let rules = try ContentRules(compiling: [rule])
        for text in ["/model", "/messages/0/content", "/messages/1/content/0/text"] {
            let guarded = rules.apply(to: "ada", .requests, at: JSONPointer(text))
            #expect((guarded.text == "[keyword]") == wanted.contains(text), "\(text)")
        }
    }

    @Test func `where no places are known, a rule with places looks everywhere`() throws {
        var rule = Guards.keywords(["ada"])
        rule.at = ["/model"]
        #expect(try ContentRules(compiling: [rule]).apply(to: "ada", everywhere: .answers).text == "[keyword]")
    }

    @Test func `a text has the place it is told to have`() throws {
        var rule = Guards.keywords(["ada"])
        rule.at = ["/choices/*/message/content"]
        let rules = try ContentRules(compiling: [rule])
        let place = JSONPointer("/choices/0/message/content")
        #expect(rules.apply(to: "ada", .answers).text == "ada")
        #expect(rules.apply(to: "ada", .answers, at: place).text == "[keyword]")
        var stream = GuardedStream(rules, .answers, at: place)
        #expect(stream.feed("ada") + stream.finish() == "[keyword]")
    }

    @Test func `a place that is no pointer is a fault`() {
        var rule = Guards.keywords(["ada"])
        rule.at = ["messages"]
        #expect(throws: ContentRuleFault.self) { try ContentRules(compiling: [rule]) }
    }
}

import Catalog
import ContentGuarding
import HTTPSemantics
import Testing

@testable import LLMGateway

@Suite struct GuardedBodyTests {
    private func rules(_ guards: [ContentGuard] = [GuardSamples.rule(.regex("q[01]{4}q"))]) throws -> ContentRules {
        try ContentRules(compiling: guards)
    }

    private func guarded(
        _ body: String,
        _ rules: ContentRules,
        _ direction: ContentGuard.Direction = .requests
    ) -> GuardedBody {
        GuardedBody(bytes(body), rules, direction)
    }

    /// Guards of all formats.
    private func formats() throws -> ContentRules {
        try ContentRules(compiling: GuardPattern.Format.allCases.map { GuardSamples.rule(.format($0)) })
    }

    // MARK: Forms

    @Test(arguments: WireFormat.allCases)
    func `every text of a request is masked, and nothing else is touched`(format: WireFormat) throws {
        let body = GuardedBodySamples.request(format)
        let result = guarded(body, try rules())
        #expect(text(result.bytes) == body.replacing("q1111q", with: "[regex]"))
        #expect(result.found.count == body.ranges(of: "q1111q").count)
    }

    @Test(arguments: WireFormat.allCases)
    func `every text of an answer is masked, and nothing else is touched`(format: WireFormat) throws {
        let body = GuardedBodySamples.answer(format)
        let result = guarded(body, try rules(), .answers)
        #expect(text(result.bytes) == body.replacing("q1111q", with: "[regex]"))
        #expect(result.found.count == body.ranges(of: "q1111q").count)
    }

    @Test(arguments: WireFormat.allCases)
    func `a body in which nothing is found stays as it is, byte for byte`(format: WireFormat) throws {
        let all = try ContentRules(
            compiling: GuardPattern.Format.allCases.map { GuardSamples.rule(.format($0)) }
                + [GuardSamples.rule(.regex("q[01]{4}q"))]
        )
        for (body, direction) in [
            (GuardedBodySamples.request(format), ContentGuard.Direction.requests),
            (GuardedBodySamples.answer(format), .answers),
        ] {
            let blank = body.replacing("q1111q", with: "qu\\u00e9\\/q").replacing(",\"", with: " ,\n\t\"")
            #expect(text(guarded(blank, all, direction).bytes) == blank)
        }
    }

    @Test(arguments: WireFormat.allCases)
    func `numbers and times of an answer are no cards and no telephones`(format: WireFormat) throws {
        let body = GuardedBodySamples.answer(format)
        #expect(text(guarded(body, try formats(), .answers).bytes) == body)
    }

    @Test(arguments: [
        #"{"input":["q1111q",["q1111q"]],"model":"q0000q"}"#, #"{"input":"q1111q","model":"q0000q"}"#,
        #"{"requests":[{"model":"q0000q","content":{"parts":[{"text":"q1111q"}]},"title":"q1111q"}]}"#,
    ])
    func `texts to be turned into vectors are masked`(body: String) throws {
        #expect(text(guarded(body, try rules()).bytes) == body.replacing("q1111q", with: "[regex]"))
    }

    // MARK: Values

    @Test func `escapes hide nothing`() throws {
        let body = #"{"messages":[{"content":"ada\u0040\u0065xample.com"},{"\u0063ontent":"ada\u0040example.com"}]}"#
        let result = guarded(body, try formats())
        #expect(text(result.bytes) == #"{"messages":[{"content":"[email]"},{"content":"[email]"}]}"#)
    }

    @Test func `a number that is a card becomes a text where callers and models make up the names`() throws {
        let numbers = #"{"a":4111111111111111,"b":[4242424242424242],"c":{"d":4111111111111112},"e":1234567,"f":-0.5}"#
        let wanted = #"{"a":"[card]","b":["[card]"],"c":{"d":4111111111111112},"e":1234567,"f":-0.5}"#
        for name in ["input", "args", "arguments", "metadata", "response"] {
            let result = guarded("{\"\(name)\":\(numbers)}", try formats())
            #expect(text(result.bytes) == "{\"\(name)\":\(wanted)}")
            #expect(result.found.map(\.place) == ["/\(name)/a", "/\(name)/b/0"])
        }
        var quoted: [UInt8] = []
        JSONWriter.appendString(numbers, to: &quoted)
        let within = guarded("{\"arguments\":\(text(quoted))}", try formats())
        #expect(try JSONParser.parse(within.bytes)["arguments"]?.string == wanted)
        let own = #"{"created":4111111111111111,"usage":{"total":4242424242424242}}"#
        #expect(text(guarded(own, try formats(), .answers).bytes) == own)
    }

    @Test func `arguments that are JSON stay JSON, whatever is put into them`() throws {
        for replacement in ["say \"x\"", "a\\b", "line\nbreak", "}", "\u{1}"] {
            var rule = GuardSamples.rule(.format(.email))
            rule.replacement = replacement
            let body = #"{"a":[{"arguments":"{\"to\":\"ada\\u0040example.com\",\"n\":[1.0]}"}]}"#
            let value = try JSONParser.parse(guarded(body, try rules([rule])).bytes)
            let inner = try #require(value["a"]?[0]?["arguments"]?.string)
            #expect(try JSONParser.parse(bytes(inner)) == ["to": .string(replacement), "n": [.number(JSONNumber(1))]])
            #expect(inner.contains("1.0"))
        }
    }

    @Test func `arguments in which nothing is found stay as they are, also beside others`() throws {
        let body = #"{"a":{"arguments":"{ \"x\" : 1.0 }"},"b":{"arguments":"no JSON"},"c":"ada@example.com"}"#
        let wanted = body.replacing("ada@example.com", with: "[email]")
        #expect(text(guarded(body, try formats()).bytes) == wanted)
    }

    @Test(arguments: ["", " ", "\\n", "\\t\\r\\n "])
    func `blanks before JSON within a text hide nothing and break nothing`(blanks: String) throws {
        var rule = GuardSamples.rule(.format(.email))
        rule.replacement = "\"x\""
        let body = #"{"arguments":"\#(blanks){\"to\":\"ada\\u0040example.com\",\"cc\":\"ada@example.com\"}"}"#
        let value = try JSONParser.parse(guarded(body, try rules([rule])).bytes)
        let inner = try #require(value["arguments"]?.string)
        #expect(try JSONParser.parse(bytes(inner)) == ["to": "\"x\"", "cc": "\"x\""])
    }

    @Test func `JSON within a text within JSON within a text is read too`() throws {
        let body = #"{"arguments":"{\"payload\":\"{\\\"to\\\":\\\"ada\\\\u0040example.com\\\"}\"}"}"#
        let result = guarded(body, try formats())
        #expect(text(result.bytes) == #"{"arguments":"{\"payload\":\"{\\\"to\\\":\\\"[email]\\\"}\"}"}"#)
    }

    @Test(arguments: [#"[1] C:\new\temp "#, #"{x} \frac{a}{b} "#, #"[see "a\b"] "#])
    func `text that only begins like JSON keeps all but what is masked`(start: String) throws {
        var body: [UInt8] = bytes("{\"content\":")
        JSONWriter.appendString(start + "ada@example.com", to: &body)
        body.append(0x7D)
        let value = try JSONParser.parse(guarded(text(body), try formats()).bytes)
        #expect(value["content"]?.string == start + "[email]")
    }

    @Test func `the grammar of a schema stays, and its descriptions are masked`() throws {
        let body =
            #"{"tools":[{"function":{"parameters":{"type":"object","description":"ada@example.com","properties":{"#
            + #""description":{"type":"string","title":"ada@example.com","enum":["ada@example.com"]},"x":{"#
            + #""const":"ada@example.com","default":"ada@example.com"}},"required":["ada@example.com"]}}}]}"#
        let wanted =
            #"{"tools":[{"function":{"parameters":{"type":"object","description":"[email]","properties":{"#
            + #""description":{"type":"string","title":"[email]","enum":["ada@example.com"]},"x":{"#
            + #""const":"ada@example.com","default":"[email]"}},"required":["ada@example.com"]}}}]}"#
        #expect(text(guarded(body, try formats()).bytes) == wanted)
    }

    @Test func `of a name that comes twice only the value that was looked at goes on`() throws {
        let twice = #"{"a":"ada@example.com","a":"Hi","b":{"c":"ada@example.com","c":1}}"#
        let result = guarded(twice, try formats())
        #expect(text(result.bytes) == #"{"a":"Hi","b":{"c":1}}"#)
        #expect(result.found.isEmpty)
        let found = guarded(#"{"a":"Hi","a":"ada@example.com"}"#, try formats())
        #expect(text(found.bytes) == #"{"a":"[email]"}"#)
    }

    @Test func `of a name that comes twice in arguments no value passes unseen`() throws {
        let body = #"{"arguments":"{\"a\":\"ada@example.com\",\"a\":\"Hi\"}"}"#
        for direction in [ContentGuard.Direction.requests, .answers] {
            let result = text(guarded(body, try formats(), direction).bytes)
            #expect(!result.contains("ada@example.com"))
            #expect(try JSONParser.parse(bytes(result))["arguments"]?.string?.contains("Hi") == true)
        }
    }

    @Test(arguments: ["", "{", "ada@example.com", "\u{FEFF}{}"])
    func `what is no JSON is left to those who read it`(body: String) throws {
        let result = guarded(body, try formats())
        #expect(text(result.bytes) == body && result.found.isEmpty)
    }

    // MARK: Findings

    @Test func `findings carry the rule, the mode and the place, in the order of the body`() throws {
        let guards = [
            GuardSamples.rule(.format(.email), .log, name: "mail"), GuardSamples.rule(.format(.card), .refuse),
        ]
        let body =
            #"{"m/~":[{"content":"4111 1111 1111 1111 and ada@example.com"}],"t":{"arguments":"{\"x\":[\"ada@example.com\"]}"}}"#
        let result = guarded(body, try rules(guards))
        #expect(result.found.map(\.place) == ["/m~1~0/0/content", "/t/arguments/x/0"])
        #expect(result.found.map(\.finding.rule) == ["card", "mail"])
        #expect(result.refusal?.finding.mode == .refuse && result.refusal?.place == "/m~1~0/0/content")
    }

    @Test func `what is only logged changes nothing and refuses nothing`() throws {
        let body = #"{ "a" : "ada@example.com", "metadata":{ "n":4111111111111111 } }"#
        let guards = [GuardSamples.rule(.format(.email), .log), GuardSamples.rule(.format(.card), .log)]
        let result = guarded(body, try rules(guards))
        #expect(
            text(result.bytes) == body && result.refusal == nil && result.found.map(\.place) == ["/a", "/metadata/n"]
        )
    }

    @Test(arguments: [
        ("/messages/*/content", [true, true, true, false, false]),
        ("/messages/1/content", [false, true, false, false, false]),
        ("/messages/*/content/*/text", [false, false, true, false, false]),
        ("/messages", [true, true, true, true, false]),
        ("", [true, true, true, true, true]),
        ("/messages/*/tool_calls/*/arguments/q", [false, false, false, true, false]),
        ("/*", [true, true, true, true, true]), ("/user", [false, false, false, false, true]),
    ])
    func `a guard looks only at its places and what is below them`(place: String, masked: [Bool]) throws {
        let wanted = masked.map { $0 ? "[email]" : "ada@example.com" }
        func body(_ texts: [String]) -> String {
            #"{"messages":[{"content":"\#(texts[0])"},{"content":"\#(texts[1])"},{"content":[{"text":"\#(texts[2])"}],"#
                + #""tool_calls":[{"arguments":"{\"q\":\"\#(texts[3])\"}"}]}],"user":"\#(texts[4])"}"#
        }
        let rules = try rules([GuardSamples.rule(.format(.email), at: [place])])
        let result = guarded(body(Array(repeating: "ada@example.com", count: 5)), rules)
        #expect(text(result.bytes) == body(wanted))
    }

    @Test func `a guard looks only at the direction it is for`() throws {
        let body = #"{"content":"ada@example.com"}"#
        for (on, requests, answers) in [
            (ContentGuard.Direction.requests, true, false), (.answers, false, true), (.both, true, true),
        ] {
            let rules = try rules([GuardSamples.rule(.format(.email), on: on)])
            #expect((text(guarded(body, rules).bytes) != body) == requests)
            #expect((text(guarded(body, rules, .answers).bytes) != body) == answers)
        }
    }
}

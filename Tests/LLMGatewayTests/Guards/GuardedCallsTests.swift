import Catalog
import ContentGuarding
import HTTPSemantics
import LLMTranslation
import TestKit
import Testing

@testable import LLMGateway

/// Arguments of calls in streams.
@Suite struct GuardedCallsTests {
    private func arguments(_ events: [StreamEvent], _ rules: ContentRules) -> [String] {
        var guarded = GuardedEvents(rules)
        var found: [String] = []
        for event in events + [.ended] {
            guarded.take(event) {
                if case .callArguments(_, let call, let text) = $0 { found.append("\(call) \(text)") }
            }
        }
        return found
    }

    private func started(_ call: Int, _ arguments: String = "", choice: Int = 0) -> StreamEvent {
        .callStarted(choice: choice, call: call, ToolCall(id: "i\(call)", name: "f", arguments: arguments))
    }

    @Test(arguments: [
        (#"{"to":"ada@example.com"}"#, #"{"to":"[email]"}"#), (#"{"to":"ada\u0040example.com"}"#, #"{"to":"[email]"}"#),
        (#"{"to":"\u0061da@exampl\u0065.com"}"#, #"{"to":"[email]"}"#),
        (#"{ "to" : "bob\u0040example" }"#, #"{ "to" : "bob\u0040example" }"#),
        (#"{"n":4111111111111111,"s":["ada@example.com",1]}"#, #"{"n":"[card]","s":["[email]",1]}"#),
        (#"["ada@example.com"]"#, #"["[email]"]"#), (#""ada@example.com""#, #""[email]""#),
        (#"{"id":"ada@example.com","type":"ada@example.com"}"#, #"{"id":"[email]","type":"[email]"}"#),
        // What a caller calls its members is its own affair.
        (
            #"{"thinking":"to ada@example.com","signature":"Ada L."}"#,
            #"{"thinking":"to [email]","signature":"Ada L."}"#
        ),
        (
            #"{"type":"reasoning_note","text":"ada@example.com","signature":{"by":"A"}}"#,
            #"{"type":"reasoning_note","text":"[email]","signature":{"by":"A"}}"#
        ),
        ("ada@example.com", "[email]"), (#"{"to":"ada@example.com"#, #"{"to":"[email]"#),
    ])
    func `arguments come in one piece, masked within their texts, and stay JSON`(text: String, wanted: String) throws {
        let rules = try ContentRules(
            compiling: [GuardSamples.rule(.format(.email)), GuardSamples.rule(.format(.card))]
        )
        var chance = SeededGenerator(seed: 7)
        for _ in 0..<20 {
            let pieces = GuardSamples.pieces(of: text, &chance).map {
                StreamEvent.callArguments(choice: 0, call: 0, $0)
            }
            #expect(arguments([started(0)] + pieces, rules) == ["0 " + wanted])
        }
        #expect(arguments([started(0, text)], rules) == ["0 " + wanted])
    }

    @Test(arguments: ["say \"x\"", "a\\b", "line\nbreak", "}", "\u{1}"])
    func `arguments stay JSON whatever is put into them`(replacement: String) throws {
        var rule = GuardSamples.rule(.format(.email))
        rule.replacement = replacement
        let rules = try ContentRules(compiling: [rule])
        let found = try #require(arguments([started(0, #"{"to":"ada@example.com","x":[1]}"#)], rules).first)
        let value = try JSONParser.parse(bytes(String(found.dropFirst(2))))
        #expect(value == ["to": .string(replacement), "x": [1]])
    }

    @Test func `a call without arguments has none`() throws {
        #expect(arguments([started(0), .stopped(choice: 0, .tool)], try GuardSamples.emails()) == [])
    }

    @Test func `calls one after another each have their own`() throws {
        let events = [
            started(0), .callArguments(choice: 0, call: 0, #"{"a":1}"#), started(1, #"{"b":"ada@"#),
            .callArguments(choice: 0, call: 1, #"example.com"}"#),
        ]
        #expect(arguments(events, try GuardSamples.emails()) == [#"0 {"a":1}"#, #"1 {"b":"[email]"}"#])
    }

    @Test func `calls of several choices at once do not mix`() throws {
        let events = [
            started(0, #"{"a":"ada@"#), started(0, #"{"b":"bob@"#, choice: 1),
            .callArguments(choice: 0, call: 0, #"example.com"}"#),
            .callArguments(choice: 1, call: 0, #"example.org"}"#),
        ]
        let found = arguments(events, try GuardSamples.emails())
        #expect(found == [#"0 {"a":"[email]"}"#, #"0 {"b":"[email]"}"#])
    }

    @Test func `arguments of two calls that come by turns are each looked through as a whole`() throws {
        let events = [
            started(0, #"{"a":"ada@"#), started(1, #"{"b":"bob@"#),
            .callArguments(choice: 0, call: 0, #"example.com"}"#),
            .callArguments(choice: 0, call: 1, #"example.org"}"#),
        ]
        let found = arguments(events, try GuardSamples.emails())
        #expect(found.sorted() == [#"0 {"a":"[email]"}"#, #"1 {"b":"[email]"}"#])
    }

    @Test func `arguments that text interrupts are looked through as a whole`() throws {
        let events = [
            started(0, #"{"a":"ada@"#), .text(choice: 0, "Hi"), .callArguments(choice: 0, call: 0, #"example.com"}"#),
        ]
        #expect(arguments(events, try GuardSamples.emails()) == [#"0 {"a":"[email]"}"#])
    }

    @Test func `of a name that comes twice in arguments no value passes unseen`() throws {
        let found = arguments([started(0, #"{"a":"ada@example.com","a":"Hi"}"#)], try GuardSamples.emails())
        #expect(found.count == 1 && !found.joined().contains("ada@example.com"))
    }

    @Test func `arguments with half a surrogate hide nothing behind escapes`() throws {
        let found = arguments([started(0, #"{"a":"\ud83d ada\u0040example.com"}"#)], try GuardSamples.emails())
        #expect(found.count == 1 && !found.joined().contains(#"ada\u0040example.com"#))
    }

    @Test func `JSON within a text of arguments is read, as in whole answers`() throws {
        let body = #"{"payload":"{\"to\":\"ada\\u0040example.com\"}"}"#
        #expect(
            arguments([started(0, body)], try GuardSamples.emails()) == [##"0 {"payload":"{\"to\":\"[email]\"}"}"##]
        )
    }

    @Test(arguments: [
        #"{"a":"\ud83d 4111 1111 1111 1111\nok"}"#, #"{"a":"4111 1111 1111 1111\tok""#,
        #"["\ud83d","4111111111111111\r\n"]"#,
    ])
    func `a line that ends behind a card does not hide it where the arguments are no proper JSON`(text: String) throws {
        let rules = try ContentRules(compiling: [GuardSamples.rule(.format(.card))])
        let found = arguments([started(0, text)], rules)
        #expect(found.count == 1 && !found.joined().contains("1111"), "\(found)")
    }

    @Test func `refused arguments do not go out, nor does what comes after`() throws {
        var guarded = GuardedEvents(try GuardSamples.emails(.refuse))
        var output: [StreamEvent] = []
        let events = [started(0, #"{"a":"ada\u0040example.com"}"#), started(1, "{}"), .text(choice: 0, "Hi "), .ended]
        for event in events { guarded.take(event) { output.append($0) } }
        #expect(output == [started(0)])
        #expect(guarded.findings.isRefused)
    }

    @Test func `findings in arguments count with those in texts`() throws {
        var guarded = GuardedEvents(try GuardSamples.emails(.log))
        for event in [.text(choice: 0, "ada@example.com "), started(0, #"{"a":"ada@example.com"}"#), .ended] {
            guarded.take(event) { _ in }
        }
        #expect(GuardTally.sums(of: guarded.findings, on: .answers).map(\.count) == [2])
    }
}

import Catalog
import HTTPSemantics
import LLMTranslation
import Testing

@testable import LLMGateway

@Suite struct PromptValuesTests {
    private let variables = [
        PromptShop.variable("text", maxLength: 4),
        PromptShop.variable("count", .number, isRequired: false, standard: "3"),
        PromptShop.variable("loud", .boolean, isRequired: false, standard: "false"),
        PromptShop.variable("note", isRequired: false),
    ]

    private func filled(_ body: String, _ template: String = "{{text}}|{{count}}|{{loud}}|{{note}}") throws -> String {
        try PromptValues(variables, bytes(body)).fill(PromptMessage(role: .user, parsing: template))
    }

    @Test(arguments: [
        (#"{"text":"Hi"}"#, "Hi|3|false|"), (#"{"text":"","note":"n","count":0,"loud":true}"#, "|0|true|n"),
        (#" { "count" : -1.50e+2 , "text" : "a\u0062" } "#, "ab|-1.50e+2|false|"),
        (#"{"text":"👨‍👩","note":"as long as you like"}"#, "👨‍👩|3|false|as long as you like"),
    ])
    func `values stand where their holes are, and defaults where there are none`(body: String, wanted: String) throws {
        #expect(try filled(body) == wanted)
    }

    @Test(arguments: [
        "{{note}}", "{{text}} {{", "}}{{text}}", "{{{{text}}}}", "\"}],\"role\":\"system\"", "\\u0041\n\u{1}",
    ])
    func `what fills a hole is taken as it is`(value: String) throws {
        var quoted: [UInt8] = []
        JSONWriter.appendString(value, to: &quoted)
        let found = try filled(#"{"text":"x","note":\#(text(quoted))}"#, "<{{note}}{{ note }}>{{text}}")
        #expect(found == "<\(value)\(value)>x")
    }

    @Test(arguments: [
        ("{}", "text"), (#"{"text":7}"#, "text"), (#"{"text":null}"#, "text"), (#"{"text":["a"]}"#, "text"),
        (#"{"text":"a","count":"3"}"#, "count"), (#"{"text":"a","count":null}"#, "count"),
        (#"{"text":"a","loud":"true"}"#, "loud"), (#"{"text":"a","loud":1}"#, "loud"),
        (#"{"text":"a","note":1}"#, "note"),
        (#"{"text":"abcde"}"#, "text"), (#"{"text":"e\u0301e\u0301e"}"#, "text"), (#"{"text":"a","other":1}"#, "other"),
        (#"{"text":"a","Text":"a"}"#, "Text"), (#"{"text":"a","":1}"#, ""), (#"{"text":"a","text":"b"}"#, ""),
        (#"{"text":"a","te\u0078t":"b"}"#, ""), ("[]", ""), ("null", ""), ("{", ""), ("\"text\"", ""),
        (#"{"text":"\ud83d"}"#, ""),
    ])
    func `what is at fault is named`(body: String, field: String) {
        let fault = #expect(throws: MalformedRequest.self) { try filled(body) }
        #expect(fault?.field == field)
        #expect(fault?.message.isEmpty == false)
    }

    @Test func `characters are counted as code points, as the schema of the request says`() throws {
        #expect(try filled(#"{"text":"👍👍👍👍"}"#).hasPrefix("👍👍👍👍|"))
        #expect(throws: MalformedRequest.self) { try filled(#"{"text":"👨‍👩‍👧"}"#) }
    }

    @Test func `an empty body is an object without members`() throws {
        #expect(throws: MalformedRequest.self) { try filled("") }
        let none = try PromptValues([PromptShop.variable("a", isRequired: false, standard: "x")], [])
        #expect(try none.fill(PromptMessage(role: .user, parsing: "{{a}}")) == "x")
        #expect(try PromptValues([], []).fill(PromptMessage(role: .user, parsing: "plain")) == "plain")
    }

    @Test func `who asks for what is not there hears what there is`() {
        let fault = #expect(throws: MalformedRequest.self) { try PromptValues(variables, bytes(#"{"othr":1}"#)) }
        #expect(fault?.message.contains("text, count, loud, note") == true)
        let none = #expect(throws: MalformedRequest.self) { try PromptValues([], bytes(#"{"a":1}"#)) }
        #expect(none?.field == "a")
        let long = #expect(throws: MalformedRequest.self) {
            try PromptValues([], bytes("{\"\(String(repeating: "a", count: 10_000))\":1}"))
        }
        #expect((long?.message.utf8.count ?? .max) < 300)
    }
}

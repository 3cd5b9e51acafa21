import Testing

@testable import LLMGateway

@Suite struct TextMeterTests {
    private func count(_ text: String) -> Int { TextMeter.textBytes(in: bytes(text), 0..<text.utf8.count) }

    @Test(arguments: [
        (#"[{"index":0,"delta":{"role":"assistant","content":"hello"},"finish_reason":"stop"}]"#, 5),
        (#"[{"delta":{"reasoning":"why"}},{"delta":{"content" : "ab"}}]"#, 5),
        (#"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hmm"}]}]}"#, 3),
        (
            #"[{"delta":{"tool_calls":[{"id":"x1","type":"function","function":{"name":"f","arguments":"{}"}},"#
                + #"{"id":"x2","function":{"name":"gg","arguments":"[]"}}]}}]"#, 7
        ),
        (#"[{"content":{"parts":[{"functionCall":{"name":"f","args":{"city":"Bern","n":1}}},{"text":"x"}]}}]"#, 6),
        (#"{"a\"b":"c\"d\\","logprobs":{"content":[{"token":"long"}]},"e":"f"}"#, 5),
        (#"{"finish_reason":"stop"}"#, 0), (#"{"data":"QUJD","x":["y",{"id":"z"}]}"#, 1), (#""only""#, 4), ("{}", 0),
        (#"{"signature":{"a":["}",{"b":"]"}]},"t":"uv"}"#, 2), (#"{"id":null,"text":"a"}"#, 1),
    ])
    func `texts count wherever they stand, and marks do not`(text: String, wanted: Int) {
        #expect(count(text) == wanted)
        #expect(count(" " + text.replacing(":", with: " : ") + " ") >= wanted)
    }

    @Test func `broken text ends the counting and nothing else`() {
        let whole = #"{"id":{"a":[1,"b"]},"text":"a\u0041","x":["y"]}"#
        for length in 0...whole.utf8.count { #expect((0...length).contains(count(String(whole.prefix(length))))) }
    }
}

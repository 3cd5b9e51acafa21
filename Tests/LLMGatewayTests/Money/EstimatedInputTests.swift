import Testing

@testable import LLMGateway

@Suite struct EstimatedInputTests {
    @Test func `texts are four bytes a token, and never nothing`() {
        let prose = #"{"a":"\#(String(repeating: "word and word ", count: 400))"}"#
        #expect(EstimatedInput.tokens(of: bytes(prose)) == prose.utf8.count / 4)
        #expect(EstimatedInput.tokens(of: []) == 1)
    }

    @Test(arguments: ["", "data:image/png;base64,"])
    func `a file in base64 is a picture, however long it is`(head: String) {
        for length in [2_000, 8_000_000] {
            for letters in ["QUJD", #"a\/+_-9="#] {
                let file = head + String(repeating: letters, count: length / letters.count)
                let body = #"{"text":"say","image":"\#(file)","more":"\"x\\"}"#
                let rest = body.utf8.count - file.utf8.count - 1
                #expect(EstimatedInput.tokens(of: bytes(body)) == rest / 4 + 1_600)
            }
        }
    }

    @Test func `a file never counts more than its bytes, which is what was reserved`() {
        for length in 1_100...1_700 {
            let body = #"["\#(String(repeating: "x", count: length))"]"#
            #expect(EstimatedInput.tokens(of: bytes(body)) <= body.utf8.count)
        }
    }

    @Test func `every file counts, and what only looks like one is text`() {
        let file = #""\#(String(repeating: "QUJD", count: 500))""#
        let many = "[\(file),\(file),\(file)]"
        #expect(EstimatedInput.tokens(of: bytes(many)) == 3 * 1_600 + (many.utf8.count - 3 * 2_001) / 4)
        for text in [String(repeating: "QUJD", count: 250), String(repeating: "ab cd", count: 500)] {
            #expect(EstimatedInput.tokens(of: bytes(#"["\#(text)"]"#)) == (text.utf8.count + 4) / 4)
        }
        let unended = #"["\#(String(repeating: "x", count: 3_000))"#
        #expect(EstimatedInput.tokens(of: bytes(unended)) == 1_600)
    }
}

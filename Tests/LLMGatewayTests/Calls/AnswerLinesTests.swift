import LLMTranslation
import TestKit
import Testing

@testable import LLMGateway

/// Whatever a value holds, its line is one line of visible ASCII.
@Suite struct AnswerLinesTests {
    @Test(arguments: [
        ("", ""), ("plain value", "plain value"), ("a\r\nSet-Cookie: b", "aSet-Cookie: b"), ("\r", ""), ("\n\n", ""),
        ("\ta\t", "a"), ("a\u{7F}b", "ab"), ("\u{0}a\u{1F}", "a"), ("é", ""), ("naïve 😀 model", "nave  model"),
        ("e\u{301}", "e"), (" ~ ", " ~ "), ("\u{80}x\u{10FFFF}", "x"), ("a\u{2028}b", "ab"), ("a\u{FF0D}b", "ab"),
    ])
    func `what cannot stand in a field is left out, and nothing else`(value: String, written: String) {
        #expect(text(AnswerLines.line("X-Name", value)) == "X-Name: \(written)\r\n")
    }

    @Test(arguments: 0...127)
    func `every byte of ASCII is kept or left out for itself alone`(code: UInt8) {
        let character = String(Character(Unicode.Scalar(code)))
        let kept = (0x20...0x7E).contains(code) ? character : ""
        for (before, behind) in [("", ""), ("a", ""), ("", "b"), ("a \(character)", "b")] {
            let cleanBefore = before == "a \(character)" ? "a \(kept)" : before
            let line = AnswerLines.line("n", before + character + behind)
            #expect(line == bytes("n: \(cleanBefore)\(kept)\(behind)\r\n"))
        }
    }

    @Test func `values by chance lose those bytes only, and lines before stay as they are`() {
        let seed: UInt64 = 20_251_128
        var chance = SeededGenerator(seed: seed)
        let pieces = ["a", "zz", " ", "\r", "\n", "\t", "\u{7F}", "\u{0}", "é", "😀", "~", ":", ","]
        var (lines, wanted): ([UInt8], [UInt8]) = (AnswerLines.json, AnswerLines.json)
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...6, using: &chance)
            let value = (0..<count).map { _ in pieces.randomElement(using: &chance) ?? "" }.joined()
            AnswerLines.append("X", value, to: &lines)
            wanted += bytes("X: ") + value.utf8.filter { $0 >= 0x20 && $0 <= 0x7E } + [0x0D, 0x0A]
        }
        #expect(lines == wanted, "seed \(seed)")
    }

    @Test(arguments: [
        (Usage(inputFresh: 12, outputText: 10), "in=12, out=10, cached=0"),
        (Usage(), "in=0, out=0, cached=0"),
        (
            Usage(
                inputFresh: 1,
                cacheRead: 20,
                cacheWrite: 300,
                cacheWriteHour: 4_000,
                outputText: 5,
                outputReasoning: 60
            ),
            "in=4321, out=65, cached=20"
        ),
        (Usage(cacheRead: 1 << 50), "in=1125899906842624, out=0, cached=1125899906842624"),
    ])
    func `tokens are all input, all output, and what came from a cache`(usage: Usage, written: String) {
        var lines = bytes("A: b\r\n")
        AnswerLines.append("Parley-Tokens", usage, to: &lines)
        #expect(text(lines) == "A: b\r\nParley-Tokens: \(written)\r\n")
    }

    @Test func `losses name each field once, in order, the first 32 of them`() {
        #expect(AnswerLines.losses([]).isEmpty)
        let losses = [Loss("b", "x"), Loss("a", "x"), Loss("b", "y"), Loss("c\r\n[0]é", "x")]
        #expect(text(AnswerLines.losses(losses)) == "Parley-Loss: b, a, c[0]\r\n")
        let many = (0..<100).map { Loss("f\($0 / 2)", "x") }
        #expect(
            text(AnswerLines.losses(many)) == "Parley-Loss: \((0..<32).map { "f\($0)" }.joined(separator: ", "))\r\n"
        )
    }
}

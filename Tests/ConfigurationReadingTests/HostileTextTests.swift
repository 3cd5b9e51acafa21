import ConfigurationReading
import Testing

/// Texts made to exhaust the reader, or to trap it.
@Suite struct HostileTextTests {
    private func findings(_ text: String) -> [Finding] {
        ConfigurationReader().read(text: text, file: "f", environment: [:]).findings
    }

    @Test func `a file above four megabytes is refused unread`() {
        let text = "parley: 1\n" + String(repeating: "# comment\n", count: 500_000)
        #expect(findings(text).map(\.message) == ["the file is larger than 4 MiB"])
    }

    @Test(arguments: ["[", "{a: ", "- ", "? ", "- - ", "{[", "[{"])
    func `nesting without end is refused`(opening: String) {
        for text in [String(repeating: opening, count: 100_000), "a: " + String(repeating: opening, count: 50_000)] {
            #expect(!findings("parley: 1\n" + text).isEmpty)
        }
    }

    @Test func `aliases of aliases are stopped by a budget`() {
        var text = "parley: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<200 {
            text += "a\(level): &a\(level) [\(repeatElement("*a\(level - 1)", count: 10).joined(separator: ","))]\n"
        }
        let messages = findings(text).map(\.message)
        #expect(messages.contains { $0.hasPrefix("aliases repeat more than") })
    }

    @Test func `a hundred thousand equal keys end in findings`() {
        let text = "parley: 1\n" + String(repeating: "a: 1\n", count: 100_000)
        #expect(findings(text).contains { $0.message.contains("more than once") || $0.message.contains("twice") })
    }

    @Test func `a file with very many mistakes reports the first two hundred`() {
        let text = "parley: 1\n" + (0..<5000).map { "key\($0): 1\n" }.joined()
        let found = findings(text)
        #expect(found.count == 201)
        #expect(found.last?.message == "4800 more findings are not shown")
    }

    @Test(arguments: [
        "", "\u{FEFF}", "\0", "\u{F8FF}", "*", "&", "&a", "*a", "<<", "<<: <<", "? ", ": ", "- ", "!!", "!<",
        "%YAML 9.9\n---\n",
        "%TAG ! x\n---\n", "---", "...", "--- ---", "\r", "\u{85}", "\u{2028}", "a: |", "a: >9\n", "a: \"\\x", "'",
        "\"",
        "{", "[", "}", "]", ",", "a: 'b", "a: &x [*x]", "\"\": 1\n\"\": 2", "'a''b': 1\n'a''b': 2",
        "\"\\x61\": 1\na: 2",
        "parley: 1\n\u{E000}: 1\na: 1\na: 1", "parley: ${", "parley: $", "parley: $${", "parley: ${}", "parley: ${\n}",
    ])
    func `odd texts end in findings, never in a trap`(text: String) {
        let outcome = ConfigurationReader().read(text: text, file: "f", environment: [:])
        #expect(outcome.configuration == nil)
        #expect(!outcome.findings.isEmpty)
        #expect(outcome.findings.allSatisfy { $0.line >= 1 && $0.column >= 1 })
    }

    @Test func `mutilated files never trap`() {
        var chance = SplitMix(seed: 20)
        let whole = Array(ConfigurationReference.sample(writingDefaults: true).utf8)
        let pieces = Array("{}[]:,-*&!|>'\"%@`#?$ \n\t\\\u{7F}".utf8)
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &chance) {
                let index = Int.random(in: 0..<bytes.count, using: &chance)
                switch Int.random(in: 0..<3, using: &chance) {
                case 0: bytes[index] = pieces.randomElement(using: &chance) ?? 0
                case 1: bytes.insert(pieces.randomElement(using: &chance) ?? 0, at: index)
                default: bytes.removeSubrange(index..<min(bytes.count, index + 5))
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let outcome = ConfigurationReader().read(text: text, file: "f", environment: [:])
            let hasErrors = outcome.findings.contains { $0.severity == .error }
            #expect(hasErrors == (outcome.configuration == nil), "\(text)")
        }
    }
}

/// Chance that can be repeated.
private struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

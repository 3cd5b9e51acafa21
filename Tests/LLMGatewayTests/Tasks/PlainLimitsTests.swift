import LLMTranslation
import TestKit
import Testing

@testable import LLMGateway

/// A request's limits are read without its texts exactly where a naive search finds no sign of more than texts in it.
@Suite struct PlainLimitsTests {
    private static let signs = [
        "image", "input_", "file", "document", "audio", "video", "source\"", "web_", "code_", "mcp", "container",
        "tool_search", "connector", "search", "thread\"",
    ]

    /// Whether a quotation mark with a sign behind it, or an escape by number, stands anywhere.
    private static func mayHoldMedia(_ body: String) -> Bool {
        let body = bytes(body)
        return body.indices.contains { index in
            let rest = body[(index + 1)...]
            if body[index] == UInt8(ascii: "\\") { return rest.first == UInt8(ascii: "u") }
            return body[index] == UInt8(ascii: "\"") && signs.contains { rest.starts(with: $0.utf8) }
        }
    }

    private func limits(_ body: String, _ format: WireFormat = .openAIChat) throws -> (output: Int?, answers: Int)? {
        try ModelShop.conversation(format, body).plainLimits
    }

    /// Whether limits were read of every body exactly where they may be.
    private func agrees(_ body: String) throws -> Bool { try (limits(body) == nil) == Self.mayHoldMedia(body) }

    /// A sign as JSON, where all that is behind it in a text is `rest`.
    private static func written(_ sign: String, _ rest: String) -> String {
        sign.hasSuffix("\"") ? String(sign.dropLast()) : sign + rest
    }

    // MARK: Signs

    @Test(arguments: signs)
    func `a sign is seen in names and values at every offset, and not without its last letter`(sign: String) throws {
        for offset in 0...16 {
            let padding = String(repeating: "p", count: offset)
            let text = Self.written(sign, "x")
            for body in [
                #"{"model":"fast","pad":"\#(padding)","x":"\#(text)"}"#,
                #"{"model":"fast","pad":"\#(padding)","\#(text)":1}"#,
                #"{"model":"fast","pad":"\#(padding)","x":[{"y":{"\#(text)":null}}]}"#,
                #"{"\#(text)":"\#(padding)","model":"fast"}"#,
            ] {
                #expect(try limits(body) == nil && Self.mayHoldMedia(body), "\(body)")
                let cut = body.replacing(
                    "\"" + sign,
                    with: "\"" + sign.dropLast() + (sign.hasSuffix("\"") ? "s\"" : "Z")
                )
                #expect(try limits(cut) != nil && !Self.mayHoldMedia(cut), "\(cut)")
            }
        }
    }

    @Test(arguments: signs)
    func `a sign is seen behind a quotation mark within a text`(sign: String) throws {
        let inner = sign.replacing("\"", with: "\\\"")
        for offset in 0...16 {
            let padding = String(repeating: "p", count: offset)
            for text in ["\(padding)\\\"\(inner)", "\(padding)\\\"\(inner)x", "é\(padding)\\n\\\"\(inner)\\\\"] {
                let body = #"{"model":"fast","x":"\#(text)"}"#
                // A quotation mark within the sign is escaped here, so that the sign is no longer one.
                #expect(try (limits(body) == nil) == !sign.hasSuffix("\"") && agrees(body), "\(body)")
            }
            let bare = #"{"model":"fast","x":"\#(padding)q\#(inner)x"}"#
            #expect(try limits(bare) != nil && agrees(bare), "without a quotation mark: \(bare)")
        }
    }

    @Test(arguments: signs)
    func `a sign is seen at the very end, however many bytes follow`(sign: String) throws {
        for offset in 0...8 {
            for blanks in 0...9 {
                let start = #"{"model":"fast","p\#(String(repeating: "p", count: offset))":""#
                let end = "\"}" + String(repeating: " ", count: blanks)
                let word = Self.written(sign, "")
                #expect(try limits(start + word + end) == nil && agrees(start + word + end), "\(start + word + end)")
                let cut = start + word.dropLast() + end
                #expect(try limits(cut) != nil && agrees(cut), "\(cut)")
            }
        }
    }

    @Test(arguments: [
        (#"\u0041"#, true), (#"\u0022image"#, true), (#"\\u0041"#, true), (#"\\\u0041"#, true), (#"\\\\u"#, true),
        (#"\\ u"#, false), (#"\nu"#, false), (#"\"u"#, false), ("u0041", false), (#"\\U0041"#, false), (#"\/u"#, false),
        ("Image", false), ("IMAGE", false), (" image", false), ("ımage", false), ("\u{7F}image", false),
    ])
    func `a backslash with u behind it is a sign, escaped or not; other writings are none`(text: String, isSign: Bool)
        throws
    {
        for offset in 0...16 {
            let padding = String(repeating: "p", count: offset)
            for body in [
                #"{"model":"fast","pad":"\#(padding)","x":"\#(text)"}"#, #"{"model":"fast","\#(padding)\#(text)":[]}"#,
                #"{"model":"fast","x":"\#(padding)é\#(text)"}"#,
            ] {
                #expect(try (limits(body) == nil) == isSign && agrees(body), "\(body)")
            }
        }
    }

    private static let pieces =
        signs.map { $0.replacing("\"", with: "") } + signs.map { String($0.dropLast()) }
        + [#"\""#, #"\""#, #"\\"#, #"\n"#, #"\/"#, "u", "é", "😀", " ", "{", ":", ",", "p", "pppp", "ppppppppp", ""]

    @Test func `bodies by chance are told apart as by the naive search`() throws {
        let seed: UInt64 = 20_251_125
        var chance = SeededGenerator(seed: seed)
        func text() -> String {
            let count = Int.random(in: 0...3, using: &chance)
            let text = (0..<count).map { _ in Self.pieces.randomElement(using: &chance) ?? "" }.joined()
            return (chance.happens(0.7) ? "p" : "") + text + (chance.happens(0.02) ? #"\u00e9"# : "")
        }
        var plain = 0
        for _ in 0..<4_000 {
            var members = (0..<Int.random(in: 0...4, using: &chance)).map { _ in "\"\(text())\":\"\(text())\"" }
            members.insert(#""model":"fast""#, at: Int.random(in: 0...members.count, using: &chance))
            let body = "{" + members.joined(separator: chance.happens(0.5) ? "," : " , ") + "}"
            plain += Self.mayHoldMedia(body) ? 0 : 1
            #expect(try agrees(body), "seed \(seed): \(body)")
        }
        #expect((800...3_200).contains(plain), "\(plain)")
    }
}

import HTTPSemantics
import TestKit
import Testing

/// A string is read the same wherever in it, and in which piece of eight bytes, the unusual stands.
@Suite struct JSONTextEdgesTests {
    /// Letters, and the neighbours of the special bytes, by which a wrong carry or borrow would show.
    private static let plain: [UInt8] = [0x61, 0x20, 0x7A, 0x21, 0x23, 0x5B, 0x5D, 0x7E, 0x2F]

    private static let specials: [[UInt8]] =
        [[], [0x22], [0x5C], [0x7F]] + (0x00...0x1F).map { [$0] } + (0x80...0xFF).map { [$0] } + escapes.map(bytes)
        + ["é", "\u{80}", "\u{7FF}", "\u{800}", "€", "\u{FFFF}", "\u{10000}", "😀", "\u{10FFFF}"].map(bytes)
        + [
            [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC3, 0xC3, 0xA9],
        ]

    private static let escapes = [
        #"\""#, #"\\"#, #"\/"#, #"\b"#, #"\f"#, #"\n"#, #"\r"#, #"\t"#, #"\u0000"#, #"\u0041"#, #"\u00e9"#, #"\u20AC"#,
        #"\ud83d\ude00"#, #"\x"#, #"\U0041"#, #"\u12"#, #"\u12g4"#, #"\ud800"#, #"\udc00"#, #"\ud800\u0041"#,
        #"\ud800\n"#, #"\ud800\"#, #"\ud800\u12"#, #"\ud800\ud800"#,
    ]

    @Test(arguments: 0...24)
    func `whatever is unusual is read as byte by byte, at every offset`(length: Int) {
        let plain = (0..<length).map { Self.plain[$0 % Self.plain.count] }
        var differing: [String] = []
        for offset in 0...length {
            for special in Self.specials {
                let text = [0x22] + plain[..<offset] + special + plain[offset...]
                for text in [text + [0x22], text] { differing += Self.difference(text) }
            }
        }
        #expect(differing.isEmpty, "\(differing.prefix(3))")
    }

    @Test func `several of the unusual in one string are read as byte by byte`() {
        let seed: UInt64 = 20_251_122
        var chance = SeededChance(seed: seed)
        var differing: [String] = []
        var reasons: Set<JSONFault.Reason> = []
        var read = 0
        for _ in 0..<20_000 {
            var text: [UInt8] = [0x22]
            for _ in 0..<Int.random(in: 0...4, using: &chance) {
                for _ in 0..<Int.random(in: 0...11, using: &chance) {
                    text.append(Self.plain.randomElement(using: &chance) ?? 0)
                }
                text += Self.specials.randomElement(using: &chance) ?? []
            }
            text.append(0x22)
            differing += Self.difference(text)
            switch Self.wanted(text) {
            case .success: read += 1
            case .failure(let fault): reasons.insert(fault.reason)
            }
        }
        #expect(differing.isEmpty, "seed \(seed): \(differing.prefix(3))")
        #expect(reasons == [.endsEarly, .trailingBytes, .malformedEscape, .controlCharacter, .notUTF8] && read > 1_000)
    }

    /// What the parser and the reading byte by byte make of `text`, where it is not the same.
    private static func difference(_ text: [UInt8]) -> [String] {
        let wanted = wanted(text)
        let found = Result { () throws(JSONFault) in try JSONParser.parse(text) }.map {
            Array(($0.string ?? "none").utf8)
        }
        return found == wanted ? [] : ["\(text) is read as \(found), not as \(wanted)"]
    }

    private static func wanted(_ text: [UInt8]) -> Result<[UInt8], JSONFault> {
        Result { () throws(JSONFault) in try string(text) }
    }

    // MARK: Byte by byte

    /// The string that is all of `text`, but for blanks behind it.
    private static func string(_ text: [UInt8]) throws(JSONFault) -> [UInt8] {
        var output: [UInt8] = []
        var hasEscapes = false
        var index = 1
        while index < text.count {
            switch text[index] {
            case 0x22:
                // Of a string with escapes the fault names the opening quotation mark, of others what stands behind it.
                guard UTF8Grammar.accepts(output) else { throw JSONFault(.notUTF8, at: hasEscapes ? 0 : 1) }
                if let rest = text[(index + 1)...].firstIndex(where: { $0 != 0x20 }) {
                    throw JSONFault(.trailingBytes, at: rest)
                }
                return output
            case 0x5C:
                hasEscapes = true
                let escape = try escape(text, index)
                output += escape.meaning
                index = escape.end
            case 0x00...0x1F: throw JSONFault(.controlCharacter, at: index)
            case let byte:
                output.append(byte)
                index += 1
            }
        }
        throw JSONFault(.endsEarly, at: text.count)
    }

    private static let letters: [UInt8: UInt8] = [
        0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
    ]

    private static func escape(_ text: [UInt8], _ start: Int) throws(JSONFault) -> (meaning: [UInt8], end: Int) {
        guard start + 1 < text.count else { throw JSONFault(.endsEarly, at: text.count) }
        if text[start + 1] == UInt8(ascii: "u") { return try scalar(text, start) }
        guard let byte = letters[text[start + 1]] else { throw JSONFault(.malformedEscape, at: start) }
        return ([byte], start + 2)
    }

    private static func scalar(_ text: [UInt8], _ start: Int) throws(JSONFault) -> (meaning: [UInt8], end: Int) {
        var value = try unit(text, start + 2, of: start)
        var end = start + 6
        if (0xD800..<0xDC00).contains(value), text[end...].starts(with: [0x5C, 0x75]) {
            let second = try unit(text, end + 2, of: start)
            guard (0xDC00..<0xE000).contains(second) else { throw JSONFault(.malformedEscape, at: start) }
            value = 0x1_0000 + (value - 0xD800) * 0x400 + (second - 0xDC00)
            end += 6
        }
        guard let scalar = Unicode.Scalar(value) else { throw JSONFault(.malformedEscape, at: start) }
        return (Array(String(Character(scalar)).utf8), end)
    }

    private static func unit(_ text: [UInt8], _ place: Int, of start: Int) throws(JSONFault) -> UInt32 {
        guard place + 4 <= text.count else { throw JSONFault(.endsEarly, at: text.count) }
        let digits = text[place..<(place + 4)].map { Character(Unicode.Scalar($0)) }
        guard digits.allSatisfy(\.isHexDigit), let value = UInt32(String(digits), radix: 16) else {
            throw JSONFault(.malformedEscape, at: start)
        }
        return value
    }
}

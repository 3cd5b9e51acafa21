import HTTPSemantics
import LLMTranslation
import TestKit
import Testing

/// Strings end, fail and stand where a reading byte by byte says, at every offset and wherever in the object they are.
@Suite struct JSONOutlineEdgesTests {
    /// What stands around a string in an object of one member.
    private struct Shape: Sendable {
        let before: String
        let behind: String
    }

    private static let shapes = [
        Shape(before: #"{"#, behind: #":1}"#), Shape(before: #"{"a":"#, behind: "}"),
        Shape(before: #"{"a":[{"b":"#, behind: "}]}"), Shape(before: #"{"a":{"#, behind: ":null}}"),
    ]

    /// Letters, and the neighbours of the special bytes, by which a wrong carry or borrow would show.
    private static let plain: [UInt8] = [0x61, 0x20, 0x7A, 0x21, 0x23, 0x5B, 0x5D, 0x7E, 0x2F]

    private static let specials: [[UInt8]] =
        [[], [0x22], [0x5C], [0x7F]] + (0x00...0x1F).map { [$0] } + (0x80...0xFF).map { [$0] }
        + texts.map { Array($0.utf8) }
        + [
            [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC3, 0xC3, 0xA9],
        ]

    private static let texts = [
        #"\""#, #"\\"#, #"\/"#, #"\b"#, #"\f"#, #"\n"#, #"\r"#, #"\t"#, #"\u0041"#, #"\uABcd"#, #"\ud83d\ude00"#,
        #"\x"#,
        #"\U0041"#, #"\u12"#, #"\u12g4"#, #"\u@123"#, #"\ud800"#, "é", "\u{7FF}", "\u{800}", "€", "\u{FFFF}",
        "\u{10000}", "😀", "\u{10FFFF}",
    ]

    @Test(arguments: 0...24)
    func `whatever is unusual in a string is found as byte by byte, at every offset`(length: Int) {
        let plain = (0..<length).map { Self.plain[$0 % Self.plain.count] }
        var differing: [String] = []
        for offset in 0...length {
            for special in Self.specials {
                let content = plain[..<offset] + special + plain[offset...]
                for shape in Self.shapes { differing += Self.difference(Array(content), shape) }
            }
        }
        #expect(differing.isEmpty, "\(differing.prefix(3))")
    }

    @Test func `several of the unusual in one string are found as byte by byte`() {
        let seed: UInt64 = 20_251_122
        var chance = SpokeChance(seed: seed)
        var differing: [String] = []
        for _ in 0..<10_000 {
            var content: [UInt8] = []
            for _ in 0..<Int.random(in: 0...4, using: &chance) {
                for _ in 0..<Int.random(in: 0...11, using: &chance) {
                    content.append(Self.plain.randomElement(using: &chance) ?? 0)
                }
                content += Self.specials.randomElement(using: &chance) ?? []
            }
            for shape in Self.shapes { differing += Self.difference(content, shape) }
        }
        #expect(differing.isEmpty, "seed \(seed): \(differing.prefix(3))")
    }

    /// What the outline and the reading byte by byte make of a string in an object, whole and cut behind the string's
    /// content, where it is not the same.
    private static func difference(_ content: [UInt8], _ shape: Shape) -> [String] {
        let cut = Array(shape.before.utf8) + [0x22] + content
        let whole = cut + [0x22] + Array(shape.behind.utf8)
        return [whole, cut].compactMap { text in
            let wanted = Result { () throws(JSONFault) in try places(in: text, shape) }
            let found = Result { () throws(JSONFault) in try JSONOutline(text) }.map { outline in
                (outline?.members.flatMap { [$0.name, $0.value] } ?? []) + [(outline?.end ?? 0)..<text.count]
            }
            return found == wanted ? nil : "\(text) is read as \(found), not as \(wanted)"
        }
    }

    // MARK: Byte by byte

    /// Where name and value stand, and the end of the object.
    private static func places(in text: [UInt8], _ shape: Shape) throws(JSONFault) -> [Range<Int>] {
        let start = shape.before.utf8.count
        let end = try stringEnd(text, start)
        var index = end
        while index < text.count, text[index] == 0x20 { index += 1 }
        guard index < text.count else { throw JSONFault(.endsEarly, at: text.count) }
        guard text[index...].elementsEqual(shape.behind.utf8) else { throw JSONFault(.unexpectedByte, at: index) }
        let brace = (text.count - 1)..<text.count
        if start == 1 { return [2..<(end - 1), (index + 1)..<brace.lowerBound, brace] }
        return [2..<3, 5..<(start == 5 ? end : brace.lowerBound), brace]
    }

    /// Where the string whose opening quotation mark is at `start` is over.
    private static func stringEnd(_ text: [UInt8], _ start: Int) throws(JSONFault) -> Int {
        var index = start + 1
        while index < text.count {
            switch text[index] {
            case 0x22:
                guard UTF8Grammar.accepts(text[(start + 1)..<index]) else { throw JSONFault(.notUTF8, at: start + 1) }
                return index + 1
            case 0x5C: index = try escapeEnd(text, index)
            case 0x00...0x1F: throw JSONFault(.controlCharacter, at: index)
            default: index += 1
            }
        }
        throw JSONFault(.endsEarly, at: text.count)
    }

    private static func escapeEnd(_ text: [UInt8], _ start: Int) throws(JSONFault) -> Int {
        guard start + 1 < text.count else { throw JSONFault(.endsEarly, at: text.count) }
        if #""\/bfnrt"#.utf8.contains(text[start + 1]) { return start + 2 }
        guard text[start + 1] == UInt8(ascii: "u") else { throw JSONFault(.malformedEscape, at: start) }
        guard start + 6 <= text.count else { throw JSONFault(.endsEarly, at: text.count) }
        guard text[(start + 2)..<(start + 6)].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            throw JSONFault(.malformedEscape, at: start)
        }
        return start + 6
    }
}

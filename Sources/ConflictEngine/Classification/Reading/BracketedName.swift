/// Takes names out of messages.
enum BracketedName {
    private static let closings: [UInt8: UInt8] = [
        UInt8(ascii: "["): UInt8(ascii: "]"), UInt8(ascii: "("): UInt8(ascii: ")"),
        UInt8(ascii: "\""): UInt8(ascii: "\""),
        UInt8(ascii: "'"): UInt8(ascii: "'"), UInt8(ascii: "`"): UInt8(ascii: "`"),
    ]

    /// The text between the bracket or quote that ends `opening` and its counterpart; at most 120 bytes, in lower case.
    static func after(_ opening: String, in text: SearchText) -> String? {
        guard let bracket = opening.utf8.last, let closing = closings[bracket],
            let start = text.position(of: Array(opening.utf8), from: 0)
        else { return nil }
        let rest = text.bytes.dropFirst(start + opening.utf8.count).prefix(121)
        guard let end = rest.firstIndex(of: closing), end > rest.startIndex else { return nil }
        return String(decoding: rest[..<end], as: UTF8.self)
    }

    /// The word that follows `opening`: letters, digits, `_`, `.`, `-`; at most 120 bytes, in lower case.
    static func word(after opening: String, in text: SearchText) -> String? {
        guard let start = text.position(of: Array(opening.utf8), from: 0) else { return nil }
        let rest = text.bytes.dropFirst(start + opening.utf8.count).prefix(120)
        let word = rest.prefix {
            ASCIIText.isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
                || $0 == UInt8(ascii: "-")
        }
        return word.isEmpty ? nil : String(decoding: word, as: UTF8.self)
    }
}

/// Removes quoted parts, which name things or repeat what a client sent.
enum QuoteFilter {
    /// The text with each quoted part of up to 200 bytes on one line replaced by `""`; apostrophes within words stay.
    static func withoutQuotes(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            let byte = text[index]
            if isQuote(byte), opens(text, at: index), let end = closing(text, after: index) {
                result += [UInt8(ascii: "\""), UInt8(ascii: "\"")]
                index = end + 1
            } else {
                result.append(byte)
                index += 1
            }
        }
        return result
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
    }

    private static func opens(_ text: [UInt8], at index: Int) -> Bool {
        index == 0 || !ASCIIText.isAlphanumeric(text[index - 1])
    }

    private static func closing(_ text: [UInt8], after index: Int) -> Int? {
        var end = index + 1
        while end < text.count, end - index <= 200, text[end] != 0x0A {
            let next = end + 1 < text.count ? text[end + 1] : 0x20
            if text[end] == text[index], !ASCIIText.isAlphanumeric(next) { return end }
            end += 1
        }
        return nil
    }
}

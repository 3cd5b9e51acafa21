/// Byte-wise ASCII work on text; other bytes pass untouched.
enum ASCIIText {
    /// The byte in lower case.
    static func lower(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }

    /// The bytes in lower case.
    static func lower(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { lower($0) }
    }

    /// The text with its ASCII letters in lower case.
    static func lower(_ text: String) -> String {
        String(decoding: lower(text.utf8), as: UTF8.self)
    }

    /// Whether the byte is a letter or digit.
    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    /// Whether the byte is a digit.
    static func isDigit(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39
    }

    /// Whether the byte is a space, tab, CR, LF or form feed.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
    }

    /// Without white space at both ends.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes
        while let first = rest.first, isSpace(first) { rest.removeFirst() }
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return rest
    }

    /// Letters and digits alone, in lower case: `ERR_VERSION-Mismatch` becomes `errversionmismatch`.
    static func squeezed(_ text: String) -> String {
        String(decoding: text.utf8.lazy.filter { isAlphanumeric($0) }.map { lower($0) }, as: UTF8.self)
    }
}

/// The bytes that lists of conditions and XML are made of.
extension ASCII {
    /// Exclamation mark.
    static let exclamation: UInt8 = 0x21
    /// Number sign.
    static let number: UInt8 = 0x23
    /// Ampersand.
    static let ampersand: UInt8 = 0x26
    /// Apostrophe.
    static let apostrophe: UInt8 = 0x27
    /// Opening parenthesis.
    static let openingParenthesis: UInt8 = 0x28
    /// Closing parenthesis.
    static let closingParenthesis: UInt8 = 0x29
    /// Less-than sign.
    static let less: UInt8 = 0x3C
    /// Greater-than sign.
    static let greater: UInt8 = 0x3E
    /// Question mark.
    static let question: UInt8 = 0x3F
    /// Opening square bracket.
    static let openingBracket: UInt8 = 0x5B
    /// Closing square bracket.
    static let closingBracket: UInt8 = 0x5D

    /// Whether `bytes` holds `text` from `index` on.
    static func holds(_ bytes: [UInt8], at index: Int, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index >= 0, index <= bytes.count, bytes.count - index >= count else { return false }
        return text.withUTF8Buffer { unsafe $0.elementsEqual(bytes[index..<(index + count)]) }
    }

    /// Whether `bytes` are the letters of `text`, which is in lower case, in any case.
    static func equalsIgnoringCase(_ bytes: some Sequence<UInt8>, _ text: StaticString) -> Bool {
        text.withUTF8Buffer { unsafe $0.elementsEqual(bytes.lazy.map(lowercased)) }
    }
}

/// Bytes as text of 64 characters (RFC 4648, section 4).
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of `bytes`, with padding.
    package static func text(of bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count + 2) / 3 * 4)
        append(bytes, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes of `text`, of whose padding there may be too much or too little; `nil` if it is something else.
    package static func bytes(of text: String) -> [UInt8]? {
        var digits = Array(text.utf8)[...]
        while digits.last == ASCII.equals { digits.removeLast() }
        return bytes(of: digits)
    }

    /// Appends `bytes`, with padding.
    static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        var index = 0
        while index < bytes.count {
            let count = min(3, bytes.count - index)
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(bytes[index + offset]) : 0) }
            for place in 0..<4 {
                let value = Int(group >> UInt32(18 - 6 * place) & 63)
                output.append(place <= count ? alphabet[value] : ASCII.equals)
            }
            index += 3
        }
    }

    /// The bytes of `text`; padding may be missing but not misplaced, and left-over bits are not looked at.
    static func bytes(of text: ArraySlice<UInt8>) -> [UInt8]? {
        var digits = text
        while digits.last == ASCII.equals { digits.removeLast() }
        let padding = text.count - digits.count
        guard padding == 0 || padding <= 2 && text.count % 4 == 0, digits.count % 4 != 1 else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(digits.count * 3 / 4)
        var bits: UInt32 = 0
        var count = 0
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return output
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case 0x41...0x5A: UInt32(digit - 0x41)
        case 0x61...0x7A: UInt32(digit - 0x61) + 26
        case 0x30...0x39: UInt32(digit - 0x30) + 52
        case ASCII.plus: 62
        case ASCII.slash: 63
        default: nil
        }
    }
}

/// The grammar of `Host` values and request authorities (RFC 9110 §7.2, RFC 3986 §3.2.2).
package enum HostField {
    /// Whether the bytes are `host[:port]`: a name, an IPv4 address or a bracketed IPv6 address; never user information.
    package static func isWellFormed(_ value: Span<UInt8>) -> Bool {
        guard value.count > 0, value.count <= 300 else { return false }
        var index = 0
        if value[0] == UInt8(ascii: "[") {
            guard let end = endOfLiteral(value) else { return false }
            index = end
        } else {
            while index < value.count, isNameByte(value[index]) {
                if value[index] == UInt8(ascii: "%"), !isEscape(value, at: index) { return false }
                index += 1
            }
            guard index > 0 else { return false }
        }
        return isPort(value, from: index)
    }

    /// Where a bracketed address ends; two colons at least tell one from a bracketed name.
    private static func endOfLiteral(_ value: Span<UInt8>) -> Int? {
        var index = 1
        var colons = 0
        while index < value.count, isLiteralByte(value[index]) {
            if value[index] == UInt8(ascii: ":") { colons += 1 }
            index += 1
        }
        guard colons >= 2, index < value.count, value[index] == UInt8(ascii: "]") else { return nil }
        return index + 1
    }

    private static func isEscape(_ value: Span<UInt8>, at index: Int) -> Bool {
        index + 2 < value.count && ASCII.hexValue(value[index + 1]) != nil && ASCII.hexValue(value[index + 2]) != nil
    }

    private static func isPort(_ value: Span<UInt8>, from start: Int) -> Bool {
        guard start < value.count else { return true }
        guard value[start] == UInt8(ascii: ":"), value.count - start <= 6 else { return false }
        for index in start + 1..<value.count where !(48...57).contains(value[index]) { return false }
        return true
    }

    private static func isLiteralByte(_ byte: UInt8) -> Bool {
        ASCII.hexValue(byte) != nil || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }

    /// Letters, digits, `-._~`, sub-delimiters but the comma, and `%` of escapes.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        case UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"): true
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"): true
        case UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "%"): true
        default: false
        }
    }
}

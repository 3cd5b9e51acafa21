/// The bytes and byte classes that several parsers of this target share.
enum ASCII {
    /// Horizontal tab.
    static let tab: UInt8 = 0x09
    /// Space.
    static let space: UInt8 = 0x20
    /// Double quote.
    static let quote: UInt8 = 0x22
    /// Percent sign.
    static let percent: UInt8 = 0x25
    /// Asterisk.
    static let star: UInt8 = 0x2A
    /// Plus sign.
    static let plus: UInt8 = 0x2B
    /// Comma.
    static let comma: UInt8 = 0x2C
    /// Hyphen.
    static let minus: UInt8 = 0x2D
    /// Full stop.
    static let dot: UInt8 = 0x2E
    /// Slash.
    static let slash: UInt8 = 0x2F
    /// Colon.
    static let colon: UInt8 = 0x3A
    /// Semicolon.
    static let semicolon: UInt8 = 0x3B
    /// Equals sign.
    static let equals: UInt8 = 0x3D
    /// Backslash.
    static let backslash: UInt8 = 0x5C

    /// Whether `byte` is optional white space of HTTP: space or tab.
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    /// Whether `byte` is `0` to `9`.
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// Whether `byte` is `a` to `z` or `A` to `Z`.
    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// Whether `byte` is unreserved in a URI (RFC 3986, section 2.3).
    @inline(__always)
    static func isUnreserved(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == dot || byte == minus || byte == 0x5F || byte == 0x7E
    }

    /// Whether `byte` may be part of a token (RFC 9110, section 5.6.2).
    static func isTokenCharacter(_ byte: UInt8) -> Bool {
        if isLetter(byte) || isDigit(byte) { return true }
        return switch byte {
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: false
        }
    }

    /// The value of a hexadecimal digit, or `nil`.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte &- 0x30
        case 0x41...0x46: byte &- 0x41 &+ 10
        case 0x61...0x66: byte &- 0x61 &+ 10
        default: nil
        }
    }

    /// The upper-case hexadecimal digit for the low four bits of `value`.
    @inline(__always)
    static func upperHex(_ value: UInt8) -> UInt8 {
        let low = value & 0x0F
        return low < 10 ? 0x30 &+ low : 0x41 &+ (low &- 10)
    }

    /// The lower-case hexadecimal digit for the low four bits of `value`.
    @inline(__always)
    static func lowerHex(_ value: UInt8) -> UInt8 {
        let low = value & 0x0F
        return low < 10 ? 0x30 &+ low : 0x61 &+ (low &- 10)
    }

    /// `byte` in lower case if it is a letter.
    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// `bytes` without white space at both ends.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }

    /// Appends `value` in decimal.
    static func appendDecimal(_ value: Int64, to output: inout [UInt8]) {
        if value < 0 { output.append(minus) }
        var rest = value.magnitude
        if rest < 10 {
            output.append(0x30 &+ UInt8(truncatingIfNeeded: rest))
            return
        }
        let start = output.count
        repeat {
            output.append(0x30 &+ UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        output[start...].reverse()
    }

    /// Appends the last `width` decimal digits of `value`, at most four, padded with zeros.
    static func appendPadded(_ value: Int, width: Int, to output: inout [UInt8]) {
        let rest = value.magnitude
        if width > 3 { output.append(0x30 &+ UInt8(truncatingIfNeeded: rest / 1_000 % 10)) }
        if width > 2 { output.append(0x30 &+ UInt8(truncatingIfNeeded: rest / 100 % 10)) }
        if width > 1 { output.append(0x30 &+ UInt8(truncatingIfNeeded: rest / 10 % 10)) }
        output.append(0x30 &+ UInt8(truncatingIfNeeded: rest % 10))
    }
}

/// Classes of bytes as HTTP's grammar names them.
package enum ASCII {
    /// Carriage return: never legal outside of CRLF.
    package static let cr: UInt8 = 13
    /// Line feed: ends every line, after CR.
    package static let lf: UInt8 = 10
    /// The space.
    package static let space: UInt8 = 32
    /// HTAB, the other white space.
    package static let tab: UInt8 = 9

    /// The byte in lower case, if it is a capital letter.
    @inlinable package static func lower(_ byte: UInt8) -> UInt8 {
        byte &- 65 < 26 ? byte | 0x20 : byte
    }

    /// Whether the byte may stand in a token (RFC 9110 §5.6.2).
    @inlinable package static func isToken(_ byte: UInt8) -> Bool {
        byte < 64
            ? tokenLow & (1 &<< UInt64(byte)) != 0
            : byte < 128 ? tokenHigh & (1 &<< UInt64(byte &- 64)) != 0 : false
    }

    /// Tokens among bytes 0 to 63: `! # $ % & ' * + - .` and digits.
    @usableFromInline static let tokenLow: UInt64 = 0x03FF_6CFA_0000_0000
    /// Tokens among bytes 64 to 127: letters and ``^ _ ` | ~``.
    @usableFromInline static let tokenHigh: UInt64 = 0x57FF_FFFF_C7FF_FFFE

    /// Whether the byte is a control character other than HTAB: never legal in a field value.
    @inlinable package static func isForbiddenInValue(_ byte: UInt8) -> Bool {
        (byte < 32 && byte != tab) || byte == 127
    }

    /// Whether two byte strings are equal but for the case of letters; `lower` is in lower case.
    package static func equalIgnoringCase(_ bytes: Span<UInt8>, _ lower: StaticString) -> Bool {
        guard bytes.count == lower.utf8CodeUnitCount else { return false }
        for index in bytes.indices where unsafe Self.lower(bytes[index]) != lower.utf8Start[index] { return false }
        return true
    }

    /// The value of a hexadecimal digit.
    @inlinable package static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte &- 48
        case 65...70: byte &- 55
        case 97...102: byte &- 87
        default: nil
        }
    }
}

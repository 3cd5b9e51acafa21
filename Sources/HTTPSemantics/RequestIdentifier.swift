/// The value of `X-Request-Id`.
package enum RequestIdentifier {
    /// The longest value of a client that is kept.
    package static let longest = 128

    /// Whether a client's value may be kept and passed on.
    ///
    /// It may be 1 to 128 letters, digits and `-._~:+=/@`, which are harmless in logs, JSON and header fields alike.
    package static func isWellFormed(_ value: Span<UInt8>) -> Bool {
        guard value.count > 0, value.count <= longest else { return false }
        for index in 0..<value.count where !isAllowed(value[index]) { return false }
        return true
    }

    /// Whether a client's value may be kept and passed on.
    package static func isWellFormed(_ value: [UInt8]) -> Bool { isWellFormed(value.span) }

    @inline(__always)
    private static func isAllowed(_ byte: UInt8) -> Bool {
        if ASCII.isUnreserved(byte) { return true }
        return switch byte {
        case ASCII.colon, ASCII.plus, ASCII.equals, ASCII.slash, 0x40: true
        default: false
        }
    }
}

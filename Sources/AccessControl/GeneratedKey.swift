/// The shape of the keys that the gateway makes: `parley_`, 34 random base-62 characters, and 6 base-62 digits of the
/// CRC-32 of those 34, so that a scanner can tell a real one from a sample.
package enum GeneratedKey {
    /// What bytes look like beside this shape.
    package enum Shape: Sendable, Equatable {
        /// Another shape altogether.
        case foreign
        /// This shape with a checksum that does not fit: a typing error or an invention.
        case damaged
        /// This shape, and the checksum fits.
        case sound
    }

    private static let prefix = Array("parley_".utf8)
    private static let randomCount = 34
    private static let checkCount = 6

    /// A new key of 200 bits of chance; `generator` must be the system's for a key that is used.
    package static func make(using generator: inout some RandomNumberGenerator) -> String {
        let body = (0..<randomCount).map { _ in digit(UInt32.random(in: 0..<62, using: &generator)) }
        var rest = KeyChecksum.crc32(body.span)
        var check: [UInt8] = []
        for _ in 0..<checkCount {
            check.append(digit(rest % 62))
            rest /= 62
        }
        return String(decoding: prefix + body + check.reversed(), as: UTF8.self)
    }

    /// Looks at the shape of `key` alone.
    package static func shape(of key: Span<UInt8>) -> Shape {
        guard key.count == prefix.count + randomCount + checkCount else { return .foreign }
        for index in prefix.indices where key[index] != prefix[index] { return .foreign }
        for index in prefix.count..<key.count where !isBase62(key[index]) { return .foreign }
        let checkStart = prefix.count + randomCount
        var rest = KeyChecksum.crc32(key.extracting(prefix.count..<checkStart))
        for index in (checkStart..<key.count).reversed() {
            if key[index] != digit(rest % 62) { return .damaged }
            rest /= 62
        }
        return .sound
    }

    /// A number below 62 as a character: `0–9`, `A–Z`, `a–z`.
    private static func digit(_ value: UInt32) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: value)
        if value < 10 { return UInt8(ascii: "0") &+ value }
        return value < 36 ? UInt8(ascii: "A") &+ (value &- 10) : UInt8(ascii: "a") &+ (value &- 36)
    }

    private static func isBase62(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    }
}

/// Identifiers that sort by the time they were made (RFC 9562, section 5.7), as text of 36 bytes.
package enum UUIDv7 {
    /// The length of the text.
    package static let length = 36

    /// Writes an identifier to the 36 bytes of `buffer` from `start` on, without allocating.
    ///
    /// Of `milliseconds` since 1970 the lowest 48 bits count, and of the ten random bytes 74 bits. The answer is
    /// `false`, and `buffer` as it was, if it is too short.
    @discardableResult
    package static func write(
        milliseconds: Int64,
        random: (UInt16, UInt64),
        into buffer: inout MutableSpan<UInt8>,
        at start: Int = 0
    ) -> Bool {
        guard start >= 0, buffer.count - start >= length else { return false }
        let high = UInt64(bitPattern: milliseconds) << 16 | 0x7000 | UInt64(random.0 & 0x0FFF)
        let low = random.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        var place = start
        for nibble in 0..<32 {
            if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                buffer[place] = ASCII.minus
                place &+= 1
            }
            let word = nibble < 16 ? high : low
            let shift = UInt64(60 &- 4 &* (nibble & 15))
            buffer[place] = ASCII.lowerHex(UInt8(truncatingIfNeeded: word >> shift))
            place &+= 1
        }
        return true
    }

    /// An identifier as bytes.
    package static func bytes(milliseconds: Int64, random: (UInt16, UInt64)) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: length)
        var span = output.mutableSpan
        write(milliseconds: milliseconds, random: random, into: &span)
        return output
    }
}

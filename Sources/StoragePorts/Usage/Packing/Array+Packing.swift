extension [UInt8] {
    /// Adds `number` in groups of seven bits, lowest first, so that small numbers are short.
    mutating func appendShort(_ number: UInt64) {
        var rest = number
        while rest > 0x7F {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Adds `number` so that small ones of either sign are short: 0, -1, 1, -2 become 0, 1, 2, 3.
    mutating func appendSigned(_ number: Int64) {
        appendShort(UInt64(bitPattern: number << 1 ^ number >> 63))
    }
}

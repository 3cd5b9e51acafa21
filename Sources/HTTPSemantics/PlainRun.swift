/// Steps over what needs no second look in a JSON string, eight bytes at a time.
package enum PlainRun {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Where the first byte at or behind `start` stands that is a quotation mark, a backslash, a control character or not
    /// ASCII; within the last seven bytes, where the looking begins.
    @inline(__always)
    package static func end(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position &+ 8 <= bytes.count {
            let loaded = unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self)
            let found = marks(UInt64(littleEndian: loaded))
            // A borrow may mark bytes above the first one that is special, never one below.
            if found != 0 { return position &+ found.trailingZeroBitCount / 8 }
            position &+= 8
        }
        return position
    }

    /// Where the string ends whose text begins at `start` (at its closing quotation mark, or at the end of `bytes`), and how
    /// many escapes it has; for text that was checked, or whose faults do not matter.
    package static func endOfString(_ bytes: Span<UInt8>, from start: Int) -> (end: Int, escapes: Int) {
        var position = start
        var escapes = 0
        while true {
            position = end(bytes, from: position)
            guard position < bytes.count, bytes[position] != ASCII.quote else {
                return (min(position, bytes.count), escapes)
            }
            let isEscape = bytes[position] == ASCII.backslash
            escapes += isEscape ? 1 : 0
            position += isEscape ? 2 : 1
        }
    }

    /// The high bit of every byte of `word` that is special.
    @inline(__always)
    private static func marks(_ word: UInt64) -> UInt64 {
        let quote = word ^ (ones &* UInt64(ASCII.quote))
        let backslash = word ^ (ones &* UInt64(ASCII.backslash))
        let isQuote = (quote &- ones) & ~quote
        let isBackslash = (backslash &- ones) & ~backslash
        let isControl = (word &- ones &* 0x20) & ~word
        return (word | isQuote | isBackslash | isControl) & highBits
    }
}

/// Reads the numbers of a block, and never beyond its end.
struct PackedReader {
    private let bytes: [UInt8]
    /// Where the next byte is.
    private(set) var place = 0

    /// A reader of `bytes` from `place` on, which lies within them.
    init(_ bytes: [UInt8], from place: Int = 0) {
        self.bytes = bytes
        self.place = place
    }

    /// How many bytes are left.
    var left: Int { bytes.count - place }

    /// The next byte.
    mutating func byte() throws(DamagedBlock) -> UInt8 {
        guard place < bytes.count else { throw DamagedBlock() }
        defer { place += 1 }
        return bytes[place]
    }

    /// The next number without sign; more than 64 bits are damage.
    mutating func short() throws(DamagedBlock) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || next <= 1 else { throw DamagedBlock() }
            number |= UInt64(next & 0x7F) << shift
            guard next & 0x80 != 0 else { return number }
            shift += 7
        }
    }

    /// The next number with sign.
    mutating func signed() throws(DamagedBlock) -> Int64 {
        let number = try short()
        return Int64(bitPattern: number >> 1 ^ (0 &- (number & 1)))
    }

    /// The next number with sign, if `isThere`.
    mutating func signed(if isThere: Bool) throws(DamagedBlock) -> Int64? { isThere ? try signed() : nil }

    /// The next number without sign, which is a place or a count: at most `most`.
    mutating func count(upTo most: Int) throws(DamagedBlock) -> Int {
        let number = try short()
        guard number <= UInt64(clamping: most) else { throw DamagedBlock() }
        return Int(number)
    }

    /// Passes over `count` bytes, and tells where they are.
    mutating func skip(_ count: Int) throws(DamagedBlock) -> Range<Int> {
        guard count >= 0, count <= left else { throw DamagedBlock() }
        defer { place += count }
        return place..<(place + count)
    }
}

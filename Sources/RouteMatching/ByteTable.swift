/// A hash table from byte strings to numbers, looked up without making an object of the string.
///
/// Open addressing at a load of at most one half. Keys are those of the configuration, so nobody outside can make
/// its chains long. The same bytes may stand in several scopes with different values.
struct ByteTable: Sendable {
    private struct Slot {
        var value: Int32 = -1
        var scope: Int32 = 0
        var tag: UInt32 = 0
        var start: UInt32 = 0
        var count: UInt32 = 0
    }

    private var slots = ContiguousArray(repeating: Slot(), count: 8)
    private var pool = ContiguousArray<UInt8>()
    /// The keys in order with their mixed hashes, to grow; empty once frozen.
    private var inserted: [(slot: Slot, mixed: UInt64)] = []
    /// How many keys it holds.
    private(set) var count = 0

    /// The hash of nothing; fold bytes in with ``hash(_:adding:)``.
    static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

    /// `hash` with one more byte (FNV-1a).
    @inline(__always)
    static func hash(_ hash: UInt64, adding byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }

    /// The hash of `bytes` from first to last.
    static func hash(of bytes: Span<UInt8>) -> UInt64 {
        var hash = emptyHash
        for index in bytes.indices { hash = Self.hash(hash, adding: bytes[index]) }
        return hash
    }

    /// Letters `A–Z` in lower case, other bytes as they are.
    @inline(__always)
    static func lowered(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// The value of `bytes[range]` in `scope`, or `nil`.
    ///
    /// `folding` compares letters whatever their case; the keys of such a scope are in lower case, as is `hash`.
    @inline(__always)
    func value(
        of bytes: Span<UInt8>,
        in range: Range<Int>,
        scope: Int32,
        hash: UInt64,
        folding: Bool = false
    ) -> Int32? {
        let mixed = Self.mixed(hash, scope)
        let tag = UInt32(truncatingIfNeeded: mixed >> 32)
        let mask = slots.count - 1
        var position = Int(truncatingIfNeeded: mixed) & mask
        while slots[position].value >= 0 {
            let slot = slots[position]
            if slot.tag == tag, slot.scope == scope, Int(slot.count) == range.count,
                holds(bytes, range, at: Int(slot.start), folding: folding)
            {
                return slot.value
            }
            position = (position + 1) & mask
        }
        return nil
    }

    /// The value of a whole string in `scope`, or `nil`.
    func value(of bytes: Span<UInt8>, scope: Int32) -> Int32? {
        value(of: bytes, in: 0..<bytes.count, scope: scope, hash: Self.hash(of: bytes))
    }

    /// Adds a key that is not there yet.
    mutating func insert(_ key: [UInt8], scope: Int32, hash: UInt64, value: Int32) {
        if (count + 1) * 2 > slots.count { grow() }
        let mixed = Self.mixed(hash, scope)
        let slot = Slot(
            value: value,
            scope: scope,
            tag: UInt32(truncatingIfNeeded: mixed >> 32),
            start: UInt32(clamping: pool.count),
            count: UInt32(clamping: key.count)
        )
        pool.append(contentsOf: key)
        inserted.append((slot, mixed))
        place(slot, mixed)
        count += 1
    }

    /// Lets go of what only insertion needs; nothing may be inserted afterwards.
    mutating func freeze() {
        inserted = []
    }

    private mutating func grow() {
        slots = ContiguousArray(repeating: Slot(), count: slots.count * 2)
        for (slot, mixed) in inserted { place(slot, mixed) }
    }

    private mutating func place(_ slot: Slot, _ mixed: UInt64) {
        let mask = slots.count - 1
        var position = Int(truncatingIfNeeded: mixed) & mask
        while slots[position].value >= 0 { position = (position + 1) & mask }
        slots[position] = slot
    }

    @inline(__always)
    private func holds(_ bytes: Span<UInt8>, _ range: Range<Int>, at start: Int, folding: Bool) -> Bool {
        var mine = start
        for index in range {
            let byte = folding ? Self.lowered(bytes[index]) : bytes[index]
            if byte != pool[mine] { return false }
            mine += 1
        }
        return true
    }

    @inline(__always)
    private static func mixed(_ hash: UInt64, _ scope: Int32) -> UInt64 {
        var mixed = hash ^ (UInt64(UInt32(bitPattern: scope)) &* 0x9E37_79B9_7F4A_7C15)
        mixed ^= mixed >> 32
        mixed = mixed &* 0xD6E8_FEB8_6659_FD93
        return mixed ^ (mixed >> 32)
    }
}

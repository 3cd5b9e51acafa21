/// Chance that can be repeated: SplitMix64, the same numbers for the same seed on every machine.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Chance that follows from `seed` alone.
    package init(seed: UInt64) {
        state = seed
    }

    /// The next 64 random bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// Whether something that happens `share` of all times (0 to 1) happens now.
    package mutating func happens(_ share: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < share
    }

    /// Chance of its own for a part, so that what one part draws does not change another's luck.
    package func fork(_ part: UInt64) -> Self {
        var child = Self(seed: state ^ (part &* 0xD6E8_FEB8_6659_FD93))
        return Self(seed: child.next())
    }
}

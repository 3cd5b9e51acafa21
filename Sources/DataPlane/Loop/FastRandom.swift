/// Numbers that spread well, for identifiers and choices by chance; never for secrets.
///
/// xoshiro256** by Blackman and Vigna, begun with 256 bits from the system, so that no request costs a system call for
/// its identifier.
package struct FastRandom: RandomNumberGenerator {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// A generator whose numbers nobody else draws.
    package init() {
        var system = SystemRandomNumberGenerator()
        // All zeroes is the one state the generator cannot leave.
        state = (system.next(), system.next(), system.next(), system.next() | 1)
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        let result = Self.rotated(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Self.rotated(state.3, by: 45)
        return result
    }

    @inline(__always)
    private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
        word << count | word >> (64 &- count)
    }
}

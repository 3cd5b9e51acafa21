/// A way of cutting bytes into pieces, as a network might.
package enum Cutting: Sendable, Hashable {
    /// Everything at once.
    case whole
    /// Every byte alone.
    case bytes
    /// Two pieces, the first one this long.
    case once(Int)
    /// Pieces of random lengths that follow from a seed.
    case chance(UInt64)

    /// The pieces, in order; none is empty.
    package func pieces(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        switch self {
        case .whole: bytes.isEmpty ? [] : [bytes[...]]
        case .bytes: bytes.indices.map { bytes[$0...$0] }
        case .once(let place): [bytes.prefix(place), bytes.dropFirst(place)].filter { !$0.isEmpty }
        case .chance(let seed): Self.randomPieces(of: bytes, seed: seed)
        }
    }

    private static func randomPieces(of bytes: [UInt8], seed: UInt64) -> [ArraySlice<UInt8>] {
        var state = seed
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            // A linear congruential generator (Knuth's MMIX): its high bits are random enough to cut with.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let longest: UInt64 = state >> 63 == 0 ? 5 : 700
            let size = Int((state >> 33) % longest) + 1
            pieces.append(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return pieces
    }
}

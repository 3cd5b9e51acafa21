/// Bodies and cuts that repeat themselves: the same seed gives the same ones (SplitMix64).
struct CodingChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Bytes without order.
    mutating func noise(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    /// A body of words, of runs and of noise, up to some 150 KiB.
    mutating func body() -> [UInt8] {
        let words = ["order", "\"name\":", "{}", ",", "über", "0", "    ", "\n"].map { Array($0.utf8) }
        let wanted = Int.random(in: 0...150_000, using: &self)
        var body: [UInt8] = []
        while body.count < wanted {
            switch Int.random(in: 0..<20, using: &self) {
            case 0: body += noise(Int.random(in: 1...500, using: &self))
            case 1: body += [UInt8](repeating: 0x61, count: Int.random(in: 1...5_000, using: &self))
            default: body += words.randomElement(using: &self) ?? []
            }
        }
        return body
    }

    /// The body in pieces, some of them empty.
    mutating func pieces(of body: [UInt8]) -> [[UInt8]] {
        let longest = [3_000, 20_000, 200_000].randomElement(using: &self) ?? 1
        var pieces: [[UInt8]] = []
        var start = 0
        while start < body.count {
            let end = min(body.count, start + Int.random(in: 0...longest, using: &self))
            pieces.append(Array(body[start..<end]))
            start = end
        }
        return pieces
    }

    /// One event of a stream.
    mutating func event() -> [UInt8] {
        Array("data: {\"n\": \(Int.random(in: 0...1_000_000, using: &self))}\n\n".utf8)
    }
}

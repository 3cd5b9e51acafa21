/// A hash that grows byte by byte, so that all beginnings of a path are hashed in one pass.
///
/// It is a polynomial over the prime 2^61 - 1 at a point that is drawn when the process starts: whoever does not know
/// the point cannot make collisions, and those that happen cost time only.
struct PathHash {
    private static let prime: UInt64 = (1 << 61) - 1
    private static let point: UInt64 = {
        var hasher = Hasher()
        hasher.combine("path")
        return UInt64(UInt(bitPattern: hasher.finalize())) % (prime - 1_000) + 500
    }()

    /// The hash of what was fed so far.
    private(set) var value: UInt64 = 1

    /// The hash of nothing but the name of an upstream.
    init(upstream: String) {
        for byte in upstream.utf8 { absorb(UInt64(byte)) }
        absorb(256)
    }

    /// Adds the next byte of a path.
    mutating func feed(_ byte: UInt8) { absorb(UInt64(byte)) }

    private mutating func absorb(_ symbol: UInt64) {
        let product = value.multipliedFullWidth(by: Self.point)
        let low = product.low & Self.prime
        let high = product.high << 3 | product.low >> 61
        let sum = low &+ high &+ symbol &+ 1
        value = (sum & Self.prime) &+ (sum >> 61)
    }
}

import Crypto

/// SHA-256 of a key: all that is kept of it.
package struct KeyDigest: Sendable, Equatable {
    private let words: InlineArray<4, UInt64>

    /// The digest of a key as sent.
    package init(of key: Span<UInt8>) {
        var hash = SHA256()
        unsafe key.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        var words = InlineArray<4, UInt64>(repeating: 0)
        unsafe hash.finalize().withUnsafeBytes { digest in
            for place in 0..<min(32, digest.count) {
                words[place / 8] = words[place / 8] << 8 | UInt64(unsafe digest[place])
            }
        }
        self.words = words
    }

    /// A digest read from a configuration; `nil` unless it has 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        var words = InlineArray<4, UInt64>(repeating: 0)
        for (place, byte) in bytes.enumerated() {
            words[place / 8] = words[place / 8] << 8 | UInt64(byte)
        }
        self.words = words
    }

    /// Its first eight bytes, by which it is looked up.
    var prefix: UInt64 { words[0] }

    /// The 32 bytes.
    package var bytes: [UInt8] {
        (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(56 - 8 * ($0 % 8))) }
    }

    /// Whether all 32 bytes agree, in a time that does not depend on where they differ.
    package static func == (left: Self, right: Self) -> Bool {
        var difference: UInt64 = 0
        for place in 0..<4 { difference |= left.words[place] ^ right.words[place] }
        return difference == 0
    }
}

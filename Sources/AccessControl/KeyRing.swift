package import Catalog

/// Finds the consumer that a key belongs to; immutable, so that every loop may read it at once.
package struct KeyRing: Sendable {
    /// How many bytes a key may have.
    package static let lengths = 16...256

    private struct Holder: Sendable {
        var digest: KeyDigest
        var consumer: Int
    }

    /// Holders by the first bytes of the digest; more than one only by chance or by repetition.
    private let holders: [UInt64: [Holder]]

    /// Compiles the keys of `consumers`; a key that two of them claim (see ``sharedKeys(in:)``) is the earlier one's.
    package init(_ consumers: [Consumer]) {
        var holders: [UInt64: [Holder]] = [:]
        for (index, consumer) in consumers.enumerated() {
            for digest in consumer.keyHashes.compactMap(KeyDigest.init(bytes:)) {
                holders[digest.prefix, default: []].append(Holder(digest: digest, consumer: index))
            }
        }
        self.holders = holders
    }

    /// The place among the consumers of the one who holds `key`; `nil` if nobody does or if it cannot be a key.
    ///
    /// A key of the gateway's own shape with a wrong checksum is refused before anything is hashed.
    package func consumer(forKey key: Span<UInt8>) -> Int? {
        guard Self.isPossible(key), GeneratedKey.shape(of: key) != .damaged else { return nil }
        let digest = KeyDigest(of: key)
        return holders[digest.prefix]?.first { $0.digest == digest }?.consumer
    }

    /// Whether `key` has a length and characters that a key may have: 16 to 256, visible ASCII.
    package static func isPossible(_ key: Span<UInt8>) -> Bool {
        guard lengths.contains(key.count) else { return false }
        for index in key.indices where !(0x21...0x7E).contains(key[index]) { return false }
        return true
    }

    /// Pairs of consumers, by their places, that claim the same key; the earlier first.
    package static func sharedKeys(in consumers: [Consumer]) -> [(Int, Int)] {
        var owners: [[UInt8]: Int] = [:]
        var pairs: [(Int, Int)] = []
        for (index, consumer) in consumers.enumerated() {
            for hash in consumer.keyHashes {
                let owner = owners[hash] ?? index
                owners[hash] = owner
                if owner != index, pairs.last.map({ $0 != (owner, index) }) ?? true { pairs.append((owner, index)) }
            }
        }
        return pairs
    }
}

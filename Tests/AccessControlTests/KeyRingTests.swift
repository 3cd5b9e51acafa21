import AccessControl
import Catalog
import Testing

struct KeyRingTests {
    private func digest(_ key: String) -> [UInt8] {
        let bytes = Array(key.utf8)
        return KeyDigest(of: bytes.span).bytes
    }

    private func consumer(_ name: String, keys: String..., groups: Set<String> = []) throws -> Consumer {
        Consumer(name: try #require(ConsumerName(name)), keyHashes: keys.map(digest), groups: groups)
    }

    private func find(_ key: String, in ring: KeyRing) -> Int? {
        let bytes = Array(key.utf8)
        return ring.consumer(forKey: bytes.span)
    }

    @Test func `the digest is SHA-256`() {
        let expected: [UInt8] = [
            0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40, 0xDE, 0x5D, 0xAE, 0x22, 0x23,
            0xB0, 0x03, 0x61, 0xA3, 0x96, 0x17, 0x7A, 0x9C, 0xB4, 0x10, 0xFF, 0x61, 0xF2, 0x00, 0x15, 0xAD,
        ]
        #expect(digest("abc") == expected)
        #expect(KeyDigest(bytes: expected)?.bytes == expected)
        #expect(KeyDigest(bytes: Array(expected.dropLast())) == nil)
        #expect(KeyDigest(bytes: expected + [0]) == nil)
    }

    @Test func `digests that differ in one bit differ`() {
        let bytes = digest("abc")
        for place in 0..<32 {
            var changed = bytes
            changed[place] ^= 1
            #expect(KeyDigest(bytes: changed) != KeyDigest(bytes: bytes))
        }
    }

    @Test func `each key finds its consumer`() throws {
        let ring = KeyRing([
            try consumer("alice", keys: "alice-key-number-1", "alice-key-number-2"),
            try consumer("bob"), try consumer("carol", keys: "carol-key-number-1"),
        ])
        #expect(find("alice-key-number-1", in: ring) == 0)
        #expect(find("alice-key-number-2", in: ring) == 0)
        #expect(find("carol-key-number-1", in: ring) == 2)
        #expect(find("carol-key-number-2", in: ring) == nil)
        #expect(find("Carol-key-number-1", in: ring) == nil)
        #expect(find("", in: ring) == nil)
    }

    @Test func `what cannot be a key is refused although its hash is known`() throws {
        let odd = [
            String(repeating: "k", count: 15), String(repeating: "k", count: 257), "a key with some spaces",
            "schlüssel-mit-umlaut", "control\u{7F}character-key",
        ]
        let fine = [String(repeating: "k", count: 16), String(repeating: "k", count: 256), "!#$%&'*+-.^_`|~{}"]
        let ring = KeyRing([
            Consumer(name: try #require(ConsumerName("alice")), keyHashes: (odd + fine).map(digest))
        ])
        for key in odd { #expect(find(key, in: ring) == nil) }
        for key in fine { #expect(find(key, in: ring) == 0) }
    }

    @Test func `a damaged key of our own shape is refused without a lookup`() throws {
        var generator = SystemRandomNumberGenerator()
        let sound = GeneratedKey.make(using: &generator)
        let damaged = sound.dropLast() + (sound.hasSuffix("x") ? "y" : "x")
        let ring = KeyRing([try consumer("alice", keys: sound, String(damaged))])
        #expect(find(sound, in: ring) == 0)
        #expect(find(String(damaged), in: ring) == nil)
    }

    @Test func `hashes of a wrong length open nothing`() throws {
        let name = try #require(ConsumerName("alice"))
        let ring = KeyRing([Consumer(name: name, keyHashes: [[], Array(digest("0123456789abcdef").prefix(31))])])
        #expect(find("0123456789abcdef", in: ring) == nil)
    }

    @Test func `a key claimed twice is reported and belongs to the first`() throws {
        let consumers = [
            try consumer("alice", keys: "the-very-same-key-1", "the-very-same-key-2"), try consumer("bob"),
            try consumer("carol", keys: "the-very-same-key-1", "the-very-same-key-2", "another-key-of-carol"),
        ]
        #expect(KeyRing.sharedKeys(in: consumers).map { [$0.0, $0.1] } == [[0, 2]])
        #expect(KeyRing.sharedKeys(in: Array(consumers.prefix(2))).isEmpty)
        #expect(find("the-very-same-key-2", in: KeyRing(consumers)) == 0)
    }

    @Test func `a consumer that repeats its own key shares it with nobody`() throws {
        let consumers = [try consumer("alice", keys: "the-very-same-key-1", "the-very-same-key-1")]
        #expect(KeyRing.sharedKeys(in: consumers).isEmpty)
        #expect(find("the-very-same-key-1", in: KeyRing(consumers)) == 0)
    }

    @Test func `a thousand consumers are told apart`() throws {
        let consumers = try (0..<1000).map { try consumer("c\($0)", keys: "key-of-consumer-number-\($0)") }
        let ring = KeyRing(consumers)
        let wrong = (0..<1000).filter { (number: Int) in
            find("key-of-consumer-number-\(number)", in: ring) != number
        }
        #expect(wrong.isEmpty)
    }
}

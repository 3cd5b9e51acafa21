import AccessControl
import Testing

struct GeneratedKeyTests {
    private func shape(_ key: String) -> GeneratedKey.Shape {
        let bytes = Array(key.utf8)
        return GeneratedKey.shape(of: bytes.span)
    }

    @Test(arguments: [
        ("", UInt32(0)), ("123456789", 0xCBF4_3926), ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
    ])
    func `the checksum is the one of zlib`(text: String, sum: UInt32) {
        let bytes = Array(text.utf8)
        #expect(KeyChecksum.crc32(bytes.span) == sum)
    }

    /// Worked out with another implementation of CRC-32.
    @Test(arguments: [
        "parley_00000000000000000000000000000000000iqUEf",
        "parley_abcdefghijklmnopqrstuvwxyzABCDEFGH2Mp2tv",
        "parley_Zz9Zz9Zz9Zz9Zz9Zz9Zz9Zz9Zz9Zz9Zz9q1e4NS6",
        "parley_H3Fwp8rTWv5tt3NMiHseet9ZroX9ABmXpc00LKO5",
    ])
    func `known keys are sound`(key: String) {
        #expect(shape(key) == .sound)
    }

    @Test func `made keys are sound and all different`() {
        var generator = SystemRandomNumberGenerator()
        let keys = Set((0..<200).map { _ in GeneratedKey.make(using: &generator) })
        #expect(keys.count == 200)
        #expect(keys.allSatisfy { shape($0) == .sound && $0.utf8.count == 47 })
    }

    @Test func `any changed character damages a key`() {
        var generator = SystemRandomNumberGenerator()
        let key = Array(GeneratedKey.make(using: &generator).utf8)
        for place in 7..<key.count {
            var changed = key
            changed[place] = key[place] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
            #expect(GeneratedKey.shape(of: changed.span) == .damaged)
        }
    }

    @Test func `other shapes are none of its business`() {
        var generator = SystemRandomNumberGenerator()
        let key = GeneratedKey.make(using: &generator)
        #expect(shape("") == .foreign)
        #expect(shape("parley_") == .foreign)
        #expect(shape(key + "0") == .foreign)
        #expect(shape(String(key.dropLast())) == .foreign)
        #expect(shape("Parley_" + key.dropFirst(7)) == .foreign)
        #expect(shape(key.dropLast() + "-") == .foreign)
        #expect(shape("parley_sample-key-of-the-manual-that-looks-alike") == .foreign)
    }
}

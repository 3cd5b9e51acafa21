/// CRC-32 as in zlib (reflected polynomial EDB88320).
package enum KeyChecksum {
    /// The checksum of `bytes`.
    package static func crc32(_ bytes: Span<UInt8>) -> UInt32 {
        var crc = UInt32.max
        for index in bytes.indices {
            crc = table[Int(UInt8(truncatingIfNeeded: crc) ^ bytes[index])] ^ (crc >> 8)
        }
        return ~crc
    }

    private static let table: [UInt32] = (0..<256).map { (byte: UInt32) in
        var crc = byte
        for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
        return crc
    }
}

/// A block of IP addresses in CIDR form.
package struct AddressBlock: Sendable, Hashable {
    /// The network's address: 4 bytes for IPv4, 16 for IPv6.
    package var bytes: [UInt8]
    /// Leading bits that must agree.
    package var prefix: Int

    /// A block; bits past `prefix` are ignored.
    package init(bytes: [UInt8], prefix: Int) {
        self.bytes = bytes
        self.prefix = prefix
    }

    /// Whether `address` (4 or 16 bytes) lies within.
    package func contains(_ address: [UInt8]) -> Bool {
        guard address.count == bytes.count else { return false }
        var left = prefix
        for (mine, theirs) in zip(bytes, address) {
            if left <= 0 { return true }
            let mask: UInt8 = left >= 8 ? 0xFF : ~(0xFF >> UInt8(left))
            if mine & mask != theirs & mask { return false }
            left -= 8
        }
        return true
    }
}

/// Reads and compares bearer tokens (RFC 6750).
package enum BearerToken {
    /// The token in an `Authorization` field's value, if it is of that scheme.
    package static func sent(in value: String) -> [UInt8]? {
        let bytes = Array(value.utf8)
        let scheme = Array("bearer ".utf8)
        guard bytes.count > scheme.count, zip(bytes, scheme).allSatisfy({ $0 | 0x20 == $1 }) else { return nil }
        return Array(bytes.dropFirst(scheme.count).drop { $0 == UInt8(ascii: " ") })
    }

    /// Whether two tokens are the same, in a time that depends on the length of `expected` alone.
    package static func agree(_ sent: [UInt8], _ expected: [UInt8]) -> Bool {
        guard !expected.isEmpty else { return false }
        var difference: UInt8 = sent.count == expected.count ? 0 : 1
        for index in expected.indices {
            difference |= (index < sent.count ? sent[index] : 0) ^ expected[index]
        }
        return difference == 0
    }
}

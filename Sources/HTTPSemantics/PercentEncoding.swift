/// Percent-encoding (RFC 3986, section 2.1).
package enum PercentEncoding {
    /// The bytes that `text` stands for; escapes that are none stay as they are.
    package static func decoded(_ text: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            if text[index] == ASCII.percent, index + 2 < text.count, let high = ASCII.hexValue(text[index + 1]),
                let low = ASCII.hexValue(text[index + 2])
            {
                output.append(high << 4 | low)
                index += 3
            } else {
                output.append(text[index])
                index += 1
            }
        }
        return output
    }

    /// Whether `query` may stand on a request line as it is: visible ASCII without `#`.
    ///
    /// That is RFC 3986, section 3.4, and the characters beyond it that are widely sent; what was decoded may hold a space or
    /// the end of the line.
    package static func isQuery(_ query: [UInt8]) -> Bool {
        query.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
    }

    /// `bytes` as one component of a query: all but unreserved characters and `/` escaped.
    package static func queryComponent(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        for byte in bytes {
            if ASCII.isUnreserved(byte) || byte == ASCII.slash {
                output.append(byte)
            } else {
                output += escape(byte)
            }
        }
        return output
    }

    /// The escape that stands for a byte.
    package static func escape(_ byte: UInt8) -> [UInt8] {
        [ASCII.percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}

extension PercentEncoding {
    /// `bytes` as one value or segment: all but unreserved characters escaped.
    package static func component(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { ASCII.isUnreserved($0) ? [$0] : escape($0) }
    }
}

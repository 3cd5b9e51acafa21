/// The part of a request target behind the `?`, as pairs of `name=value` joined by `&`.
package enum QueryString {
    /// The value of the first pair called `name`, in normal form; empty without `=`, `nil` if there is no such pair.
    ///
    /// As in paths, escapes of unreserved characters are decoded and other escapes upper-cased; a stray `%`, a byte
    /// that is not visible ASCII, and `#` come out escaped. Names are compared in that form too. `+` stays as it is.
    package static func value(of name: [UInt8], in query: Span<UInt8>) -> [UInt8]? {
        var start = 0
        while start <= query.count {
            var end = start
            var equals: Int?
            while end < query.count, query[end] != 0x26 {
                if equals == nil, query[end] == ASCII.equals { equals = end }
                end += 1
            }
            let nameEnd = equals ?? end
            if end > start, normalForm(query, start..<nameEnd) == name {
                return equals.map { normalForm(query, ($0 + 1)..<end) } ?? []
            }
            start = end + 1
        }
        return nil
    }

    /// The value of the first pair called `name`.
    package static func value(of name: [UInt8], in query: [UInt8]) -> [UInt8]? { value(of: name, in: query.span) }

    private static func normalForm(_ query: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = query[index]
            if byte == ASCII.percent, index + 2 < range.upperBound,
                let high = ASCII.hexValue(query[index + 1]), let low = ASCII.hexValue(query[index + 2])
            {
                append(high << 4 | low, escaped: !ASCII.isUnreserved(high << 4 | low), to: &output)
                index += 3
            } else {
                let isVisible = byte > 0x20 && byte < 0x7F
                append(byte, escaped: !isVisible || byte == 0x23 || byte == ASCII.percent, to: &output)
                index += 1
            }
        }
        return output
    }

    private static func append(_ byte: UInt8, escaped: Bool, to output: inout [UInt8]) {
        if escaped {
            output.append(ASCII.percent)
            output.append(ASCII.upperHex(byte >> 4))
            output.append(ASCII.upperHex(byte))
        } else {
            output.append(byte)
        }
    }
}

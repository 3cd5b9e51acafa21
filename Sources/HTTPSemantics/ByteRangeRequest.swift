/// What a `Range` field asks for of a representation whose length is known (RFC 9110, section 14).
package enum ByteRangeRequest: Sendable, Equatable {
    /// Answer 206 with these offsets; never empty.
    case satisfiable(Range<Int>)
    /// Answer 416.
    case unsatisfiable
    /// Answer as if there were no `Range`: several ranges, another unit, or a malformed value.
    case ignore

    /// Resolves the value of a `Range` field against a representation of `length` bytes.
    package init(field: [UInt8], length: Int) {
        guard let wanted = Self.onlyRange(of: field), length >= 0,
            let dash = wanted.firstIndex(of: ASCII.minus)
        else {
            self = .ignore
            return
        }
        let first = wanted[..<dash]
        let last = wanted[(dash + 1)...]
        if first.isEmpty {
            self = Self.suffix(last, of: length)
        } else {
            self = Self.interval(first, last, of: length)
        }
    }

    /// Resolves all lines of the field; more than one means several ranges.
    package init(fieldLines: [[UInt8]], length: Int) {
        self = fieldLines.count == 1 ? Self(field: fieldLines[0], length: length) : .ignore
    }

    /// The value of `Content-Range` for 206, such as `bytes 0-9/100`.
    package static func contentRange(_ range: Range<Int>, of length: Int) -> [UInt8] {
        var output = Array("bytes ".utf8)
        ASCII.appendDecimal(Int64(range.lowerBound), to: &output)
        output.append(ASCII.minus)
        ASCII.appendDecimal(Int64(max(range.lowerBound, range.upperBound - 1)), to: &output)
        output.append(ASCII.slash)
        ASCII.appendDecimal(Int64(length), to: &output)
        return output
    }

    /// The value of `Content-Range` for 416, such as `bytes */100`.
    package static func contentRange(unsatisfiedOf length: Int) -> [UInt8] {
        var output = Array("bytes */".utf8)
        ASCII.appendDecimal(Int64(length), to: &output)
        return output
    }

    private static func onlyRange(of field: [UInt8]) -> ArraySlice<UInt8>? {
        let unit = Array("bytes=".utf8)
        let value = ASCII.trimmed(field[...])
        guard value.count > unit.count, zip(value, unit).allSatisfy({ ASCII.lowercased($0) == $1 }) else { return nil }
        let members = value.dropFirst(unit.count)
            .split(separator: ASCII.comma, omittingEmptySubsequences: true)
            .map(ASCII.trimmed)
            .filter { !$0.isEmpty }
        return members.count == 1 ? members[0] : nil
    }

    private static func suffix(_ digits: ArraySlice<UInt8>, of length: Int) -> Self {
        guard let count = number(digits) else { return .ignore }
        if count == 0 { return .unsatisfiable }
        // A suffix of nothing is satisfiable by the grammar, yet no Content-Range can say so: send it whole.
        if length == 0 { return .ignore }
        return .satisfiable((length - min(count, length))..<length)
    }

    private static func interval(_ first: ArraySlice<UInt8>, _ last: ArraySlice<UInt8>, of length: Int) -> Self {
        guard let start = number(first) else { return .ignore }
        var end = Int.max
        if !last.isEmpty {
            guard let given = number(last), given >= start else { return .ignore }
            end = given
        }
        guard start < length else { return .unsatisfiable }
        return .satisfiable(start..<(min(end, length - 1) + 1))
    }

    /// Decimal digits; what does not fit counts as the largest number, which no length reaches.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy(ASCII.isDigit) else { return nil }
        var value = 0
        for digit in digits {
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowToo) = scaled.addingReportingOverflow(Int(digit &- 0x30))
            if overflow || overflowToo { return Int.max }
            value = sum
        }
        return value
    }
}

/// Timestamps of JSON documents, in UTC with milliseconds (RFC 3339).
package enum RFC3339 {
    /// The moment `milliseconds` after 1970 as text, such as `2026-11-21T02:16:00.123Z`.
    package static func text(milliseconds: Int64) -> String {
        String(decoding: bytes(milliseconds: milliseconds), as: UTF8.self)
    }

    /// The moment `milliseconds` after 1970, always 24 bytes; years beyond 0 to 9999 are moved to the nearest of these.
    package static func bytes(milliseconds: Int64) -> [UInt8] {
        let fraction = milliseconds % 1_000
        let seconds = milliseconds / 1_000 - (fraction < 0 ? 1 : 0)
        let time = CivilTime(secondsSinceEpoch: seconds)
        var output: [UInt8] = []
        output.reserveCapacity(24)
        ASCII.appendPadded(time.year, width: 4, to: &output)
        output.append(ASCII.minus)
        ASCII.appendPadded(time.month, width: 2, to: &output)
        output.append(ASCII.minus)
        ASCII.appendPadded(time.day, width: 2, to: &output)
        output.append(0x54)
        ASCII.appendPadded(time.hour, width: 2, to: &output)
        output.append(ASCII.colon)
        ASCII.appendPadded(time.minute, width: 2, to: &output)
        output.append(ASCII.colon)
        ASCII.appendPadded(time.second, width: 2, to: &output)
        output.append(ASCII.dot)
        ASCII.appendPadded(Int(fraction < 0 ? fraction + 1_000 : fraction), width: 3, to: &output)
        output.append(0x5A)
        return output
    }

    /// Milliseconds since 1970 of a timestamp with `Z` or an offset, or `nil`; digits beyond milliseconds are cut off.
    package static func milliseconds(parsing bytes: [UInt8]) -> Int64? {
        // A timestamp that says everything has some 29 bytes; nobody needs a fraction of thousands.
        guard (20...64).contains(bytes.count) else { return nil }
        var reader = TimestampReader(bytes: bytes)
        guard let year = reader.number(digits: 4), reader.skip(ASCII.minus), let month = reader.number(digits: 2),
            reader.skip(ASCII.minus), let day = reader.number(digits: 2), reader.skip(0x54) || reader.skip(0x74),
            let clock = reader.clock()
        else { return nil }
        let time = CivilTime(
            year: year,
            month: month,
            day: day,
            hour: clock.hour,
            minute: clock.minute,
            second: clock.second
        )
        guard time.isValid, let fraction = fraction(&reader), let offset = offset(&reader), reader.isAtEnd else {
            return nil
        }
        return (time.secondsSinceEpoch - Int64(offset)) * 1_000 + Int64(fraction)
    }

    /// Milliseconds since 1970 of a timestamp.
    package static func milliseconds(parsing text: String) -> Int64? { milliseconds(parsing: Array(text.utf8)) }

    private static func fraction(_ reader: inout TimestampReader) -> Int? {
        guard reader.skip(ASCII.dot) else { return 0 }
        var value = 0
        var digits = 0
        while let digit = reader.number(digits: 1) {
            if digits < 3 { value = value * 10 + digit }
            digits += 1
        }
        guard digits > 0 else { return nil }
        return digits == 1 ? value * 100 : digits == 2 ? value * 10 : value
    }

    /// Seconds that local time is ahead of UTC.
    private static func offset(_ reader: inout TimestampReader) -> Int? {
        if reader.skip(0x5A) || reader.skip(0x7A) { return 0 }
        let isBehind = reader.skip(ASCII.minus)
        guard isBehind || reader.skip(ASCII.plus), let hours = reader.number(digits: 2), hours < 24,
            reader.skip(ASCII.colon),
            let minutes = reader.number(digits: 2), minutes < 60
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return isBehind ? -seconds : seconds
    }
}

/// Dates of HTTP fields, one second fine (RFC 9110, section 5.6.7).
package enum HTTPDate {
    private static let months: [[UInt8]] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ].map { Array($0.utf8) }
    private static let weekdays: [[UInt8]] = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ].map { Array($0.utf8) }

    /// Seconds since 1970 of a date in any of the three forms, or `nil` if it is none of them.
    ///
    /// White space around it is allowed, letter case matters, and the day of the week must be one but is not compared
    /// with the date. `currentYear` tells the century of a two-digit year: one more than 50 years ahead is past.
    package static func seconds(parsing field: [UInt8], currentYear: Int = 2026) -> Int64? {
        let trimmed = ASCII.trimmed(field[...])
        // The longest form is `Wednesday, 06-Nov-94 08:49:37 GMT`.
        guard (24...33).contains(trimmed.count) else { return nil }
        var reader = TimestampReader(bytes: Array(trimmed))
        let time: CivilTime? =
            if reader.bytes[3] == ASCII.comma {
                fixdate(&reader)
            } else if reader.bytes[3] == ASCII.space {
                asctime(&reader)
            } else {
                rfc850(&reader, currentYear: currentYear)
            }
        guard let time, reader.isAtEnd, time.isValid else { return nil }
        return time.secondsSinceEpoch
    }

    /// The date as IMF-fixdate, such as `Sun, 06 Nov 1994 08:49:37 GMT`: always 29 bytes.
    package static func bytes(_ secondsSinceEpoch: Int64) -> [UInt8] {
        let time = CivilTime(secondsSinceEpoch: secondsSinceEpoch)
        var output: [UInt8] = []
        output.reserveCapacity(29)
        for byte in weekdays[time.weekday].prefix(3) { output.append(byte) }
        output.append(ASCII.comma)
        output.append(ASCII.space)
        ASCII.appendPadded(time.day, width: 2, to: &output)
        output.append(ASCII.space)
        output += months[time.month - 1]
        output.append(ASCII.space)
        ASCII.appendPadded(time.year, width: 4, to: &output)
        output.append(ASCII.space)
        ASCII.appendPadded(time.hour, width: 2, to: &output)
        output.append(ASCII.colon)
        ASCII.appendPadded(time.minute, width: 2, to: &output)
        output.append(ASCII.colon)
        ASCII.appendPadded(time.second, width: 2, to: &output)
        for byte in [0x20, 0x47, 0x4D, 0x54] as [UInt8] { output.append(byte) }
        return output
    }

    /// The date as IMF-fixdate text.
    package static func text(_ secondsSinceEpoch: Int64) -> String {
        String(decoding: bytes(secondsSinceEpoch), as: UTF8.self)
    }

    private static func fixdate(_ reader: inout TimestampReader) -> CivilTime? {
        guard reader.name(of: weekdays, length: 3) != nil, reader.skip(ASCII.comma), reader.skip(ASCII.space),
            let day = reader.number(digits: 2), reader.skip(ASCII.space),
            let month = reader.name(of: months, length: 3), reader.skip(ASCII.space),
            let year = reader.number(digits: 4), reader.skip(ASCII.space),
            let clock = reader.clock(), reader.skipGMT()
        else { return nil }
        return CivilTime(
            year: year,
            month: month + 1,
            day: day,
            hour: clock.hour,
            minute: clock.minute,
            second: clock.second
        )
    }

    private static func rfc850(_ reader: inout TimestampReader, currentYear: Int) -> CivilTime? {
        guard reader.name(of: weekdays, length: nil) != nil, reader.skip(ASCII.comma), reader.skip(ASCII.space),
            let day = reader.number(digits: 2), reader.skip(ASCII.minus),
            let month = reader.name(of: months, length: 3), reader.skip(ASCII.minus),
            let short = reader.number(digits: 2), reader.skip(ASCII.space),
            let clock = reader.clock(), reader.skipGMT()
        else { return nil }
        let sameCentury = currentYear - currentYear % 100 + short
        let year =
            if sameCentury > currentYear + 50 {
                sameCentury - 100
            } else if sameCentury + 100 <= currentYear + 50 {
                sameCentury + 100
            } else {
                sameCentury
            }
        return CivilTime(
            year: year,
            month: month + 1,
            day: day,
            hour: clock.hour,
            minute: clock.minute,
            second: clock.second
        )
    }

    private static func asctime(_ reader: inout TimestampReader) -> CivilTime? {
        guard reader.name(of: weekdays, length: 3) != nil, reader.skip(ASCII.space),
            let month = reader.name(of: months, length: 3), reader.skip(ASCII.space)
        else { return nil }
        let isPadded = reader.skip(ASCII.space)
        guard let day = reader.number(digits: isPadded ? 1 : 2), reader.skip(ASCII.space),
            let clock = reader.clock(), reader.skip(ASCII.space),
            let year = reader.number(digits: 4)
        else { return nil }
        return CivilTime(
            year: year,
            month: month + 1,
            day: day,
            hour: clock.hour,
            minute: clock.minute,
            second: clock.second
        )
    }
}

import HTTPSemantics

/// A moment as people ask for it: a timestamp, a date, or a duration back from now.
package enum Moment {
    /// Milliseconds since 1970 UTC of what `text` says at the moment `now`; `nil` if it says no time.
    ///
    /// Takes RFC 3339 timestamps, dates such as `2026-01-31` (their first moment in UTC), and durations such as `90s`,
    /// `30m`, `1h`, `7d`.
    package static func milliseconds(of text: String, now: Int64) -> Int64? {
        var bytes = Array(text.utf8)
        if bytes.count == 10 { bytes += Array("T00:00:00Z".utf8) }
        // Forms and careless clients turn the `+` of an offset into a space.
        if bytes.count > 6, bytes[bytes.count - 6] == UInt8(ascii: " ") { bytes[bytes.count - 6] = UInt8(ascii: "+") }
        if let time = RFC3339.milliseconds(parsing: bytes) { return time }
        return length(of: text).map { now.subtractingReportingOverflow($0).partialValue }
    }

    /// The moment as `2026-01-31 12:00:00 UTC`, for people.
    package static func readable(_ milliseconds: Int64) -> String {
        let text = RFC3339.text(milliseconds: milliseconds)
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + " UTC"
    }

    /// Milliseconds of a duration such as `90s`, `30m`, `1h`, `7d`; `nil` if `text` is none.
    package static func length(of text: String) -> Int64? {
        let digits = text.prefix { ("0"..."9").contains($0) }
        guard let number = Int64(digits), let unit = units[String(text.dropFirst(digits.count))] else { return nil }
        let (length, overflow) = number.multipliedReportingOverflow(by: unit)
        // Longer than a thousand centuries is a slip of the pen.
        return overflow || length > 3_155_760_000_000_000 ? nil : length
    }

    private static let units: [String: Int64] = [
        "ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
    ]
}

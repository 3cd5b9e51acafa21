/// The query of a URL, read strictly: each name at most once, and only names that mean something.
package struct QueryParameters: Sendable {
    private var values: [String: String] = [:]

    /// Reads `query`, which may use only the names in `allowed`; a name with an empty value counts as absent.
    package init(_ query: String?, allowed: [String]) throws(ConsoleProblem) {
        for part in (query ?? "").split(separator: "&") {
            let pieces = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(pieces[0]), let value = Self.decoded(pieces.count > 1 ? pieces[1] : "") else {
                throw .badParameter(String(part), "A value must be percent-encoded UTF-8.")
            }
            guard allowed.contains(name) else {
                throw .badParameter(
                    name,
                    allowed.isEmpty
                        ? "There is no such parameter here; this address takes none."
                        : "There is no such parameter here; allowed are \(allowed.joined(separator: ", "))."
                )
            }
            guard values[name] == nil else { throw .badParameter(name, "It may be given only once.") }
            values[name] = value
        }
    }

    /// The value of `name`, if there is one that is not empty.
    package subscript(_ name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The time `name` says, in milliseconds since 1970 UTC: RFC 3339, or a duration back from `now`.
    package func time(_ name: String, now: Int64) throws(ConsoleProblem) -> Int64? {
        guard let text = self[name] else { return nil }
        guard let time = Moment.milliseconds(of: text, now: now) else {
            throw .badParameter(
                name,
                "Allowed is an RFC 3339 time such as 2026-01-31T12:00:00Z, or a duration back from now such as 90s, 30m, 1h or 7d."
            )
        }
        return time
    }

    /// The whole number `name` says, within `range`.
    package func number(_ name: String, in range: ClosedRange<Int>, default standard: Int) throws(ConsoleProblem) -> Int
    {
        guard let text = self[name] else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw .badParameter(name, "Allowed is a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// Decodes percent escapes, and `+` as a space, as forms send it.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

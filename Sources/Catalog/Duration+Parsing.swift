extension Duration {
    /// The longest time that can be written: ten years, so that no sum of times leaves 64 bits of nanoseconds.
    package static let longestWritten = Duration.seconds(3650 * 86_400)

    /// Reads `250ms`, `2s`, `5m`, `24h` or `7d`.
    package init(parsing text: String) throws(TextFault) {
        let (digits, unit) = WrittenNumber.split(text)
        guard !digits.isEmpty else {
            throw TextFault("is not a duration", remedy: "write a number and a unit, such as 250ms, 2s, 5m, 24h or 7d")
        }
        guard let milliseconds = Self.milliseconds(in: unit) else { throw Self.unitFault(digits, unit) }
        guard let number = WrittenNumber(digits) else { throw Self.tooLong }
        let (product, overflow) = number.value.multipliedReportingOverflow(by: milliseconds)
        guard !overflow, .milliseconds(product) <= Self.longestWritten else { throw Self.tooLong }
        self = .milliseconds(product)
    }

    /// As an operator would write it, in the largest unit that needs no fraction: `90s`, `2h`, `250ms`.
    package var written: String {
        let (seconds, attoseconds) = components
        guard attoseconds == 0 else { return "\(self / .milliseconds(1))".droppingFraction + "ms" }
        for (size, unit) in [(86_400, "d"), (3600, "h"), (60, "m")] where seconds != 0 && seconds % Int64(size) == 0 {
            return "\(seconds / Int64(size))\(unit)"
        }
        return "\(seconds)s"
    }

    private static let tooLong = TextFault("is too long a time", remedy: "3650d is the longest")

    private static func milliseconds(in unit: Substring) -> Int? {
        switch unit {
        case "ms": 1
        case "s": 1000
        case "m": 60_000
        case "h": 3_600_000
        case "d": 86_400_000
        default: nil
        }
    }

    private static func unitFault(_ digits: Substring, _ unit: Substring) -> TextFault {
        if unit.isEmpty { return TextFault("has no unit", remedy: "write \(digits)s for seconds or \(digits)ms") }
        if unit.first == "." {
            return TextFault("has a fraction", remedy: "use a smaller unit, such as 1500ms for one and a half seconds")
        }
        if unit.contains(where: { $0.isASCII && $0.isNumber }) {
            return TextFault("has more than one unit", remedy: "use the smaller one alone, such as 90m for 1h30m")
        }
        return TextFault("has the unknown unit '\(unit)'", remedy: "the units are ms, s, m, h and d")
    }
}

extension String {
    fileprivate var droppingFraction: String { String(prefix { $0 != "." }) }
}

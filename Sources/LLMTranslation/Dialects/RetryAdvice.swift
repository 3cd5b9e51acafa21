/// How long a provider asks to wait, from the fields of its answer.
enum RetryAdvice {
    /// The longest wait that is believed (ms): a day.
    private static let longest = 86_400_000.0

    /// The wait by `retry-after-ms`, else by `retry-after`, in milliseconds; `nil` where none is asked for.
    ///
    /// Dates are passed over, since this knows no clock.
    static func milliseconds(_ headers: (String) -> String?) -> Int? {
        if let wait = headers("retry-after-ms").flatMap(number) { return whole(wait) }
        return headers("retry-after").flatMap(number).map { whole($0 * 1000) }
    }

    /// As ``milliseconds(_:)``, else until the limits that are used up are filled again, as OpenAI, Mistral, Anthropic and
    /// servers like theirs tell it.
    ///
    /// Anthropic tells times, which whoever knows the clock must have turned into durations.
    static func millisecondsOrLimits(_ headers: (String) -> String?) -> Int? {
        if let wait = milliseconds(headers) { return wait }
        var waits: [Int] = []
        for unit in ["requests", "tokens"] where headers("x-ratelimit-remaining-\(unit)").flatMap(number) == 0 {
            if let wait = headers("x-ratelimit-reset-\(unit)").flatMap(milliseconds(ofDuration:)) { waits.append(wait) }
        }
        for limit in ["requests", "tokens", "input-tokens", "output-tokens"]
        where headers("anthropic-ratelimit-\(limit)-remaining").flatMap(number) == 0 {
            let reset = headers("anthropic-ratelimit-\(limit)-reset")
            if let wait = reset.flatMap(milliseconds(ofDuration:)) { waits.append(wait) }
        }
        if let wait = headers("ratelimitbysize-reset").flatMap(number) { waits.append(whole(wait * 1000)) }
        return waits.max()
    }

    /// Milliseconds of a duration as Go and Google write it: `12ms`, `1s`, `6m0s`, `0.5s`.
    static func milliseconds(ofDuration text: String) -> Int? {
        var total = 0.0
        var rest = text[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            let unit = rest[digits.endIndex...].prefix { !$0.isNumber && $0 != "." }
            guard let value = number(String(digits)), let scale = scale(of: unit) else { return nil }
            total += value * scale
            rest = rest[unit.endIndex...]
        }
        return whole(total)
    }

    private static func scale(of unit: Substring) -> Double? {
        switch unit {
        case "h": 3_600_000
        case "m": 60000
        case "s", "": 1000
        case "ms": 1
        case "us", "µs": 0.001
        case "ns": 0.000001
        default: nil
        }
    }

    private static func number(_ text: String) -> Double? {
        // What is too large for a number is a long wait; what is no number is none.
        guard let value = Double(text), value >= 0 else { return nil }
        return value
    }

    /// Rounded up, so that nobody comes back too early.
    private static func whole(_ milliseconds: Double) -> Int {
        Int(exactly: min(milliseconds, longest).rounded(.up)) ?? 0
    }
}

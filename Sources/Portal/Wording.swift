import ConflictEngine
import StoragePorts

/// Says numbers and facts in words.
enum Wording {
    /// A whole number with thin spaces between groups of three digits.
    static func number(_ value: some BinaryInteger) -> String {
        let digits = Array(String(value))
        var result = ""
        for (index, digit) in digits.enumerated() {
            let left = digits.count - index
            if index > 0, left % 3 == 0, digits[index - 1] != "-" { result += "\u{202F}" }
            result.append(digit)
        }
        return result
    }

    /// `part` of `whole` as a percentage; a dash where there is no whole.
    static func share(_ part: UInt64, of whole: UInt64) -> String {
        guard whole > 0 else { return "–" }
        let percent = Double(part) / Double(whole) * 100
        if percent > 0 && percent < 0.01 { return "< 0.01 %" }
        return decimal(percent, percent < 10 ? 2 : 1) + " %"
    }

    /// A duration in seconds, with a unit that suits its size; a dash where there is none.
    static func duration(_ seconds: Double?) -> String {
        guard let seconds, seconds.isFinite else { return "–" }
        if seconds < 0.001 { return decimal(seconds * 1_000_000, 0) + " µs" }
        if seconds < 1 { return decimal(seconds * 1_000, seconds < 0.01 ? 1 : 0) + " ms" }
        return decimal(seconds, 1) + " s"
    }

    /// A long time in its two largest units.
    static func span(_ seconds: Double) -> String {
        let whole = Int64(min(max(seconds, 0), 1e12))
        let units: [(Int64, String)] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")]
        guard let first = units.firstIndex(where: { whole >= $0.0 }) else { return "0 s" }
        let (size, name) = units[first]
        let rest = whole % size
        guard first + 1 < units.count, rest / units[first + 1].0 > 0 else { return "\(whole / size) \(name)" }
        return "\(whole / size) \(name) \(rest / units[first + 1].0) \(units[first + 1].1)"
    }

    /// `value` with up to `places` places, without zeros at the end.
    static func decimal(_ value: Double, _ places: Int) -> String {
        guard value.isFinite, value.magnitude < 1e12 else { return "–" }
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = Int64((value.magnitude * scale).rounded())
        let whole = scaled / Int64(scale)
        var fraction = String(scaled % Int64(scale))
        fraction = String(repeating: "0", count: max(0, places - fraction.count)) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = value < 0 && scaled > 0 ? "-" : ""
        return sign + number(whole) + (places == 0 || fraction.isEmpty ? "" : "." + fraction)
    }

    /// What a kind means, without the full stop.
    static func meaning(of kind: String) -> String {
        ConflictKind(rawValue: kind)?.title ?? "A conflict of a kind that this version does not know"
    }

    /// What helps against a kind.
    static func cure(for kind: String) -> String {
        ConflictKind(rawValue: kind)?.defaultDetail ?? "Read the resource before you send anything again."
    }

    /// Who answered, with which status.
    static func answer(_ entry: ConflictEntry) -> String {
        guard let status = entry.status else { return "noted only" }
        return entry.origin == .gateway ? "\(status) by Parley" : "\(status) by the upstream"
    }

    /// What became of the request.
    static func outcome(_ resolution: ConflictEntry.Resolution) -> String {
        guard let wait = resolution.waitMilliseconds else { return resolution.outcome.rawValue }
        let word = resolution.outcome == .queued ? "for" : "after"
        return "\(resolution.outcome.rawValue) \(word) \(number(wait)) ms"
    }

    /// The class of the badge that shows an outcome.
    static func badge(_ outcome: ConflictEntry.Outcome) -> String {
        switch outcome {
        case .refused: "bad"
        case .passed: "warn"
        case .queued, .merged, .replayed: "good"
        }
    }
}

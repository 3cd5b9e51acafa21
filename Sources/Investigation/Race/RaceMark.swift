/// Marks that tell one write of a race from every other.
enum RaceMark {
    private static let prefix = "race-"

    /// The mark of attempt `number` in the race called `run`; no mark is part of another.
    static func text(run: String, number: Int) -> String {
        let digits = String(number)
        return prefix + run + "-" + String(repeating: "0", count: max(0, 7 - digits.utf8.count)) + digits
    }

    /// Whether `word` looks like a mark of some race.
    static func isMark(_ word: String) -> Bool { word.hasPrefix(prefix) }

    /// The name of a race: eight hexadecimal digits.
    static func run(from chance: UInt64) -> String {
        let digits = String(chance & 0xFFFF_FFFF, radix: 16)
        return String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
    }
}

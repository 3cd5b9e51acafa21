import Foundation
import Testing

/// How long the histories are: short in the ordinary run, and as `PARLEY_PROVE` says.
enum ProveScale {
    /// A part of all that is to be proved, with chance of its own.
    struct Portion: Sendable, CustomTestStringConvertible {
        /// Where chance begins.
        var seed: UInt64
        /// How many writes, calls or histories.
        var count: Int

        /// The seed and the count.
        var testDescription: String { "seed \(seed), \(count)" }
    }

    /// Whether the run is a long one.
    static var isLong: Bool { wanted != nil }

    /// What `PARLEY_PROVE` says: 1 for what is usual, or a greater number.
    private static var wanted: Int? {
        let wanted = Int(ProcessInfo.processInfo.environment["PARLEY_PROVE"] ?? "")
        return wanted.flatMap { $0 > 0 ? $0 : nil }
    }

    /// `ordinary` in the ordinary run, `long` with `PARLEY_PROVE=1`, and with a greater number that many.
    static func count(_ ordinary: Int, long: Int = 100_000) -> Int {
        wanted.map { $0 > 1 ? $0 : long } ?? ordinary
    }

    /// The same in parts of at most `size`, whose seeds follow `seed`.
    static func portions(_ ordinary: Int, seed: UInt64, size: Int = 25_000) -> [Portion] {
        let total = count(ordinary)
        return stride(from: 0, to: total, by: size).enumerated().map { number, done in
            Portion(seed: seed &+ UInt64(number), count: min(size, total - done))
        }
    }
}

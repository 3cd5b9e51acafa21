import Foundation

/// How long the histories are.
enum ProveScale {
    /// `ordinary` in the ordinary run, `long` with `PARLEY_PROVE=1`, and with a greater number that many.
    static func count(_ ordinary: Int, long: Int = 100_000) -> Int {
        switch Int(ProcessInfo.processInfo.environment["PARLEY_PROVE"] ?? "") {
        case 1?: long
        case let wanted? where wanted > 1: wanted
        default: ordinary
        }
    }
}

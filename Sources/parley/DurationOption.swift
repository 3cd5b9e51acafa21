import ArgumentParser
import Catalog

/// Durations on the command line.
enum DurationOption {
    /// Reads `250ms 2s 5m 24h 7d`.
    static func read(_ text: String, _ option: String) throws -> Duration {
        do throws(TextFault) {
            return try Duration(parsing: text)
        } catch {
            let remedy = error.remedy.map { "; \($0)" } ?? ""
            throw ValidationError("\(option): '\(text)' \(error.message)\(remedy).")
        }
    }
}

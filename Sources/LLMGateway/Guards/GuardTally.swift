import Catalog
import ContentGuarding

/// How often a guard found something in one call.
package struct GuardTally: Sendable, Equatable {
    /// The guard's name.
    package let rule: String
    /// What was done: `mask`, `refuse` or `log`.
    package let mode: String
    /// Where: `requests` or `answers`.
    package let direction: String
    /// How often.
    package var count: Int

    /// The sums of what was found in the texts of one direction.
    static func sums(of found: [ContentFinding], on direction: ContentGuard.Direction) -> [GuardTally] {
        var sums: [GuardTally] = []
        for finding in found {
            let mode = finding.mode.rawValue
            if let index = sums.firstIndex(where: { $0.rule == finding.rule && $0.mode == mode }) {
                sums[index].count += 1
            } else {
                sums.append(GuardTally(rule: finding.rule, mode: mode, direction: direction.rawValue, count: 1))
            }
        }
        return sums
    }
}

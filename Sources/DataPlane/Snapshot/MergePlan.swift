import Catalog
import ConflictEngine

/// The key `merge` of one route's policy `conflict`, compiled.
final class MergePlan: Sendable {
    /// What the documents' parts are.
    let rules: MergeRules
    /// Times a merge is tried.
    let attempts: Int

    /// Compiles the policy.
    init(_ policy: MergePolicy) {
        rules = MergeRules(policy)
        attempts = policy.attempts
    }
}

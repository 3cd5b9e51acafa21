import Catalog
import HTTPSemantics

extension ConflictPolicy {
    /// Whether a request takes a turn at level `serialise`: PUT, PATCH, DELETE and unknown unsafe methods do; POST only
    /// where a resource is named (contract §4), or where it names a version itself, which only a turn can judge.
    func givesTurn(to method: MethodKind, namingVersion: Bool) -> Bool {
        !method.isSafe && (method != .post || resource != nil || namingVersion)
    }

    /// Whether a condition is demanded that the request does not have (contract §2, `require-condition`).
    func lacksCondition(_ method: MethodKind, _ conditions: Preconditions) -> Bool {
        guard method == .put || method == .patch || method == .delete else { return false }
        if case .any? = conditions.ifNoneMatch { return false }
        switch requireCondition {
        case .none: return false
        case .strong: return conditions.ifMatch?.hasStrongTag != true
        case .any:
            if case .any? = conditions.ifMatch { return false }
            return conditions.ifMatch?.hasStrongTag != true
        }
    }
}

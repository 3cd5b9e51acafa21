import Catalog
import HTTPSemantics

extension ConflictPolicy {
    /// Whether a method takes a turn at level `serialise`: PUT, PATCH, DELETE and unknown unsafe methods do; POST only
    /// where a resource is named (contract §4).
    func givesTurns(to method: MethodKind) -> Bool {
        !method.isSafe && (method != .post || resource != nil)
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

/// Rules for operations that change what is there.
enum WriteRules {
    private static let policy =
        "or serve it through Parley with `conflict: { level: serialise, require-condition: true }`"

    /// What is wrong with `operation`.
    static func check(_ operation: SpecOperation) -> [LintFinding] {
        guard ["PUT", "PATCH", "DELETE"].contains(operation.method) else { return [] }
        let refuses = operation.answers("412", "428")
        switch (operation.takesCondition, refuses) {
        case (true, true): return []
        case (false, false): return [unconditional(operation)]
        case (false, true):
            return [
                LintFinding(
                    .conditionUndocumented,
                    in: operation,
                    message:
                        "refuses with 412 or 428, but has no parameter If-Match, so clients cannot know what to send",
                    remedy: "add the header parameter If-Match"
                )
            ]
        case (true, false):
            return [
                LintFinding(
                    .refusalUndocumented,
                    in: operation,
                    message: "takes a condition, but does not say what happens when it fails",
                    remedy: "document the responses 412 and 428"
                )
            ]
        }
    }

    private static func unconditional(_ operation: SpecOperation) -> LintFinding {
        let remedy = "add the header parameter If-Match and the responses 412 and 428, \(policy)"
        let isMergePatch = operation.mediaTypes.contains { $0.hasPrefix("application/merge-patch+json") }
        if isMergePatch {
            let message = "a merge patch without If-Match: a list or value read before may replace a newer one"
            return LintFinding(.mergePatchWithoutCondition, in: operation, message: message, remedy: remedy).asError
        }
        if operation.method == "DELETE" {
            let message = "nothing names a version, so it can delete what the client has never seen"
            return LintFinding(.writeWithoutCondition, in: operation, message: message, remedy: remedy)
        }
        let message = "nothing names a version, so it can overwrite somebody else's update"
        return LintFinding(.writeWithoutCondition, in: operation, message: message, remedy: remedy).asError
    }
}

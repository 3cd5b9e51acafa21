/// Something in an API description that lets clients lose updates or do things twice.
package struct LintFinding: Sendable, Equatable {
    /// How bad it is.
    package enum Severity: String, Sendable {
        /// Updates can be lost, or the text is no API description.
        case error
        /// Something is missing that clients need to do it right.
        case warning
    }

    /// The rules that are checked.
    package enum Rule: String, Sendable, CaseIterable {
        /// The text cannot be read.
        case unreadable
        /// A write names no version and is never refused for it.
        case writeWithoutCondition = "write-without-condition"
        /// A merge patch names no version.
        case mergePatchWithoutCondition = "merge-patch-without-condition"
        /// A write may be refused with 412 or 428, and there is no parameter for the condition.
        case conditionUndocumented = "condition-undocumented"
        /// A write takes a condition, and what happens when it fails is not said.
        case refusalUndocumented = "refusal-undocumented"
        /// A read of something that can be written gives no ETag.
        case readWithoutETag = "read-without-etag"
        /// The example of an ETag is weak, so If-Match never matches it.
        case weakETag = "weak-etag"
        /// A creation cannot be sent again safely.
        case createWithoutIdempotencyKey = "create-without-idempotency-key"
        /// A 409 does not say which sort of conflict it is.
        case unexplainedConflict = "unexplained-conflict"
    }

    /// The rule.
    package let rule: Rule
    /// How bad it is.
    package let severity: Severity
    /// The line, from 1.
    package let line: Int
    /// The column, from 1.
    package let column: Int
    /// The operation, such as `PUT /items/{id}`; `nil` where it is about the whole text.
    package let operation: String?
    /// What is wrong.
    package let message: String
    /// What to do about it.
    package let remedy: String

    /// One line as compilers print it: `FILE:LINE:COLUMN: warning: …`.
    package func rendered(_ file: String) -> String {
        let place = "\(file):\(line):\(column): \(severity.rawValue): "
        let subject = operation.map { PlainText.line($0) + ": " } ?? ""
        return place + subject + message + (remedy.isEmpty ? "" : "; " + remedy) + " [\(rule.rawValue)]"
    }
}

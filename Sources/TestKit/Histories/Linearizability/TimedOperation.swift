/// An operation of a concurrent history: what was asked when, and what came back when.
package struct TimedOperation<Model: SequentialModel>: Sendable {
    /// What was asked for.
    package var operation: Model.Operation
    /// What came back; `nil` if nobody knows, and the operation may have taken effect or not.
    package var answer: Model.Answer?
    /// When it began, in nanoseconds.
    package var invoked: UInt64
    /// When it ended; without an answer, the last instant at which it may still take effect.
    package var completed: UInt64

    /// An operation that was answered.
    package init(
        _ operation: Model.Operation,
        answering answer: Model.Answer,
        invoked: UInt64,
        completed: UInt64
    ) {
        (self.operation, self.answer) = (operation, answer)
        (self.invoked, self.completed) = (invoked, max(invoked, completed))
    }

    /// An operation whose answer nobody knows: it takes effect between `invoked` and `until`, or never.
    package init(unanswered operation: Model.Operation, invoked: UInt64, until: UInt64 = .max) {
        (self.operation, answer) = (operation, nil)
        (self.invoked, completed) = (invoked, max(invoked, until))
    }
}

extension TimedOperation: CustomStringConvertible {
    /// One line for a person who looks for the fault.
    package var description: String {
        let end = completed == .max ? "…" : "\(completed)"
        return "[\(invoked), \(end)] \(operation) → \(answer.map { "\($0)" } ?? "nobody knows")"
    }
}

/// What happened to one JSON object whose stale writes are merged: what clients did, and what the upstream applied.
package struct MergeHistory: Sendable {
    /// One request and what its sender learnt.
    package struct Step: Sendable {
        /// What was asked for.
        package var request: MergeModel.Operation
        /// The nonce of a write in the upstream's log; `nil` for reads.
        package var nonce: String?
        /// What came back; `nil` if nobody knows whether it took effect.
        package var answer: MergeModel.Answer?
        /// When it began, in nanoseconds of the clock that the upstream's log uses too.
        package var invoked: UInt64
        /// When it ended.
        package var completed: UInt64

        /// A step.
        package init(
            _ request: MergeModel.Operation,
            nonce: String?,
            answer: MergeModel.Answer?,
            invoked: UInt64,
            completed: UInt64
        ) {
            (self.request, self.nonce, self.answer) = (request, nonce, answer)
            (self.invoked, self.completed) = (invoked, completed)
        }
    }

    /// The rules, and what was there at first.
    package var model: MergeModel
    /// The clients' requests, in any order.
    package var steps: [Step]
    /// The upstream's log, in its order.
    package var applied: [AppliedWrite]
    /// What the upstream has in the end.
    package var final: MergeModel.State

    /// A history.
    package init(model: MergeModel, steps: [Step], applied: [AppliedWrite], final: MergeModel.State) {
        (self.model, self.steps, self.applied, self.final) = (model, steps, applied, final)
    }

    /// The requests as a search sees them, followed by a look at what the upstream has in the end.
    ///
    /// A write whose fate nobody was told took effect if the upstream's log says so.
    package var operations: [TimedOperation<MergeModel>] {
        let lines = Dictionary(applied.map { ($0.nonce, $0.at) }, uniquingKeysWith: { first, _ in first })
        let end = (steps.map(\.completed) + applied.map(\.at)).max() ?? 0
        let look = TimedOperation<MergeModel>(.read, answering: .saw(final), invoked: end, completed: end)
        return steps.compactMap { Self.operation($0, at: $0.nonce.flatMap { lines[$0] }) } + [look]
    }

    private static func operation(_ step: Step, at line: UInt64?) -> TimedOperation<MergeModel>? {
        if let answer = step.answer {
            return TimedOperation(step.request, answering: answer, invoked: step.invoked, completed: step.completed)
        }
        guard let line else { return nil }
        return TimedOperation(step.request, answering: .done(nil), invoked: line, completed: line)
    }
}

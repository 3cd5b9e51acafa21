/// What happened to one resource that can be locked: what clients did, and which writes the upstream applied.
package struct LockHistory: Sendable {
    /// One request and what its sender learnt.
    package struct Step: Sendable {
        /// What was asked for.
        package var request: LockModel.Operation
        /// The nonce of a write in the upstream's log; `nil` for all else.
        package var nonce: String?
        /// What came back; `nil` if nobody knows whether it took effect.
        package var answer: LockModel.Answer?
        /// When it began, in nanoseconds of the clock that the upstream's log uses too.
        package var invoked: UInt64
        /// When it ended.
        package var completed: UInt64

        /// A step.
        package init(
            _ request: LockModel.Operation,
            nonce: String? = nil,
            answer: LockModel.Answer?,
            invoked: UInt64,
            completed: UInt64
        ) {
            (self.request, self.nonce, self.answer) = (request, nonce, answer)
            (self.invoked, self.completed) = (invoked, completed)
        }
    }

    /// The clients' requests, in any order.
    package var steps: [Step]
    /// The upstream's log, in its order.
    package var applied: [AppliedWrite]

    /// A history.
    package init(steps: [Step], applied: [AppliedWrite]) {
        (self.steps, self.applied) = (steps, applied)
    }

    /// When the upstream applied a step, if it did.
    func application(of step: Step) -> UInt64? {
        step.nonce.flatMap { nonce in applied.first { $0.nonce == nonce }?.at }
    }

    /// The requests as a search sees them; `slack` (ns) is how much the clock that ends locks may differ.
    ///
    /// A write without a token must have been applied while there was no lock, and not only have been let through then.
    package func operations(slack: UInt64) -> [TimedOperation<LockModel>] {
        steps.compactMap { step in
            let line = application(of: step)
            guard let answer = step.answer ?? line.map({ _ in .done(until: nil) }) else {
                if case .write = step.request { return nil }
                return TimedOperation(unanswered: step.request, invoked: step.invoked)
            }
            var (begin, end) = (step.invoked, step.completed)
            if let line, case .write(let token) = step.request {
                (begin, end) = (token == nil ? line : begin, max(begin, line))
            }
            return TimedOperation(
                step.request,
                answering: answer,
                invoked: begin >= slack ? begin - slack : 0,
                completed: end.addingReportingOverflow(slack).partialValue
            )
        }
    }
}

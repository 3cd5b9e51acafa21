/// A promise about idempotency keys that a history breaks, with the fewest calls and executions that show it.
package struct ExactlyOnceViolation: Sendable, Equatable {
    /// The promise.
    package enum Rule: String, Sendable, Equatable, CaseIterable {
        /// At most one execution of a key takes effect.
        case appliedOnce = "a key takes effect at most once"
        /// Nothing is executed beside or after an execution that has, or may have, an effect.
        case doubtForbidsRepetition = "nothing is executed again that has, or may have, an effect"
        /// The upstream saw only what clients sent, and not before.
        case everyExecutionIsKnown = "the upstream executed only what clients sent"
        /// Who was turned away did not have an effect.
        case refusedIsNotApplied = "what was turned away has no effect"
        /// All final answers under a key are the same bytes.
        case repliesAreIdentical = "all final answers under a key are identical"
        /// At most one final answer under a key is not marked as a replay.
        case replaysAreMarked = "a replay is marked as one"
        /// An answer speaks of an effect of the caller's own key.
        case repliesDoNotCross = "an answer belongs to the caller and the key it is given to"
        /// A success has taken effect.
        case successWasApplied = "a success has taken effect"
        /// What an answer says about a request that failed is true.
        case claimIsTrue = "what is said about a failed request is true"
        /// A key is called reused only where another request came with it.
        case reuseIsReal = "a key is called reused only after another request under it"
        /// Under one key no second request succeeds.
        case oneRequestPerKey = "a key stands for one request"
        /// A duplicate is called in flight only while another is.
        case flightIsReal = "a duplicate is in flight only beside another call"
        /// An outcome is called unknown only if an answer was lost.
        case doubtIsReal = "an outcome is unknown only after an answer was lost"
    }

    /// The promise that is broken.
    package let rule: Rule
    /// What happened, in one sentence that names the operations.
    package let message: String
    /// The calls that show it.
    package let calls: [KeyedCall]
    /// The executions that show it.
    package let executions: [UpstreamExecution]

    /// A broken promise.
    package init(
        _ rule: Rule,
        _ message: String,
        calls: [KeyedCall] = [],
        executions: [UpstreamExecution] = []
    ) {
        (self.rule, self.message) = (rule, message)
        (self.calls, self.executions) = (calls, executions)
    }
}

extension ExactlyOnceViolation: CustomStringConvertible {
    /// The promise, what happened, and one line for each operation.
    package var description: String {
        let lines = calls.map { "  \($0)" } + executions.map { "  \($0)" }
        return (["\(rule.rawValue): \(message)"] + lines).joined(separator: "\n")
    }
}

/// A promise that a history breaks, with the fewest operations that show it.
package struct Violation: Sendable, Equatable {
    /// The promise.
    package enum Rule: String, Sendable, Equatable, CaseIterable {
        /// A success is applied at the upstream.
        case successWasApplied = "a success is applied"
        /// No write is applied twice.
        case appliedOnce = "no write is applied twice"
        /// What was refused, or is said not to be applied, is not.
        case refusedIsNotApplied = "what was refused is not applied"
        /// What is said to be applied is.
        case claimIsTrue = "what is said to be applied is"
        /// A write is applied after it began, and a success before it ended.
        case appliedInTime = "a write is applied while it runs"
        /// The upstream applied only what clients sent.
        case everyWriteIsKnown = "the upstream applied only what clients sent"
        /// A version is consumed by at most one conditional write that succeeds.
        case versionConsumedOnce = "a version is consumed by at most one successful conditional write"
        /// A conditional write replaces exactly the version it names.
        case noLostUpdate = "a conditional write replaces exactly the version it names"
        /// A tag names one state, and a state has one tag.
        case oneTagPerState = "a tag names one state, and a state has one tag"
        /// What ended before another began comes before it.
        case realTimeOrder = "a write that ended before another began comes first"
        /// A read sees what was complete when it began, or something later.
        case noStaleRead = "a read sees every write that was complete when it began"
        /// A read sees only what was written, and not before it was.
        case readIsOfAWrite = "a read sees only what is written"
        /// A 412 or 404 is true at some instant between question and answer.
        case refusalIsJustified = "a refusal is true at some instant while it is made"
        /// The tag that a 412 calls current was so at some instant between question and answer.
        case refusalNamesCurrent = "the tag that a refusal calls current was so while it was made"
    }

    /// The promise that is broken.
    package let rule: Rule
    /// What happened, in one sentence.
    package let message: String
    /// The operations that show it.
    package let witness: [ClientOperation]

    /// A broken promise.
    package init(_ rule: Rule, _ message: String, witness: [ClientOperation]) {
        self.rule = rule
        self.message = message
        self.witness = witness
    }
}

extension Violation: CustomStringConvertible {
    /// The promise, what happened, and one line for each operation.
    package var description: String {
        (["\(rule.rawValue): \(message)"] + witness.map { "  \($0)" }).joined(separator: "\n")
    }
}

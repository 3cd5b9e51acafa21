/// What a checker found in a history.
package struct CheckReport: Sendable, Equatable {
    /// A write that the upstream applied after the gateway had stopped waiting for it and the quarantine was over.
    package struct LateApplication: Sendable, Equatable {
        /// The write.
        package let operation: ClientOperation
        /// When it was applied, in nanoseconds.
        package let at: UInt64
    }

    /// Broken promises.
    package var violations: [Violation] = []
    /// Applications that came too late for the guarantee.
    package var lateApplications: [LateApplication] = []
    /// Broken promises that follow from a late application, and are outside the guarantee.
    package var outsideTheGuarantee: [Violation] = []

    /// A report of nothing.
    package init() {}
}

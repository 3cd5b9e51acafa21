/// Checks that a history keeps what level `serialise` promises.
///
/// The upstream's log is the truth about order; clients' words are checked against it and against each other. Every write
/// carries a nonce, since a tag that is a hash comes back with its bytes.
package struct VersionChainChecker {
    private let history: OperationHistory
    private let settle: UInt64
    private let patience: UInt64

    /// A checker of one history; times are in nanoseconds.
    ///
    /// `settle` is how long after an uncertain answer an application is still covered. `patience` is the same for an
    /// operation whose sender left, counted from its beginning: the longest that the gateway may have waited for turn
    /// and upstream, and `settle`.
    package init(_ history: OperationHistory, settle: UInt64, patience: UInt64) {
        self.history = history
        self.settle = settle
        self.patience = patience
    }

    /// Everything that is wrong with the history.
    package func check() -> CheckReport {
        let timeline = Timeline(initial: history.initial, applied: history.applied)
        var names = StateNames()
        var report = CheckReport()
        var found = names.learn(from: history.operations)
        let late = lateWrites(timeline)
        report.lateApplications = late.values.sorted { $0.at < $1.at }

        found += ApplicationCheck(history: history, timeline: timeline, late: Set(late.keys)).violations()
        found += ChainCheck(history: history, timeline: timeline, names: names).violations()
        found += OrderCheck(operations: history.operations, timeline: timeline).violations()
        found += RefusalCheck(operations: history.operations, timeline: timeline, names: names).violations()
        for violation in found {
            if violation.follows(from: report.lateApplications) {
                report.outsideTheGuarantee.append(violation)
            } else {
                report.violations.append(violation)
            }
        }
        return report
    }

    /// Writes whose sender was left in doubt and that were applied later than anyone waited, by nonce.
    private func lateWrites(_ timeline: Timeline) -> [String: CheckReport.LateApplication] {
        var late: [String: CheckReport.LateApplication] = [:]
        for operation in history.operations {
            guard let nonce = operation.nonce, let position = timeline.position(of: nonce) else { continue }
            let at = timeline.states[position].from
            guard let deadline = deadline(of: operation), at > deadline else { continue }
            late[nonce] = CheckReport.LateApplication(operation: operation, at: at)
        }
        return late
    }

    /// When an application is late; `nil` where the sender was not left in doubt.
    private func deadline(of operation: ClientOperation) -> UInt64? {
        switch operation.outcome {
        case .uncertain(.unknown), .uncertain(.notApplied): operation.completed &+ settle
        case .abandoned: operation.invoked &+ patience
        default: nil
        }
    }
}

extension Violation {
    /// Whether a late application is part of what happened, or fell into it.
    fileprivate func follows(from late: [CheckReport.LateApplication]) -> Bool {
        late.contains { application in
            witness.contains { operation in
                operation == application.operation
                    || operation.invoked <= application.at && application.at <= operation.completed
            }
        }
    }
}

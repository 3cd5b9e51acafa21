import TestKit
import Testing

/// Many short histories of one resource each, judged by two checkers that know nothing of each other.
struct SmallHistories {
    /// What goes wrong, clients, and how long an application is excepted; seeds and resources are this type's own.
    let plan: HistoryPlan
    /// How many histories.
    let count: Int
    /// Histories that are played at the same time.
    private static let crowd = 8

    /// Plays the histories, from the plan's seed on, and holds each to both checkers.
    func prove(through gateway: GatewayUnderTest, onto upstream: FaultyUpstream) async throws -> Int {
        var histories: [OperationHistory] = []
        var played: [(HistoryRun, [Int: [ClientOperation]])] = []
        for first in stride(from: 0, to: count, by: Self.crowd) {
            played += try await withThrowingTaskGroup(of: (HistoryRun, [Int: [ClientOperation]]).self) { group in
                for number in first..<min(first + Self.crowd, count) {
                    let run = HistoryRun(small(number), through: gateway, onto: upstream)
                    group.addTask { (run, try await run.play()) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        // What was in flight in the end may still be applied; here time itself is what is watched.
        try await Task.sleep(for: .milliseconds(plan.straggling))
        for (run, operations) in played { histories += run.histories(operations) }
        for history in histories { judge(history) }
        return histories.reduce(0) { $0 + $1.applied.count }
    }

    private func small(_ number: Int) -> HistoryPlan {
        var small = plan
        (small.seed, small.resources) = (plan.seed &* 1_000_000 &+ UInt64(number), 1)
        return small
    }

    private func judge(_ history: OperationHistory) {
        let (settle, patience) = (plan.settle * 1_000_000, plan.patience * 1_000_000)
        let report = VersionChainChecker(history, settle: settle, patience: patience).check()
        #expect(report.violations.map(\.description) == [])
        #expect(report.lateApplications.isEmpty)
        for evidence in RegisterHistory.Evidence.allCases {
            let register = RegisterHistory(history, evidence: evidence)
            let verdict = LinearizabilitySearch(register.model, register.operations).run()
            #expect(verdict.isLinearizable, "\(evidence): \(verdict)")
        }
    }
}

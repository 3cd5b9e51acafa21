import Synchronization
import TestKit

/// Runs a random history through a gateway onto a real upstream, and lets the checker judge it.
struct HistoryRun: Sendable {
    /// What came of a run, over all its resources.
    struct Findings: Sendable {
        /// What the checker found.
        var report = CheckReport()
        /// How many writes there were, by what came of them.
        var outcomes: [String: Int] = [:]
        /// How many writes the upstream applied.
        var applied = 0

        /// One line for the log of a long run.
        var summary: String {
            let counts = outcomes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            return "\(counts); applied \(applied), late \(report.lateApplications.count), "
                + "outside the guarantee \(report.outsideTheGuarantee.count), violations \(report.violations.count)"
        }
    }

    private let plan: HistoryPlan
    private let gateway: GatewayUnderTest
    private let upstream: FaultyUpstream

    /// A run that has not begun.
    init(_ plan: HistoryPlan, through gateway: GatewayUnderTest, onto upstream: FaultyUpstream) {
        (self.plan, self.gateway, self.upstream) = (plan, gateway, upstream)
    }

    /// Runs the history to its end.
    func run() async throws -> Findings {
        let operations = try await play()
        try await waitForStragglers(operations)
        return judge(operations)
    }

    /// Lets the clients work until all writes are made; what they left in flight may still be applied afterwards.
    func play() async throws -> [Int: [ClientOperation]] {
        for resource in 0..<plan.resources {
            upstream.replace(plan.path(of: resource), with: Array(#"{"nonce":"\#(initial(resource))"}"#.utf8))
        }
        let progress = Progress(writes: plan.writes, reloads: plan.reloads)
        return try await withThrowingTaskGroup(of: [Int: [ClientOperation]].self) { group in
            for number in 0..<plan.clients {
                group.addTask { try await work(number, progress) }
            }
            return try await group.reduce(into: [:]) { $0.merge($1) { $0 + $1 } }
        }
    }

    /// The histories of the resources, as far as the upstream's log has come.
    func histories(_ operations: [Int: [ClientOperation]]) -> [OperationHistory] {
        (0..<plan.resources).map { resource in
            OperationHistory(
                initial: initial(resource),
                operations: operations[resource] ?? [],
                applied: upstream.appliedWrites(at: plan.path(of: resource))
            )
        }
    }

    private func initial(_ resource: Int) -> String { "n\(plan.seed)-initial-\(resource)" }

    private func work(_ number: Int, _ progress: Progress) async throws -> [Int: [ClientOperation]] {
        var client = HistoryClient(number, of: plan, to: gateway)
        while !progress.isOver {
            let before = client.writes
            await client.step()
            for _ in before..<client.writes where progress.countWrite() { try await gateway.reload() }
        }
        return client.operations
    }

    /// What was in flight when the last client stopped may still be applied, and belongs to the history.
    private func waitForStragglers(_ operations: [Int: [ClientOperation]]) async throws {
        let isInDoubt = operations.values.joined().contains { operation in
            switch operation.outcome {
            case .abandoned, .uncertain(.unknown), .uncertain(.notApplied): true
            default: false
            }
        }
        guard isInDoubt else { return }
        // Nothing tells when an upstream is done with what nobody waits for; here time itself is what is watched.
        try await Task.sleep(for: .milliseconds(min(plan.patience / 2, plan.straggling)))
    }

    private func judge(_ operations: [Int: [ClientOperation]]) -> Findings {
        var findings = Findings()
        for history in histories(operations) {
            let checker = VersionChainChecker(
                history,
                settle: plan.settle * 1_000_000,
                patience: plan.patience * 1_000_000
            )
            findings.add(checker.check(), of: history)
        }
        return findings
    }
}

extension HistoryRun {
    /// How far all clients together have come.
    private final class Progress: Sendable {
        private let done = Atomic<Int>(0)
        private let writes: Int
        private let interval: Int

        init(writes: Int, reloads: Int) {
            self.writes = writes
            interval = reloads > 0 ? max(writes / (reloads + 1), 1) : .max
        }

        var isOver: Bool { done.load(ordering: .relaxed) >= writes }

        /// Counts a write; whether it is time to load the configuration again.
        func countWrite() -> Bool {
            let count = done.wrappingAdd(1, ordering: .relaxed).newValue
            return count < writes && count % interval == 0
        }
    }
}

extension HistoryRun.Findings {
    /// Takes in what was found in the history of one resource.
    fileprivate mutating func add(_ other: CheckReport, of history: OperationHistory) {
        report.violations += other.violations
        report.lateApplications += other.lateApplications
        report.outsideTheGuarantee += other.outsideTheGuarantee
        applied += history.applied.count
        for operation in history.operations where operation.nonce != nil {
            outcomes[operation.outcome.name, default: 0] += 1
        }
    }
}

extension ClientOperation.Outcome {
    /// What came back, in a word.
    fileprivate var name: String {
        switch self {
        case .saw: "saw"
        case .missing: "missing"
        case .done: "done"
        case .refused: "refused"
        case .turnedAway(let status): "turned away \(status)"
        case .uncertain(let claim): "uncertain \(claim.rawValue)"
        case .abandoned: "abandoned"
        case .notSent: "not sent"
        }
    }
}

import Catalog
import TestKit
import Testing

extension ProveResolutionsTests {
    private static let dialect = "dialect: { version: /v, send: header X-Expected-Version }"

    @Test(arguments: ProveScale.portions(2_000, seed: 10_100))
    func `translate: no update is lost, and nothing is excepted`(portion: ProveScale.Portion) async throws {
        let seed = portion.seed
        var faults = FaultChoice(seed: seed, reads: 0.01, writes: 0.1, faults: Self.drops + Self.lates)
        faults.certainWrites = [5, 50, 500]
        let upstream = try await FaultyUpstream.start(checking: .versions, faults: faults, keepsRequests: false)
        let routes =
            "items: { path: \"/items/{id}\", policies: { conflict: { level: translate, \(Self.dialect) } } }"
        let gateway = try await ProvenGateway.start(before: upstream, routes: routes)
        var plan = HistoryPlan(seed: seed, clients: 32, resources: 8, writes: portion.count)
        (plan.disconnects, plan.reloads, plan.upstreamCompares) = (0.05, 5, true)
        let findings = try await Self.proveRegister(plan.exceptingNothing, through: gateway, onto: upstream)
        Attachment.record(findings.summary, named: "translate \(seed).txt")
        await gateway.stop()
        try await upstream.stop()
    }

    @Test(arguments: ProveScale.portions(1_500, seed: 20_100))
    func `fenced: no update is lost, and nothing is excepted`(portion: ProveScale.Portion) async throws {
        let seed = portion.seed
        var faults = FaultChoice(seed: seed, reads: 0.005, writes: 0.04, faults: Self.drops + Self.lates)
        faults.certainWrites = [5, 50, 500]
        let upstream = try await FaultyUpstream.start(checking: .fences, faults: faults, keepsRequests: false)
        let gateway = try await ProvenGateway.start(before: upstream, level: .fenced)
        var plan = HistoryPlan(seed: seed, clients: 32, resources: 16, writes: portion.count)
        (plan.disconnects, plan.reloads) = (0.05, 5)
        let findings = try await Self.proveRegister(plan.exceptingNothing, through: gateway, onto: upstream)
        let summary = "\(findings.summary), refused at the upstream \(upstream.lateRefusals)"
        Attachment.record(summary, named: "fenced \(seed).txt")
        #expect(upstream.lateRefusals > 0, "no application came late, so nothing was proved")
        await gateway.stop()
        try await upstream.stop()
    }

    /// The same histories without the upstream's help: what `fenced` and `translate` add is seen to be missing.
    ///
    /// Whether a late application meets another write is a matter of chance, so several histories may be needed.
    @Test func `without fences the same harness finds what is applied too late`() async throws {
        var isFound = false
        for seed in UInt64(203)..<223 where !isFound { isFound = try await Self.losesWithoutFences(seed: seed) }
        #expect(isFound)
    }

    private static func losesWithoutFences(seed: UInt64) async throws -> Bool {
        var faults = FaultChoice(seed: seed, writes: 0.05, faults: [.stall(1_500)])
        faults.certainWrites = [3, 9, 27]
        let upstream = try await FaultyUpstream.start(faults: faults, keepsRequests: false)
        let gateway = try await ProvenGateway.start(before: upstream, level: .fenced)
        let plan = HistoryPlan(seed: seed, clients: 24, resources: 4, writes: 1_000).exceptingNothing
        let findings = try await HistoryRun(plan, through: gateway.underTest, onto: upstream).run()
        await gateway.stop()
        try await upstream.stop()
        return findings.report.violations.contains { $0.rule == .noLostUpdate }
    }
}

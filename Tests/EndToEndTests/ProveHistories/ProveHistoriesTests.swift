import Catalog
import TestKit
import Testing

/// Random concurrent histories with faults, through a real gateway with several loops, judged by the checker.
///
/// 10,000 contended writes in all; 100,000 with `PARLEY_PROVE=1`, and a greater number makes that many. A failure prints
/// the seed's witnesses.
@Suite(.serialized, .timeLimit(.minutes(30)))
struct ProveHistoriesTests {
    /// What goes wrong during a history.
    struct Trouble: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var faults: [ScriptedFault] = []
        var reads = 0.0
        var writes = 0.0
        var certainWrites: Set<Int> = []
        var disconnects = 0.0
        var reloads = 0
        /// The part of all writes that is made under this trouble.
        var share: Int
    }

    private static let troubles: [Trouble] = [
        Trouble(testDescription: "nothing", share: 40),
        Trouble(testDescription: "reloads and clients that leave", disconnects: 0.1, reloads: 20, share: 20),
        Trouble(
            testDescription: "an upstream that drops connections before and after applying",
            faults: [.dropBefore, .dropAfter, .resetBefore, .resetAfter, .cutAnswer, .serverError, .slowAnswer(5)],
            reads: 0.05,
            writes: 0.15,
            share: 25
        ),
        Trouble(
            testDescription: "an upstream that stalls, and everything else at once",
            faults: [.stall(600), .slowAnswer(600), .dropAfter, .resetBefore, .slowAnswer(20)],
            reads: 0.01,
            writes: 0.04,
            disconnects: 0.05,
            reloads: 10,
            share: 15
        ),
    ]

    private static let writes = ProveScale.count(10_000)
    /// The longest history that is checked as a whole.
    private static let longest = 40_000

    private func run(
        _ trouble: Trouble,
        seed: UInt64,
        writes: Int,
        level: ConflictPolicy.Level = .serialise
    ) async throws -> (HistoryRun.Findings, JournalCounts) {
        var faults = FaultChoice(seed: seed, reads: trouble.reads, writes: trouble.writes, faults: trouble.faults)
        faults.certainWrites = trouble.certainWrites
        let upstream = try await FaultyUpstream.start(faults: faults, keepsRequests: false)
        let gateway = try await ProvenGateway.start(before: upstream, level: level)
        var plan = HistoryPlan(seed: seed, clients: 24, resources: 6, writes: writes)
        (plan.disconnects, plan.reloads) = (trouble.disconnects, trouble.reloads)
        (plan.settle, plan.patience) = (400, 6_500)
        let findings = try await HistoryRun(plan, through: gateway.underTest, onto: upstream).run()
        await gateway.stop()
        try await upstream.stop()
        return (findings, gateway.journal)
    }

    @Test(arguments: troubles)
    func `no update is lost, whatever goes wrong`(trouble: Trouble) async throws {
        let total = Self.writes * trouble.share / 100
        for (part, done) in stride(from: 0, to: total, by: Self.longest).enumerated() {
            let writes = min(Self.longest, total - done)
            try await losesNothing(trouble, seed: UInt64(trouble.share + 100 * part), writes: writes)
        }
    }

    private func losesNothing(_ trouble: Trouble, seed: UInt64, writes: Int) async throws {
        let (findings, journal) = try await run(trouble, seed: seed, writes: writes)
        Attachment.record(findings.summary, named: "\(trouble.testDescription) \(seed).txt")
        #expect(findings.report.violations.map(\.description) == [])
        #expect(findings.report.lateApplications.isEmpty)
        #expect(findings.outcomes["done", default: 0] > writes / 20)
        #expect(findings.outcomes["refused", default: 0] > writes / 20)
        #expect(journal["out-of-band-write"] == 0)
    }

    @Test func `at level observe the same harness finds lost updates`() async throws {
        let (findings, _) = try await run(Self.troubles[0], seed: 8, writes: 500, level: .observe)
        #expect(findings.report.violations.contains { $0.rule == .noLostUpdate })
        #expect(findings.report.violations.contains { $0.rule == .versionConsumedOnce })
    }

    @Test func `what the upstream applies after settle is seen as late, and breaks nothing else`() async throws {
        let late = Trouble(
            testDescription: "late",
            faults: [.stall(1_500)],
            writes: 0.03,
            certainWrites: [3, 9, 27],
            share: 0
        )
        let (findings, _) = try await run(late, seed: 7, writes: min(Self.writes, 100_000) / 20)
        #expect(!findings.report.lateApplications.isEmpty)
        #expect(findings.report.violations.map(\.description) == [])
    }
}

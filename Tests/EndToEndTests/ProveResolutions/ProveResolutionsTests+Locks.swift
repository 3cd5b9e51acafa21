import TestKit
import Testing

extension ProveResolutionsTests {
    /// A resource that several clients lock, at the same time.
    private struct LockRun: Sendable {
        let seed: UInt64
        let scene: LockClient.Scene
        private static let clients = 4
        private static let steps = 8

        func play(_ gateway: GatewayUnderTest) async -> [LockHistory.Step] {
            await withTaskGroup(of: [LockHistory.Step].self) { group in
                for number in 0..<Self.clients {
                    group.addTask {
                        let chance = SeededGenerator(seed: seed).fork(UInt64(number))
                        var client = LockClient("u\(seed)-\(number)", in: scene, to: gateway, chance: chance)
                        for _ in 0..<Self.steps { await client.step() }
                        return client.steps
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
        }
    }

    private static let lockRoute = RunningGateway.items(
        settle: "400ms",
        "wait: 5s, queue: 64, locks: { enabled: true, max: 10m }"
    )

    @Test(arguments: LockClient.Face.allCases, ProveScale.portions(600, seed: 50_100, size: 12_500))
    func `locks: nobody writes beside the holder, and fences rise`(
        face: LockClient.Face,
        portion: ProveScale.Portion
    ) async throws {
        let seed = portion.seed &* 10 &+ (face == .webdav ? 1 : 2)
        let faults = FaultChoice(seed: seed, reads: 0.005, writes: 0.05, faults: Self.drops)
        // A history has some six writes.
        try await Self.proveLocks(portion.count / 6, faults) { number in
            let scene = LockClient.Scene(path: "/items/\(seed)-\(number)", face: face, timeout: 600)
            return LockRun(seed: seed &* 1_000_000 &+ UInt64(number), scene: scene)
        }
    }

    @Test(arguments: LockClient.Face.allCases)
    func `locks: what ends by itself ends on time, and not before`(face: LockClient.Face) async throws {
        let seed: UInt64 = face == .webdav ? 511 : 512
        try await Self.proveLocks(ProveScale.isLong ? 400 : 32, .none, atOnce: 32) { number in
            let scene = LockClient.Scene(
                path: "/items/\(seed)-\(number)",
                face: face,
                timeout: 1,
                fault: .slowAnswer(100)
            )
            return LockRun(seed: seed &* 1_000_000 &+ UInt64(number), scene: scene)
        }
    }

    private static func proveLocks(
        _ count: Int,
        _ faults: FaultChoice,
        atOnce: Int = 8,
        _ make: (Int) -> LockRun
    ) async throws {
        let upstream = try await FaultyUpstream.start(checking: .fences, faults: faults, keepsRequests: false)
        let gateway = try await ProvenGateway.start(before: upstream, routes: lockRoute)
        var histories: [(LockRun, [LockHistory.Step])] = []
        for first in stride(from: 0, to: count, by: atOnce) {
            histories += await withTaskGroup(of: (LockRun, [LockHistory.Step]).self) { group in
                for number in first..<min(first + atOnce, count) {
                    let run = make(number)
                    upstream.replace(run.scene.path, with: Array("{}".utf8))
                    group.addTask { (run, await run.play(gateway.underTest)) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        await gateway.stop()
        var (granted, applied) = (0, 0)
        for (run, steps) in histories {
            let history = LockHistory(steps: steps, applied: upstream.appliedWrites(at: run.scene.path))
            // The gateway ends locks by a clock of whole milliseconds.
            let slack: UInt64 = run.scene.timeout < 60 ? 2_000_000 : 0
            judge(history, slack, highestAtUpstream: upstream.fence(at: run.scene.path))
            granted += steps.count { if case .granted? = $0.answer { true } else { false } }
            applied += history.applied.count
        }
        Attachment.record("\(granted) locks, \(applied) writes", named: "locks.txt")
        #expect(granted > count)
        #expect(applied > count * 3)
        #expect(upstream.lateRefusals == 0, "a fence fell at the upstream")
        try await upstream.stop()
    }

    private static func judge(_ history: LockHistory, _ slack: UInt64, highestAtUpstream: Int64?) {
        #expect(LockHistoryChecker(history, slack: slack).complaints() == [])
        let verdict = LinearizabilitySearch(LockModel(), history.operations(slack: slack)).run()
        #expect(verdict.isLinearizable, "\(verdict)")
        var fences: [String: UInt64] = [:]
        for step in history.steps {
            if case .granted(let token, let fence, _)? = step.answer { fences[token] = fence }
        }
        let written = history.steps.compactMap { step -> UInt64? in
            guard case .write(let token?) = step.request, step.answer == .done(until: nil) else { return nil }
            return fences[token]
        }
        if let highest = written.max() { #expect(highestAtUpstream.map { $0 >= highest } ?? false) }
    }
}

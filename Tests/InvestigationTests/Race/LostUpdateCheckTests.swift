import Investigation
import Testing

/// The checker against stores of which the truth is known.
@Suite struct LostUpdateCheckTests {
    @Test(arguments: UInt64(1)...60, [true, false])
    func `a store that compares versions loses nothing`(_ seed: UInt64, _ counts: Bool) {
        var store = SimulatedStore(.checked, counts: counts, doubt: seed % 3 == 0 ? 0.2 : 0, seed: seed)
        let (history, truth) = store.race(writers: 2 + Int(seed % 5), rounds: 12)
        let report = LostUpdateCheck.check(history)
        #expect(truth.lost == 0)
        #expect(report.lost == 0)
        #expect(report.vanished == 0)
        #expect(report.proof == nil)
        #expect(report.acknowledged == truth.acknowledged)
    }

    @Test(arguments: UInt64(1)...60, [true, false])
    func `a store that merges loses nothing`(_ seed: UInt64, _ counts: Bool) {
        var store = SimulatedStore(.merging, counts: counts, doubt: seed % 2 == 0 ? 0.2 : 0, seed: seed)
        let (history, truth) = store.race(writers: 3, rounds: 10)
        let report = LostUpdateCheck.check(history)
        #expect(truth.lost == 0)
        #expect(report.lost == 0)
        #expect(report.vanished == 0)
    }

    @Test(arguments: UInt64(1)...60, [SimulatedStore.Behaviour.unchecked, .racy])
    func `every lost mark is found`(_ seed: UInt64, _ behaviour: SimulatedStore.Behaviour) throws {
        var store = SimulatedStore(behaviour, counts: false, doubt: seed % 3 == 0 ? 0.2 : 0, seed: seed)
        let (history, truth) = store.race(writers: 2 + Int(seed % 4), rounds: 8)
        let report = LostUpdateCheck.check(history)
        #expect(report.lost == truth.lost)
        #expect(report.vanished == 0)
        if truth.lost > 0 { try expectSound(report) }
    }

    @Test(arguments: UInt64(1)...60, [SimulatedStore.Behaviour.unchecked, .racy])
    func `every lost increment is found where all outcomes are known`(
        _ seed: UInt64,
        _ behaviour: SimulatedStore.Behaviour
    ) throws {
        var store = SimulatedStore(behaviour, counts: true, doubt: 0, seed: seed)
        let (history, truth) = store.race(writers: 2 + Int(seed % 4), rounds: 8)
        let report = LostUpdateCheck.check(history)
        #expect(truth.lost > 0)
        #expect(report.lost == truth.lost)
        #expect(report.vanished == 0)
        try expectSound(report)
    }

    @Test(arguments: UInt64(1)...60)
    func `unknown outcomes hide losses of increments and never make one up`(_ seed: UInt64) {
        var store = SimulatedStore(.unchecked, counts: true, doubt: 0.3, seed: seed)
        let (history, truth) = store.race(writers: 3, rounds: 8)
        let report = LostUpdateCheck.check(history)
        #expect(report.lost <= truth.lost)
        #expect(report.unknown == history.writes.count { $0.outcome == .unknown })
    }

    /// Two reads of one version, two writes that may be applied, and a read that follows them.
    private func expectSound(_ report: LostUpdateReport) throws {
        let proof = try #require(report.proof)
        #expect(proof.operations.count == 5)
        #expect(proof.lost.outcome == .done)
        #expect(proof.replacement.mayBeApplied)
        #expect(proof.lost != proof.replacement)
        let shown = try #require(proof.operations.last)
        #expect(shown.method == "GET")
        #expect(shown.began >= proof.lost.ended)
        if let mark = proof.lost.mark { #expect(shown.field?.holds(mark) == false) }
        let ends = proof.operations.map(\.ended)
        #expect(ends == ends.sorted())
    }
}

/// Corners that chance seldom meets.
@Suite struct LostUpdateCornerTests {
    private func read(_ writer: Int, _ field: FieldSight, at time: UInt64, tag: String? = nil) -> RaceOperation {
        RaceOperation(
            writer: writer,
            method: "GET",
            began: time,
            ended: time + 1,
            status: 200,
            tag: tag,
            field: field,
            outcome: .done
        )
    }

    private func write(
        _ writer: Int,
        _ field: FieldSight,
        at time: UInt64,
        mark: String? = nil,
        _ outcome: RaceOperation.Outcome = .done
    ) -> RaceOperation {
        RaceOperation(
            writer: writer,
            method: "PUT",
            began: time,
            ended: time + 1,
            field: field,
            mark: mark,
            outcome: outcome
        )
    }

    @Test func `an empty history proves nothing`() {
        #expect(LostUpdateCheck.check(RaceHistory()) == LostUpdateReport())
    }

    @Test func `a lone write that never shows has vanished and is not lost`() {
        var history = RaceHistory()
        history.rounds = [.init([.init(read: read(0, .count(1), at: 1), write: write(0, .count(2), at: 3))])]
        history.lastReads = [read(0, .count(1), at: 9)]
        let report = LostUpdateCheck.check(history)
        #expect(report.lost == 0)
        #expect(report.vanished == 1)
    }

    @Test func `a reset of the number by somebody else is not all blamed on the writers`() {
        var history = RaceHistory()
        history.rounds = [
            .init([
                .init(read: read(0, .count(7), at: 1), write: write(0, .count(8), at: 3)),
                .init(read: read(1, .count(7), at: 1), write: write(1, .count(8), at: 3)),
            ])
        ]
        history.lastReads = [read(0, .count(0), at: 9)]
        let report = LostUpdateCheck.check(history)
        #expect(report.lost == 1)
        #expect(report.vanished == 1)
    }

    @Test func `a refused write that shows is noted`() {
        var history = RaceHistory()
        let first = write(0, .marks(["race-1"]), at: 3, mark: "race-1", .refused)
        history.rounds = [.init([.init(read: read(0, .marks([]), at: 1), write: first)])]
        history.lastReads = [read(0, .marks(["race-1"]), at: 9)]
        #expect(LostUpdateCheck.check(history).appliedThoughRefused == 1)
    }

    @Test func `a write from an old read in a later round is found to replace a mark`() throws {
        var history = RaceHistory()
        history.rounds = [
            .init([
                .init(read: read(0, .marks([]), at: 1), write: write(0, .marks(["race-1"]), at: 3, mark: "race-1"))
            ]),
            .init([
                .init(read: read(1, .marks([]), at: 5), write: write(1, .marks(["race-2"]), at: 7, mark: "race-2"))
            ]),
        ]
        history.lastReads = [read(0, .marks(["race-2"]), at: 9)]
        let report = LostUpdateCheck.check(history)
        #expect(report.lost == 1)
        #expect(try #require(report.proof).replacement.mark == "race-2")
    }

    @Test func `the greatest numbers do not overflow`() {
        var history = RaceHistory()
        history.rounds = [
            .init([.init(read: read(0, .count(.min), at: 1), write: write(0, .count(.min), at: 3))]),
            .init([.init(read: read(0, .count(.max), at: 5), write: write(0, .count(.max), at: 7))]),
        ]
        history.lastReads = [read(0, .count(.min), at: 9)]
        #expect(LostUpdateCheck.check(history).lost == 0)
    }

    @Test func `writers are named A to Z and then with numbers`() {
        #expect([0, 25, 26, 63].map { read($0, .count(0), at: 0).writerName } == ["A", "Z", "A1", "L2"])
    }
}

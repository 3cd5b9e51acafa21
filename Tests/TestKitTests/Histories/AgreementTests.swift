import TestKit
import Testing

/// Checkers that know what to look for, and a search that knows only a model, judge the same random histories.
struct AgreementTests {
    private struct RegisterVerdicts {
        let chain: [Violation]
        let log: LinearizabilityVerdict
        let clients: LinearizabilityVerdict

        init(_ history: OperationHistory) {
            chain = VersionChainChecker(history, settle: 1_000_000, patience: 1_000_000).check().violations
            let strict = RegisterHistory(history, evidence: .log)
            log = LinearizabilitySearch(strict.model, strict.operations).run()
            let plain = RegisterHistory(history, evidence: .clients)
            clients = LinearizabilitySearch(plain.model, plain.operations).run()
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func `on a correct register all agree`(seed: UInt64) {
        for history in [
            RegisterSimulation.make(seed: seed, defect: .none),
            CorrectHistory.make(seed: seed, clients: 2 + Int(seed % 3), operations: 18),
        ] {
            let verdicts = RegisterVerdicts(history)
            #expect(verdicts.chain.map(\.description) == [])
            #expect(verdicts.log.isLinearizable, "\(verdicts.log)")
            #expect(verdicts.clients.isLinearizable, "\(verdicts.clients)")
        }
    }

    /// With reads that lie the chain checker may be content with less; see the test of what it leaves open.
    @Test(arguments: RegisterSimulation.Defect.allCases, UInt64(0)..<60)
    func `what one has nothing against is fine for the next that knows less`(
        defect: RegisterSimulation.Defect,
        seed: UInt64
    ) {
        let verdicts = RegisterVerdicts(RegisterSimulation.make(seed: seed, defect: defect))
        if verdicts.log.isLinearizable { #expect(verdicts.chain.map(\.description) == []) }
        if verdicts.log.isLinearizable { #expect(verdicts.clients.isLinearizable, "\(verdicts.clients)") }
        guard defect != .staleRead else { return }
        #expect(verdicts.log.isLinearizable == verdicts.chain.isEmpty, "\(verdicts.log) \(verdicts.chain)")
        if verdicts.chain.isEmpty { #expect(verdicts.clients.isLinearizable, "\(verdicts.clients)") }
    }

    @Test(arguments: RegisterSimulation.Defect.allCases.filter { $0 != .none })
    func `planted defects of a register are found by all`(defect: RegisterSimulation.Defect) {
        let verdicts = (UInt64(0)..<100).map { RegisterVerdicts(RegisterSimulation.make(seed: $0, defect: defect)) }
        #expect(verdicts.count { !$0.chain.isEmpty } >= 20)
        #expect(verdicts.count { $0.log.failure != nil } >= 20)
        #expect(verdicts.count { $0.clients.failure != nil } >= 5)
    }

    @Test(arguments: RandomHistoryTests.Mutation.allCases)
    func `what is changed by hand is found by the search as well`(mutation: RandomHistoryTests.Mutation) {
        var changed = 0
        for seed in UInt64(0)..<100 {
            var random = SeededGenerator(seed: seed)
            let history = CorrectHistory.make(seed: seed, clients: 3, operations: 18)
            guard let wrong = mutation.apply(to: history, with: &random) else { continue }
            let verdicts = RegisterVerdicts(wrong)
            guard !verdicts.chain.isEmpty else { continue }
            changed += 1
            #expect(verdicts.log.failure != nil, "seed \(seed): \(verdicts.chain)")
        }
        #expect(changed >= 20)
    }

    /// A 412 proves a write as much as a read does; the chain checker holds it to the log, but no read to it.
    @Test func `the search sees a read that contradicts a refusal`() {
        let operations = [
            ClientOperation(
                client: 1,
                action: .write(.none),
                nonce: "n1",
                invoked: 1,
                completed: 100,
                outcome: .done(version: "t1")
            ),
            ClientOperation(
                client: 2,
                action: .read,
                invoked: 2,
                completed: 3,
                outcome: .saw(version: "t0", nonce: "n0")
            ),
            ClientOperation(
                client: 2,
                action: .write(.match("t0")),
                nonce: "n2",
                invoked: 6,
                completed: 7,
                outcome: .refused(current: "t1")
            ),
            ClientOperation(
                client: 3,
                action: .read,
                invoked: 8,
                completed: 9,
                outcome: .saw(version: "t0", nonce: "n0")
            ),
        ]
        let history = OperationHistory(
            initial: "n0",
            operations: operations,
            applied: [AppliedWrite(nonce: "n1", at: 5)]
        )
        let verdicts = RegisterVerdicts(history)
        #expect(verdicts.chain.isEmpty)
        #expect(verdicts.clients.failure?.last == 3)
        #expect(verdicts.log.failure != nil)
    }

    private func judge(_ history: KeyedHistory) -> ([ExactlyOnceViolation], LinearizabilityVerdict) {
        let search = LinearizabilitySearch(IdempotentCreateModel(), history.operations)
        return (ExactlyOnceChecker(history).check(), search.run())
    }

    @Test(arguments: UInt64(0)..<200)
    func `on correct creates both agree`(seed: UInt64) {
        let (violations, verdict) = judge(CreateSimulation.make(seed: seed, defect: .none))
        #expect(violations.map(\.description) == [])
        #expect(verdict.isLinearizable, "\(verdict)")
    }

    @Test(arguments: CreateSimulation.Defect.allCases, UInt64(0)..<60)
    func `on creates the search finds nothing that the checker misses`(
        defect: CreateSimulation.Defect,
        seed: UInt64
    ) {
        let (violations, verdict) = judge(CreateSimulation.make(seed: seed, defect: defect))
        if violations.isEmpty { #expect(verdict.isLinearizable, "\(verdict)") }
        #expect(verdict.isLinearizable || verdict.failure != nil)
    }

    @Test(arguments: CreateSimulation.Defect.allCases.filter { $0 != .none })
    func `planted defects of creates are found by both, nearly always by both at once`(
        defect: CreateSimulation.Defect
    ) {
        let verdicts = (UInt64(0)..<100).map { judge(CreateSimulation.make(seed: $0, defect: defect)) }
        let (checked, searched) = (verdicts.count { !$0.0.isEmpty }, verdicts.count { $0.1.failure != nil })
        #expect(checked >= 20)
        #expect(searched >= 20)
        #expect(checked - searched <= 8, "\(checked) and \(searched)")
    }
}

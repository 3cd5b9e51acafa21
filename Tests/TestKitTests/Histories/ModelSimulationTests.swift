import TestKit
import Testing

/// The search over random histories of merges and locks, kept well and with planted defects.
struct ModelSimulationTests {
    @Test(arguments: UInt64(0)..<200)
    func `correct merges and locks are never found wrong`(seed: UInt64) {
        let merges = MergeSimulation.make(seed: seed, defect: .none)
        let merged = LinearizabilitySearch(MergeSimulation.model, merges).run()
        #expect(merged.isLinearizable, "\(merged)")
        let locks = LockSimulation.make(seed: seed, defect: .none)
        let locked = LinearizabilitySearch(LockModel(), locks).run()
        #expect(locked.isLinearizable, "\(locked)")
    }

    @Test(arguments: MergeSimulation.Defect.allCases.filter { $0 != .none })
    func `planted defects of merges are found`(defect: MergeSimulation.Defect) {
        let found = (UInt64(0)..<100).count { seed in
            let operations = MergeSimulation.make(seed: seed, defect: defect)
            return LinearizabilitySearch(MergeSimulation.model, operations).run().failure != nil
        }
        #expect(found >= 10)
    }

    @Test(arguments: LockSimulation.Defect.allCases.filter { $0 != .none })
    func `planted defects of locks are found`(defect: LockSimulation.Defect) {
        let found = (UInt64(0)..<100).count { seed in
            let operations = LockSimulation.make(seed: seed, defect: defect)
            return LinearizabilitySearch(LockModel(), operations).run().failure != nil
        }
        #expect(found >= 10)
    }

    @Test func `the same seed makes the same histories`() {
        #expect(CreateSimulation.make(seed: 3, defect: .none) == CreateSimulation.make(seed: 3, defect: .none))
        #expect(CreateSimulation.make(seed: 3, defect: .none) != CreateSimulation.make(seed: 4, defect: .none))
        #expect(RegisterSimulation.make(seed: 3, defect: .none) == RegisterSimulation.make(seed: 3, defect: .none))
    }
}

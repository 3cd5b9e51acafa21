import TestKit

/// Random histories of an object whose stale writes are merged, kept well or with a planted defect.
struct MergeSimulation {
    /// What is wrong with the store.
    enum Defect: CaseIterable, Sendable {
        case none
        /// Counters are set, not added to.
        case lostCount
        /// What others changed is thrown away.
        case forgetsOthers
        /// Of two changes of one field the later wins.
        case ignoresOverlap
        /// Changes that could be kept are refused.
        case refusesFreely
    }

    /// What the object is like.
    static let model = MergeModel(
        initial: ["n": 5, "a": 1, "b": 1, "from": 1, "to": 2],
        counters: ["n"],
        groups: [["from", "to"]]
    )

    private var random: SeededGenerator
    private let defect: Defect
    private var present = Self.model.initial
    private var known: [Int: MergeModel.State] = [:]
    private var operations: [TimedOperation<MergeModel>] = []

    /// The history that follows from `seed`.
    static func make(seed: UInt64, defect: Defect, clients: Int = 3, count: Int = 14) -> [TimedOperation<MergeModel>] {
        var simulation = Self(random: SeededGenerator(seed: seed), defect: defect)
        let times = OverlappingTimes.make(&simulation.random, clients: clients, operations: count)
        for time in times { simulation.perform(time) }
        return simulation.operations
    }

    private init(random: SeededGenerator, defect: Defect) {
        (self.random, self.defect) = (random, defect)
    }

    private mutating func perform(_ time: OverlappingTimes) {
        guard let base = known[time.client], random.happens(0.7) else {
            known[time.client] = present
            return note(time, .read, .saw(present))
        }
        var mine = base
        for name in ["n", "a", "b", "from", "to"] where random.happens(0.3) {
            mine[name] = name == "n" ? (base[name] ?? 0) + 1 : Int.random(in: 1...9, using: &random)
        }
        guard random.happens(0.95) else { return note(time, .merge(base: base, mine: mine), .noEffect) }
        merge(time, base, mine)
    }

    private mutating func merge(_ time: OverlappingTimes, _ base: MergeModel.State, _ mine: MergeModel.State) {
        var (result, overlap) = Self.model.merge(base: base, mine: mine, theirs: present)
        if defect == .refusesFreely, overlap.isEmpty, random.happens(0.3) { overlap = ["a"] }
        if defect == .ignoresOverlap, !overlap.isEmpty {
            overlap = []
            result = mine
        }
        guard overlap.isEmpty else {
            known[time.client] = nil
            return note(time, .merge(base: base, mine: mine), .refused(overlap: overlap))
        }
        if defect == .lostCount { result["n"] = mine["n"] }
        if defect == .forgetsOthers { result = mine }
        present = result
        known[time.client] = result
        let answer = random.happens(0.1) ? nil : MergeModel.Answer.done(random.happens(0.5) ? result : nil)
        note(time, .merge(base: base, mine: mine), answer)
    }

    private mutating func note(_ time: OverlappingTimes, _ request: MergeModel.Operation, _ answer: MergeModel.Answer?)
    {
        guard let answer else {
            return operations.append(TimedOperation(unanswered: request, invoked: time.invoked))
        }
        operations.append(
            TimedOperation(request, answering: answer, invoked: time.invoked, completed: time.completed)
        )
    }
}

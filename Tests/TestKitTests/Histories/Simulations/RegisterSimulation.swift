import TestKit

/// Random histories of a register, kept well or with a planted defect.
struct RegisterSimulation {
    /// What is wrong with the store.
    enum Defect: CaseIterable, Sendable {
        case none
        /// Versions are compared at one instant, and writes made at a later one.
        case lostUpdate
        /// A write is made once more later.
        case doubleExecution
        /// A tag that was current once is taken for current.
        case staleAccept
        /// Reads may see what was there before.
        case staleRead
    }

    private struct Event {
        let at: UInt64
        let operation: Int
        let happen: (inout RegisterSimulation) -> Void
    }

    private var random: SeededGenerator
    private let defect: Defect
    private var states: [String?] = ["n0"]
    private var known: [Int: String] = [:]
    private var applied: [AppliedWrite] = []
    private var operations: [Int: ClientOperation] = [:]

    /// The history that follows from `seed`.
    static func make(seed: UInt64, defect: Defect, clients: Int = 3, operations: Int = 14) -> OperationHistory {
        var simulation = Self(random: SeededGenerator(seed: seed), defect: defect)
        var events: [Event] = []
        let times = OverlappingTimes.make(&simulation.random, clients: clients, operations: operations)
        for (number, time) in times.enumerated() { events += simulation.events(number, time) }
        for event in events.sorted(by: { $0.at < $1.at }) { event.happen(&simulation) }
        let sorted = simulation.operations.sorted { $0.key < $1.key }.map(\.value)
        return OperationHistory(initial: "n0", operations: sorted, applied: simulation.applied)
    }

    private init(random: SeededGenerator, defect: Defect) {
        (self.random, self.defect) = (random, defect)
    }

    private var present: String? { states.last ?? nil }

    private func events(_ number: Int, _ time: OverlappingTimes) -> [Event] {
        let split = defect == .lostUpdate
        let decide = split ? time.instants[0] : time.effect
        let again = time.completed + 501
        var events = [Event(at: decide, operation: number) { $0.decide(number, time) }]
        if split { events.append(Event(at: time.effect, operation: number) { $0.apply(number, time.effect) }) }
        if defect == .doubleExecution {
            events.append(Event(at: again, operation: number) { $0.repeatSometimes(number, again) })
        }
        return events
    }

    private mutating func decide(_ number: Int, _ time: OverlappingTimes) {
        let nonce = "n\(number + 1)"
        let dice = Int.random(in: 0..<100, using: &random)
        let condition = known[time.client].map { ClientOperation.Condition.match("\"\($0)\"") } ?? .none
        switch dice {
        case ..<30: note(number, time, .read, nil, read(time.client))
        case ..<75: write(number, time, .write(condition), nonce)
        case ..<83: write(number, time, .write(.none), nonce)
        case ..<91: write(number, time, .write(.absent), nonce)
        default: write(number, time, .delete(condition), nonce)
        }
    }

    private mutating func read(_ client: Int) -> ClientOperation.Outcome {
        var seen = present
        if defect == .staleRead, states.count > 1, random.happens(0.4) { seen = states[states.count - 2] }
        known[client] = seen
        return seen.map { .saw(version: "\"\($0)\"", nonce: $0) } ?? .missing
    }

    private mutating func write(
        _ number: Int,
        _ time: OverlappingTimes,
        _ action: ClientOperation.Action,
        _ nonce: String
    ) {
        let luck = Int.random(in: 0..<20, using: &random)
        if case .delete = action, present == nil { return note(number, time, action, nonce, .missing) }
        guard holds(action.condition) else {
            known[time.client] = nil
            return note(number, time, action, nonce, .refused(current: present.map { "\"\($0)\"" }))
        }
        guard luck > 0 else { return note(number, time, action, nonce, .uncertain(.notApplied)) }
        let isWrite = if case .write = action { true } else { false }
        let done = ClientOperation.Outcome.done(version: isWrite ? "\"\(nonce)\"" : nil)
        let doubts: [ClientOperation.Outcome] = [.uncertain(.applied), .uncertain(.unknown), .abandoned]
        note(number, time, action, nonce, (1...3).contains(luck) ? doubts[luck - 1] : done)
        known[time.client] = luck > 3 && isWrite ? nonce : nil
        if defect != .lostUpdate { apply(number, time.effect) }
    }

    private mutating func holds(_ condition: ClientOperation.Condition) -> Bool {
        switch condition {
        case .none: true
        case .absent: present == nil
        case .match(let tag):
            present.map { "\"\($0)\"" } == tag || defect == .staleAccept && present != nil && random.happens(0.5)
        }
    }

    private mutating func apply(_ number: Int, _ at: UInt64) {
        guard let operation = operations[number], let nonce = operation.nonce else { return }
        switch operation.outcome {
        case .done, .uncertain(.applied), .uncertain(.unknown), .abandoned: break
        default: return
        }
        let removes = if case .delete = operation.action { true } else { false }
        states.append(removes ? nil : nonce)
        applied.append(AppliedWrite(nonce: nonce, at: at, removes: removes))
    }

    private mutating func repeatSometimes(_ number: Int, _ at: UInt64) {
        if random.happens(0.3) { apply(number, at) }
    }

    private mutating func note(
        _ number: Int,
        _ time: OverlappingTimes,
        _ action: ClientOperation.Action,
        _ nonce: String?,
        _ outcome: ClientOperation.Outcome
    ) {
        operations[number] = ClientOperation(
            client: time.client,
            action: action,
            nonce: nonce,
            invoked: time.invoked,
            completed: time.completed,
            outcome: outcome
        )
    }
}

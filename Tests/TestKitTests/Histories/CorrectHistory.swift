import TestKit

/// Random histories of a register that keeps every promise: each operation takes effect at one instant of its own time.
struct CorrectHistory {
    private struct Plan {
        let client: Int
        let invoked: UInt64
        let effect: UInt64
        let completed: UInt64
    }

    private var random: SeededGenerator
    private var present: String? = "n0"
    private var known: [Int: String] = [:]
    private var writes = 0
    private var history = OperationHistory(initial: "n0", operations: [], applied: [])

    /// The history that follows from `seed`.
    static func make(seed: UInt64, clients: Int = 4, operations: Int = 40) -> OperationHistory {
        var maker = Self(random: SeededGenerator(seed: seed))
        for plan in maker.plans(clients, operations) { maker.perform(plan) }
        return maker.history
    }

    private init(random: SeededGenerator) {
        self.random = random
    }

    /// Overlapping times, one after another for each client, in the order in which the operations take effect.
    private mutating func plans(_ clients: Int, _ operations: Int) -> [Plan] {
        var free = [UInt64](repeating: 10, count: clients)
        let plans = (0..<operations).map { _ in
            let client = Int.random(in: 0..<clients, using: &random)
            let times = (0..<3).map { _ in UInt64.random(in: 1...20, using: &random) }
            let invoked = free[client] + times[0]
            let plan = Plan(
                client: client,
                invoked: invoked,
                effect: invoked + times[1],
                completed: invoked + times[1] + times[2]
            )
            free[client] = plan.completed + 1
            return plan
        }
        return plans.sorted { $0.effect < $1.effect }
    }

    private mutating func perform(_ plan: Plan) {
        let dice = Int.random(in: 0..<100, using: &random)
        switch dice {
        case ..<30: read(plan)
        case ..<80: write(plan, condition(plan.client))
        case ..<88: write(plan, .absent)
        default: delete(plan, condition(plan.client))
        }
    }

    private mutating func condition(_ client: Int) -> ClientOperation.Condition {
        guard let nonce = known[client], !random.happens(0.1) else { return .none }
        return .match(Self.tag(nonce))
    }

    private static func tag(_ nonce: String) -> String { "\"\(nonce)\"" }

    private mutating func read(_ plan: Plan) {
        known[plan.client] = present
        add(plan, .read, nil, present.map { .saw(version: Self.tag($0), nonce: $0) } ?? .missing)
    }

    private mutating func write(_ plan: Plan, _ condition: ClientOperation.Condition) {
        writes += 1
        let nonce = "n\(writes)"
        attempt(plan, .write(condition), nonce) { $0.present = nonce }
        if case .done? = history.operations.last?.outcome { known[plan.client] = nonce }
    }

    private mutating func delete(_ plan: Plan, _ condition: ClientOperation.Condition) {
        writes += 1
        guard present != nil else { return add(plan, .delete(condition), "n\(writes)", .missing) }
        attempt(plan, .delete(condition), "n\(writes)") { $0.present = nil }
    }

    private mutating func attempt(
        _ plan: Plan,
        _ action: ClientOperation.Action,
        _ nonce: String,
        _ apply: (inout Self) -> Void
    ) {
        let holds = holds(action.condition)
        let luck = Int.random(in: 0..<20, using: &random)
        guard holds else { return add(plan, action, nonce, .refused(current: present.map(Self.tag))) }
        guard luck > 1 else {
            return add(plan, action, nonce, [.turnedAway(status: 409), .uncertain(.notApplied)][luck])
        }
        apply(&self)
        history.applied.append(AppliedWrite(nonce: nonce, at: plan.effect, removes: present == nil))
        let outcomes: [ClientOperation.Outcome] = [.uncertain(.applied), .uncertain(.unknown), .abandoned]
        add(plan, action, nonce, luck < 5 ? outcomes[luck - 2] : .done(version: present.map(Self.tag)))
    }

    private func holds(_ condition: ClientOperation.Condition) -> Bool {
        switch condition {
        case .none: true
        case .absent: present == nil
        case .match(let tag): present.map(Self.tag) == tag
        }
    }

    private mutating func add(
        _ plan: Plan,
        _ action: ClientOperation.Action,
        _ nonce: String?,
        _ outcome: ClientOperation.Outcome
    ) {
        history.operations.append(
            ClientOperation(
                client: plan.client,
                action: action,
                nonce: nonce,
                invoked: plan.invoked,
                completed: plan.completed,
                outcome: outcome
            )
        )
    }
}

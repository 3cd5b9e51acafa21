import TestKit

/// Random histories of creates under idempotency keys, kept well or with a planted defect.
struct CreateSimulation {
    /// What is wrong with the gateway.
    enum Defect: CaseIterable, Sendable {
        case none
        /// Two first requests at once both run.
        case race
        /// What is in doubt is sent again.
        case repeatsInDoubt
        /// Keys are not told apart by caller.
        case sharedKeys
        /// The request is not compared with the one that the key stands for.
        case ignoredFingerprint
        /// What was applied is said not to be, and the key is free again.
        case falseDenial
        /// Replays are not what was said first.
        case alteredReplay
        /// Replays are not marked.
        case unmarkedReplay
        /// Duplicates are told that the key is reused.
        case falseReuse
        /// Duplicates of what is finished are told that the outcome is unknown.
        case falseDoubt
        /// A success is invented.
        case inventedSuccess
    }

    private enum Record {
        case running(String)
        case completed(String, KeyedCall.Reply)
        case inDoubt(String)
    }

    private struct Attempt {
        let fault: Int
        var line: UpstreamExecution
    }

    private var random: SeededGenerator
    private let defect: Defect
    private var records: [KeyedCall.Slot: Record] = [:]
    private var attempts: [Int: Attempt] = [:]
    private var calls: [Int: KeyedCall] = [:]
    private var executions: [UpstreamExecution] = []

    /// The history that follows from `seed`.
    static func make(seed: UInt64, defect: Defect, clients: Int = 4, operations: Int = 14) -> KeyedHistory {
        var simulation = Self(random: SeededGenerator(seed: seed), defect: defect)
        let times = OverlappingTimes.make(&simulation.random, clients: clients, operations: operations)
        let events = times.indices.flatMap { number in (0..<3).map { (times[number].instants[$0], number, $0) } }
        for (number, time) in times.enumerated() { simulation.plan(number, time) }
        for (at, number, phase) in events.sorted(by: { $0.0 < $1.0 }) {
            switch phase {
            case 0: simulation.arrive(number)
            case 1: simulation.execute(number, at)
            default: simulation.answer(number, at)
            }
        }
        return simulation.history
    }

    private init(random: SeededGenerator, defect: Defect) {
        (self.random, self.defect) = (random, defect)
    }

    private mutating func plan(_ number: Int, _ time: OverlappingTimes) {
        let slot = KeyedCall.Slot(
            principal: time.client % 2 == 0 ? "alice" : "bob",
            key: ["k1", "k2"].randomElement(using: &random) ?? "k1"
        )
        calls[number] = KeyedCall(
            number,
            slot,
            fingerprint: random.happens(0.15) ? "other" : "usual",
            invoked: time.invoked,
            completed: time.completed,
            outcome: .unavailable
        )
    }

    private func place(_ slot: KeyedCall.Slot) -> KeyedCall.Slot {
        defect == .sharedKeys ? KeyedCall.Slot(principal: "", key: slot.key) : slot
    }

    private mutating func arrive(_ number: Int) {
        guard let call = calls[number], !random.happens(0.05) else { return }
        switch records[place(call.slot)] {
        case nil: start(number, call)
        case .running(let fingerprint):
            guard defect != .race else { return start(number, call) }
            calls[number]?.outcome = fingerprint == call.fingerprint ? .inFlight : .keyReused
        case .inDoubt:
            guard defect != .repeatsInDoubt else { return start(number, call) }
            calls[number]?.outcome = .outcomeUnknown
        case .completed(let fingerprint, let reply):
            let outcome = again(call, fingerprint, reply)
            calls[number]?.outcome = outcome
        }
    }

    private mutating func again(
        _ call: KeyedCall,
        _ fingerprint: String,
        _ reply: KeyedCall.Reply
    ) -> KeyedCall.Outcome {
        guard fingerprint == call.fingerprint || defect == .ignoredFingerprint else { return .keyReused }
        var replay = reply
        replay.isReplay = defect != .unmarkedReplay
        if defect == .falseReuse { return .keyReused }
        if defect == .falseDoubt { return .outcomeUnknown }
        if defect == .alteredReplay { replay.body.append(0x20) }
        return .reply(replay)
    }

    private mutating func start(_ number: Int, _ call: KeyedCall) {
        records[place(call.slot)] = .running(call.fingerprint)
        let line = UpstreamExecution(
            call.slot,
            effect: "e\(number)",
            received: call.invoked,
            applied: nil,
            answered: nil
        )
        attempts[number] = Attempt(fault: Int.random(in: 0..<20, using: &random), line: line)
    }

    /// Faults: 0 and 1 lose the request, 2 to 4 the answer, 5 refuses, and 6 is a client that leaves.
    private mutating func execute(_ number: Int, _ at: UInt64) {
        guard var attempt = attempts[number], let call = calls[number] else { return }
        attempt.line.received = at
        attempt.line.call = number
        attempt.line.fingerprint = call.fingerprint
        let isInvented = defect == .inventedSuccess && attempt.fault > 14
        if ![0, 1, 5].contains(attempt.fault), !isInvented { attempt.line.applied = at }
        attempts[number] = attempt
    }

    private mutating func answer(_ number: Int, _ at: UInt64) {
        guard var attempt = attempts[number], let call = calls[number] else { return }
        let isWhole = attempt.fault > 4
        if isWhole { (attempt.line.answered, attempt.line.status) = (at, attempt.fault == 5 ? 400 : 201) }
        executions.append(attempt.line)
        let (record, outcome) = result(attempt, call)
        records[place(call.slot)] = record
        calls[number]?.outcome = attempt.fault == 6 ? .lost : outcome
    }

    private func result(_ attempt: Attempt, _ call: KeyedCall) -> (Record?, KeyedCall.Outcome) {
        switch attempt.fault {
        case 0: return (nil, .failed(.notApplied))
        case 3 where defect == .falseDenial: return (nil, .failed(.notApplied))
        case 1, 2, 3: return (.inDoubt(call.fingerprint), .failed(.unknown))
        case 4: return (.inDoubt(call.fingerprint), .failed(.applied))
        case 5: return (nil, .reply(KeyedCall.Reply(status: 400, body: [], effect: nil)))
        default:
            let text = "\(attempt.line.effect) for \(call.slot.principal)"
            let reply = KeyedCall.Reply(
                status: 201,
                fields: ["location": "/items/\(attempt.line.effect)"],
                body: Array(text.utf8),
                effect: attempt.line.effect
            )
            return (.completed(call.fingerprint, reply), .reply(reply))
        }
    }

    private var history: KeyedHistory {
        KeyedHistory(calls: calls.sorted { $0.key < $1.key }.map(\.value), executions: executions)
    }
}

import TestKit

/// Random histories of a lock and the writes that it guards, kept well or with a planted defect.
struct LockSimulation {
    /// What is wrong with the store.
    enum Defect: CaseIterable, Sendable {
        case none
        /// Writes without the token pass.
        case lockIgnored
        /// The token of a lock that is over, or another's, is taken.
        case oldToken
        /// A second lock is granted beside the first.
        case secondGrant
        /// The fence does not rise.
        case fenceStandsStill
        /// A lock lasts no longer than half of what was said.
        case endsEarly
    }

    private var random: SeededGenerator
    private let defect: Defect
    private var lock: (token: String, end: UInt64)?
    private var fence: UInt64 = 0
    private var known: [Int: String] = [:]
    private var operations: [TimedOperation<LockModel>] = []

    /// The history that follows from `seed`.
    static func make(seed: UInt64, defect: Defect, clients: Int = 3, count: Int = 14) -> [TimedOperation<LockModel>] {
        var simulation = Self(random: SeededGenerator(seed: seed), defect: defect)
        let times = OverlappingTimes.make(&simulation.random, clients: clients, operations: count)
        for time in times { simulation.perform(time) }
        return simulation.operations
    }

    private init(random: SeededGenerator, defect: Defect) {
        (self.random, self.defect) = (random, defect)
    }

    private mutating func perform(_ time: OverlappingTimes) {
        if let end = lock?.end, end <= time.effect { lock = nil }
        let dice = Int.random(in: 0..<100, using: &random)
        let token = known[time.client]
        switch (dice, token) {
        case (..<30, _), (..<60, nil): acquire(time)
        case (..<42, let token?): refresh(time, token)
        case (..<54, let token?): release(time, token)
        case (..<90, _): write(time, random.happens(0.8) ? token : nil)
        default: note(time, .inspect, lock.map { .held(token: $0.token) } ?? .free)
        }
    }

    private mutating func acquire(_ time: OverlappingTimes) {
        let timeout = UInt64.random(in: 500...6_000, using: &random)
        guard lock == nil || defect == .secondGrant && random.happens(0.5) else {
            return note(time, .acquire(timeout: timeout), .refused)
        }
        if defect != .fenceStandsStill || fence == 0 { fence += 1 }
        let token = "t\(operations.count)"
        let end = time.effect + timeout
        lock = (token, defect == .endsEarly ? time.effect + timeout / 2 : end)
        guard random.happens(0.9) else { return note(time, .acquire(timeout: timeout), nil) }
        known[time.client] = token
        let said = random.happens(0.5) ? end : nil
        note(time, .acquire(timeout: timeout), .granted(token: token, fence: fence, until: said))
    }

    private func isHeld(by token: String) -> Bool { lock?.token == token || defect == .oldToken }

    private mutating func refresh(_ time: OverlappingTimes, _ token: String) {
        let timeout = UInt64.random(in: 500...6_000, using: &random)
        guard isHeld(by: token) else { return note(time, .refresh(token: token, timeout: timeout), .refused) }
        lock = (token, time.effect + (defect == .endsEarly ? timeout / 2 : timeout))
        let said = random.happens(0.5) ? time.effect + timeout : nil
        note(time, .refresh(token: token, timeout: timeout), random.happens(0.9) ? .done(until: said) : nil)
    }

    private mutating func release(_ time: OverlappingTimes, _ token: String) {
        guard isHeld(by: token) else { return note(time, .release(token: token), .refused) }
        lock = nil
        note(time, .release(token: token), random.happens(0.9) ? .done(until: nil) : nil)
    }

    private mutating func write(_ time: OverlappingTimes, _ token: String?) {
        let passes = token.map { isHeld(by: $0) } ?? (lock == nil || defect == .lockIgnored)
        note(time, .write(token: token), passes ? .done(until: nil) : .refused)
    }

    private mutating func note(_ time: OverlappingTimes, _ request: LockModel.Operation, _ answer: LockModel.Answer?) {
        guard let answer else {
            return operations.append(TimedOperation(unanswered: request, invoked: time.invoked))
        }
        operations.append(
            TimedOperation(request, answering: answer, invoked: time.invoked, completed: time.completed)
        )
    }
}

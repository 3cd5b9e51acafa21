import ConflictEngine
import Synchronization
import Testing

struct TurnTableTests {
    private let resource = ResourceIdentity(upstream: "shop", path: Array("/items/1".utf8))

    @Test func `release tells the next in line before it returns`() throws {
        let table = TurnTable()
        let seen = TurnRecorder()
        guard case .granted(let turn) = table.request(resource, limit: 1, waiter: { _ in seen.append(0) }) else {
            throw UnexpectedOutcome()
        }
        guard case .queued = table.request(resource, limit: 1, waiter: { _ in seen.append(1) }) else {
            throw UnexpectedOutcome()
        }
        #expect(table.waiting(for: resource) == 1)
        #expect(table.load == (held: 1, waiting: 1))
        #expect(table.release(turn))
        #expect(seen.values == [1])
        #expect(!table.release(turn))
        #expect(table.load == (held: 1, waiting: 0))
    }

    @Test func `the waiter may use the table, since no lock is held`() throws {
        let table = TurnTable(shards: 1)
        let seen = TurnRecorder()
        let waiter: TurnTable.Waiter = { turn in
            seen.append(table.release(turn) ? 1 : 0)
        }
        guard case .granted(let turn) = table.request(resource, limit: 5, waiter: waiter) else {
            throw UnexpectedOutcome()
        }
        for _ in 0..<5 { _ = table.request(resource, limit: 5, waiter: waiter) }
        #expect(table.release(turn))
        #expect(seen.values == [1, 1, 1, 1, 1])
        #expect(table.load == (held: 0, waiting: 0))
    }

    @Test func `a cancelled waiter is never told`() throws {
        let table = TurnTable()
        let seen = TurnRecorder()
        guard case .granted(let turn) = table.request(resource, limit: 1, waiter: { _ in }),
            case .queued(let ticket, _) = table.request(resource, limit: 1, waiter: { _ in seen.append(1) })
        else { throw UnexpectedOutcome() }
        #expect(table.cancel(ticket))
        #expect(!table.cancel(ticket))
        #expect(table.release(turn))
        #expect(seen.values.isEmpty)
        #expect(table.load == (held: 0, waiting: 0))
    }

    @Test(arguments: [0, -3, 1, 3, 5000])
    func `any number of shards will do`(shards: Int) {
        let table = TurnTable(shards: shards)
        for number in 0..<200 {
            let identity = ResourceIdentity(upstream: "u", path: Array("/\(number)".utf8))
            _ = table.request(identity, limit: 0) { _ in }
        }
        #expect(table.load == (held: 200, waiting: 0))
    }

    @Test(.timeLimit(.minutes(1)), arguments: 1...4 as ClosedRange<UInt64>)
    func `many threads: one writer at a time, nobody lost, the line bounded`(seed: UInt64) async {
        let floor = WritingFloor(resources: 3, limit: 12)
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<48 as Range<UInt64> {
                group.addTask {
                    var chance = SeededTurns(seed &* 1000 &+ writer)
                    for _ in 0..<120 { await floor.write(&chance) }
                }
            }
        }
        #expect(floor.violations == 0)
        #expect(floor.finished == 48 * 120)
        #expect(floor.writes > 0)
        #expect(floor.table.load == (held: 0, waiting: 0))
    }
}

/// Resources on which writers meet, and what they saw.
private final class WritingFloor: Sendable {
    let table = TurnTable(shards: 2)
    private let limit: Int
    private let identities: [ResourceIdentity]
    private let inside: Mutex<[Int]>
    private let counts = Mutex((violations: 0, finished: 0, writes: 0))

    init(resources: Int, limit: Int) {
        self.limit = limit
        identities = (0..<resources).map { ResourceIdentity(upstream: "u", path: Array("/\($0)".utf8)) }
        inside = Mutex(Array(repeating: 0, count: resources))
    }

    var violations: Int { counts.withLock { $0.violations } }
    var finished: Int { counts.withLock { $0.finished } }
    var writes: Int { counts.withLock { $0.writes } }

    /// One write, given up or refused at times; comes back in any case.
    func write(_ chance: inout SeededTurns) async {
        let resource = Int.random(in: 0..<identities.count, using: &chance)
        let givesUp = Int.random(in: 0..<4, using: &chance) == 0
        if let turn = await turn(for: resource, givesUp: givesUp) {
            let before = inside.withLock { inside in
                inside[resource] += 1
                return inside[resource]
            }
            await Task.yield()
            inside.withLock { $0[resource] -= 1 }
            let releasedOnce = table.release(turn) && !table.release(turn)
            counts.withLock {
                $0.writes += 1
                $0.violations += before == 1 && releasedOnce ? 0 : 1
            }
        }
        counts.withLock { $0.finished += 1 }
    }

    private func turn(for resource: Int, givesUp: Bool) async -> Turn? {
        await withCheckedContinuation { continuation in
            let outcome = table.request(identities[resource], limit: limit) { continuation.resume(returning: $0) }
            switch outcome {
            case .granted(let turn):
                continuation.resume(returning: turn)
            case .queued(let ticket, let position):
                if position > limit { counts.withLock { $0.violations += 1 } }
                if givesUp, table.cancel(ticket) { continuation.resume(returning: nil) }
            case .full:
                continuation.resume(returning: nil)
            }
        }
    }
}

import ConflictEngine
import Testing

struct TurnQueuesTests {
    private let resource = ResourceIdentity(upstream: "shop", path: Array("/items/1".utf8))
    private let other = ResourceIdentity(upstream: "shop", path: Array("/items/2".utf8))

    private func granted(_ request: TurnRequest) throws -> Turn {
        guard case .granted(let turn) = request else { throw UnexpectedOutcome() }
        return turn
    }

    private func queued(_ request: TurnRequest) throws -> TurnTicket {
        guard case .queued(let ticket, _) = request else { throw UnexpectedOutcome() }
        return ticket
    }

    private func passed(_ release: TurnQueues.Release) throws -> Turn {
        guard case .passed(let turn, _) = release else { throw UnexpectedOutcome() }
        return turn
    }

    private func isFreed(_ release: TurnQueues.Release) -> Bool {
        if case .freed = release { true } else { false }
    }

    private func isNotHeld(_ release: TurnQueues.Release) -> Bool {
        if case .notHeld = release { true } else { false }
    }

    @Test func `a free resource is granted at once and forgotten when released`() throws {
        let queues = QueuesUnderTest()
        let turn = try granted(queues.request(resource, limit: 0) { _ in })
        #expect(queues.held == 1)
        #expect(isFreed(queues.release(turn)))
        #expect(queues.held == 0)
        #expect(queues.waiting == 0)
    }

    @Test func `resources do not stand in each other's way`() throws {
        let queues = QueuesUnderTest()
        _ = try granted(queues.request(resource, limit: 0) { _ in })
        _ = try granted(queues.request(other, limit: 0) { _ in })
        let elsewhere = ResourceIdentity(upstream: "stock", path: resource.path)
        _ = try granted(queues.request(elsewhere, limit: 0) { _ in })
        #expect(queues.held == 3)
    }

    @Test func `waiters come in the order they asked`() throws {
        let queues = QueuesUnderTest()
        var turn = try granted(queues.request(resource, limit: 100) { _ in })
        let seen = TurnRecorder()
        for number in 0..<100 {
            #expect(try queued(queues.request(resource, limit: 100) { _ in seen.append(number) }).identity == resource)
        }
        #expect(queues.waiting(for: resource) == 100)
        for _ in 0..<100 {
            guard case .passed(let next, let waiter) = queues.release(turn) else { throw UnexpectedOutcome() }
            waiter(next)
            turn = next
        }
        #expect(seen.values == Array(0..<100))
        #expect(isFreed(queues.release(turn)))
    }

    @Test func `the line is bounded and the holder is not counted`() throws {
        let queues = QueuesUnderTest()
        _ = try granted(queues.request(resource, limit: 2) { _ in })
        #expect(try queued(queues.request(resource, limit: 2) { _ in }).identity == resource)
        guard case .queued(let ticket, position: 2) = queues.request(resource, limit: 2, waiter: { _ in }) else {
            throw UnexpectedOutcome()
        }
        #expect(queues.request(resource, limit: 2) { _ in } == .full(length: 2))
        #expect(queues.cancel(ticket))
        #expect(queues.waiting(for: resource) == 1)
        _ = try queued(queues.request(resource, limit: 2) { _ in })
        #expect(queues.request(resource, limit: -1) { _ in } == .full(length: 2))
    }

    @Test func `a cancelled waiter is passed over and cannot be cancelled twice`() throws {
        let queues = QueuesUnderTest()
        let turn = try granted(queues.request(resource, limit: 9) { _ in })
        let first = try queued(queues.request(resource, limit: 9) { _ in })
        let second = try queued(queues.request(resource, limit: 9) { _ in })
        #expect(queues.cancel(first))
        #expect(!queues.cancel(first))
        let next = try passed(queues.release(turn))
        #expect(!queues.cancel(second))
        #expect(isNotHeld(queues.release(turn)))
        #expect(isFreed(queues.release(next)))
    }

    @Test func `a turn of an earlier line releases nothing`() throws {
        let queues = QueuesUnderTest()
        let old = try granted(queues.request(resource, limit: 9) { _ in })
        let ticket = try queued(queues.request(resource, limit: 9) { _ in })
        #expect(isFreed(queues.release(try passed(queues.release(old)))))
        let new = try granted(queues.request(resource, limit: 9) { _ in })
        _ = try queued(queues.request(resource, limit: 9) { _ in })
        #expect(isNotHeld(queues.release(old)))
        #expect(!queues.cancel(ticket))
        #expect(try passed(queues.release(new)).identity == resource)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `agrees with a plain list under random use`(seed: UInt64) {
        var chance = SeededTurns(seed)
        let queues = QueuesUnderTest()
        let told = TurnRecorder()
        var model = LineModel()
        for step in 0..<2000 {
            let identity = Bool.random(using: &chance) ? resource : other
            switch Int.random(in: 0..<10, using: &chance) {
            case 0..<5:
                let outcome = queues.request(identity, limit: 40) { _ in told.append(step) }
                model.requested(identity, limit: 40, by: step, outcome)
            case 5..<7:
                guard let ticket = model.tickets.suffix(60).randomElement(using: &chance) else { continue }
                model.cancelled(ticket, queues.cancel(ticket))
            default:
                guard let turn = model.turns.suffix(6).randomElement(using: &chance) else { continue }
                model.released(turn, queues.release(turn), told)
            }
            #expect(queues.held == model.held)
            #expect(queues.waiting == model.waiting)
        }
        #expect(told.values.count > 80)
    }
}

/// The machine behind a reference, since expectations cannot hold mutating calls.
private final class QueuesUnderTest {
    private var machine = TurnQueues()

    var held: Int { machine.held }
    var waiting: Int { machine.waiting }

    func waiting(for identity: ResourceIdentity) -> Int { machine.waiting(for: identity) }
    func cancel(_ ticket: TurnTicket) -> Bool { machine.cancel(ticket) }
    func release(_ turn: Turn) -> TurnQueues.Release { machine.release(turn) }

    func request(
        _ identity: ResourceIdentity,
        limit: Int,
        waiter: @escaping TurnTable.Waiter
    ) -> TurnRequest {
        machine.request(identity, limit: limit, waiter: waiter)
    }
}

import ConflictEngine
import NIOCore

/// Takes the turns that a write needs, one after another in their order, and gives them back once.
final class TurnTaking: DeadlineOwner {
    /// What came of it.
    enum Outcome {
        /// All turns are held; how long that took (ns).
        case granted(waited: UInt64)
        /// The line of a resource is as long as it may be.
        case full(length: Int)
        /// The wait took too long.
        case expired(waited: UInt64)
    }

    var deadlineIndex = -1
    private let loop: LoopContext
    private let identities: [ResourceIdentity]
    private let limit: Int
    private let wait: UInt64
    private var held: [Turn] = []
    private var ticket: TurnTicket? { didSet { countWaiting(was: oldValue) } }
    private var began: UInt64 = 0
    private var done: ((Outcome) -> Void)?
    private var isReleased = false
    private let slot: Int
    /// Whether somebody else held a turn when it was asked for.
    private(set) var wasQueued = false

    /// Prepares to take turns in lines of at most `limit`, for at most `wait` nanoseconds, counted for a route's slot.
    init(_ identities: [ResourceIdentity], limit: Int, wait: UInt64, slot: Int, on loop: LoopContext) {
        self.slot = slot
        self.identities = ResourceIdentity.inTurnOrder(identities)
        self.limit = limit
        self.wait = wait
        self.loop = loop
    }

    /// Takes the turns; `done` is called once, perhaps before this returns.
    func start(_ done: @escaping (Outcome) -> Void) {
        self.done = done
        began = WallClock.monotonic()
        next()
    }

    private func next() {
        while held.count < identities.count {
            // The closure hops to the loop that owns this object before it touches it.
            let box = NIOLoopBound(self, eventLoop: loop.loop)
            let request = loop.shared.turns.request(identities[held.count], limit: limit) { turn in
                box.eventLoop.execute { box.value.granted(turn) }
            }
            switch request {
            case .granted(let turn): held.append(turn)
            case .queued(let ticket, _):
                self.ticket = ticket
                wasQueued = true
                loop.watch(self)
                loop.deadlines.set(self, began &+ wait)
                return
            case .full(let length): return give(up: .full(length: length))
            }
        }
        loop.deadlines.remove(self)
        finish(.granted(waited: WallClock.monotonic() &- began))
    }

    private func granted(_ turn: Turn) {
        ticket = nil
        guard !isReleased else {
            loop.shared.turns.release(turn)
            return
        }
        held.append(turn)
        next()
    }

    func deadlinePassed(now: UInt64) {
        guard let ticket, loop.shared.turns.cancel(ticket) else { return }
        self.ticket = nil
        give(up: .expired(waited: now &- began))
    }

    private func give(up outcome: Outcome) {
        let done = done
        release()
        done?(outcome)
    }

    private func finish(_ outcome: Outcome) {
        let done = done
        self.done = nil
        done?(outcome)
    }

    private func countWaiting(was before: TurnTicket?) {
        guard (before == nil) != (ticket == nil) else { return }
        let change = ticket == nil ? -1 : 1
        loop.meters.update(slot) { $0.queued += change }
    }

    /// Gives back what is held and leaves the line.
    func release() {
        guard !isReleased else { return }
        isReleased = true
        done = nil
        loop.deadlines.remove(self)
        if let ticket {
            _ = loop.shared.turns.cancel(ticket)  // if it was granted meanwhile, `granted` gives it back
            self.ticket = nil
        }
        for turn in held.reversed() { loop.shared.turns.release(turn) }
        held = []
    }
}

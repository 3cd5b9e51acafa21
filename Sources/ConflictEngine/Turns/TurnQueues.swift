/// The rules of turns alone, without lock or thread: one writer per resource, the others in line, first come first
/// served.
///
/// ``TurnTable`` guards it. A resource is known only while somebody holds or awaits its turn, so memory is bounded by
/// the exchanges in flight.
package struct TurnQueues {
    /// What a release brings about.
    package enum Release {
        /// The turn was not held: released before, or never granted.
        case notHeld
        /// Nobody waited; the resource is free.
        case freed
        /// The next in line has the turn; tell it, outside any lock.
        case passed(Turn, to: TurnTable.Waiter)
    }

    private struct Line {
        var stamp: UInt64
        var holder: UInt64
        var waiting = WaitingLine()
    }

    private var lines: [ResourceIdentity: Line] = [:]
    private var lastStamp: UInt64 = 0
    /// How many writers wait, over all resources.
    package private(set) var waiting = 0

    /// No turns held.
    package init() {}

    /// How many turns are held.
    package var held: Int { lines.count }

    /// How many writers wait for a resource.
    package func waiting(for identity: ResourceIdentity) -> Int { lines[identity]?.waiting.count ?? 0 }

    /// Asks for a turn; `limit` is how many may wait besides the holder.
    package mutating func request(
        _ identity: ResourceIdentity,
        limit: Int,
        waiter: @escaping TurnTable.Waiter
    ) -> TurnRequest {
        guard let length = lines[identity]?.waiting.count else {
            lastStamp &+= 1
            lines[identity] = Line(stamp: lastStamp, holder: 0)
            return .granted(Turn(identity: identity, line: lastStamp, number: 0))
        }
        guard length < limit, let ticket = enqueue(identity, waiter) else { return .full(length: length) }
        waiting += 1
        return .queued(ticket, position: length + 1)
    }

    /// Takes a waiter out of line; false if it is not waiting (any more).
    package mutating func cancel(_ ticket: TurnTicket) -> Bool {
        guard lines[ticket.identity]?.stamp == ticket.line,
            lines[ticket.identity]?.waiting.remove(ticket.number) == true
        else { return false }
        waiting -= 1
        return true
    }

    /// Gives a turn back and hands it to the one who has waited longest.
    package mutating func release(_ turn: Turn) -> Release {
        guard let line = lines[turn.identity], line.stamp == turn.line, line.holder == turn.number else {
            return .notHeld
        }
        guard let next = lines[turn.identity]?.waiting.popFirst() else {
            lines[turn.identity] = nil
            return .freed
        }
        waiting -= 1
        lines[turn.identity]?.holder = next.number
        return .passed(Turn(identity: turn.identity, line: turn.line, number: next.number), to: next.waiter)
    }

    private mutating func enqueue(
        _ identity: ResourceIdentity,
        _ waiter: @escaping TurnTable.Waiter
    ) -> TurnTicket? {
        guard let stamp = lines[identity]?.stamp, let number = lines[identity]?.waiting.append(waiter) else {
            return nil
        }
        return TurnTicket(identity: identity, line: stamp, number: number)
    }
}

import ConflictEngine
import Testing

/// The rules of turns as plain lists, to compare with.
struct LineModel {
    private struct Line {
        var holder: Turn
        var waiting: [(ticket: TurnTicket, writer: Int)] = []
    }

    private var lines: [ResourceIdentity: Line] = [:]
    /// Every ticket and turn ever given out: old ones must stay without effect.
    private(set) var tickets: [TurnTicket] = []
    private(set) var turns: [Turn] = []

    var held: Int { lines.count }
    var waiting: Int { lines.values.reduce(0) { $0 + $1.waiting.count } }

    mutating func requested(_ identity: ResourceIdentity, limit: Int, by writer: Int, _ outcome: TurnRequest) {
        let length = lines[identity]?.waiting.count
        switch outcome {
        case .granted(let turn):
            #expect(length == nil)
            #expect(!turns.contains(turn))
            lines[identity] = Line(holder: turn)
            turns.append(turn)
        case .queued(let ticket, let position):
            #expect(position == (length ?? -1) + 1)
            #expect((length ?? limit) < limit)
            #expect(!tickets.contains(ticket))
            lines[identity]?.waiting.append((ticket, writer))
            tickets.append(ticket)
        case .full(let reported):
            #expect(length == limit)
            #expect(reported == limit)
        }
    }

    mutating func cancelled(_ ticket: TurnTicket, _ outcome: Bool) {
        let place = lines[ticket.identity]?.waiting.firstIndex { $0.ticket == ticket }
        #expect(outcome == (place != nil))
        if let place { lines[ticket.identity]?.waiting.remove(at: place) }
    }

    mutating func released(_ turn: Turn, _ outcome: TurnQueues.Release, _ told: TurnRecorder) {
        let line = lines[turn.identity]
        switch outcome {
        case .notHeld:
            #expect(line?.holder != turn)
        case .freed:
            #expect(line?.holder == turn)
            #expect(line?.waiting.isEmpty == true)
            lines[turn.identity] = nil
        case .passed(let next, let waiter):
            waiter(next)
            #expect(line?.holder == turn)
            #expect(told.values.last == line?.waiting.first?.writer)
            lines[turn.identity]?.waiting.removeFirst()
            lines[turn.identity]?.holder = next
            turns.append(next)
        }
    }
}

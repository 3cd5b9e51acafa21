import ConflictEngine
import Testing

struct QuarantineTests {
    private func identity(_ number: Int) -> ResourceIdentity {
        ResourceIdentity(upstream: "u", path: Array("/\(number)".utf8))
    }

    @Test func `a resource settles first and then waits for a read`() {
        let table = QuarantineTable()
        #expect(table.state(of: identity(1), now: 0) == nil)
        table.enter(identity(1), until: 100)
        #expect(table.state(of: identity(1), now: 40) == .settling(remaining: 60))
        #expect(table.state(of: identity(1), now: 100) == .awaitingRead)
        #expect(table.state(of: identity(2), now: 40) == nil)
        #expect(table.load == (active: 1, dropped: 0))
        #expect(table.readSucceeded(identity(1), sentAt: 100))
        #expect(table.state(of: identity(1), now: 100) == nil)
        #expect(!table.readSucceeded(identity(1), sentAt: 100))
    }

    @Test func `a read sent while settling proves nothing`() {
        let table = QuarantineTable()
        table.enter(identity(1), until: 100)
        #expect(!table.readSucceeded(identity(1), sentAt: 99))
        #expect(table.state(of: identity(1), now: 200) == .awaitingRead)
    }

    @Test func `another lost write extends and never shortens`() {
        let table = QuarantineTable()
        table.enter(identity(1), until: 100)
        table.enter(identity(1), until: 50)
        #expect(table.state(of: identity(1), now: 0) == .settling(remaining: 100))
        table.enter(identity(1), until: UInt64.max)
        #expect(table.state(of: identity(1), now: 1) == .settling(remaining: UInt64.max - 1))
        #expect(table.load.active == 1)
    }

    @Test func `a full table drops the oldest, names and counts it`() {
        let table = QuarantineTable(capacity: 3)
        for number in 1...3 { #expect(table.enter(identity(number), until: 100) == nil) }
        #expect(table.readSucceeded(identity(1), sentAt: 100))
        #expect(table.enter(identity(1), until: 300) == nil)
        #expect(table.enter(identity(4), until: 300) == identity(2))
        #expect(table.load == (active: 3, dropped: 1))
        #expect(table.state(of: identity(2), now: 0) == nil)
        #expect(table.state(of: identity(1), now: 0) != nil)
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `agrees with a plain table under random use`(seed: UInt64) {
        var chance = SeededTurns(seed)
        var quarantines = Quarantines(capacity: 8)
        var model: [(identity: ResourceIdentity, until: UInt64)] = []
        var dropped = 0
        for now in 0..<3000 as Range<UInt64> {
            let chosen = identity(Int.random(in: 0..<12, using: &chance))
            let place = model.firstIndex { $0.identity == chosen }
            if Bool.random(using: &chance) {
                let end = now + UInt64.random(in: 0...30, using: &chance)
                let victim = quarantines.enter(chosen, until: end)
                if let place {
                    model[place].until = max(model[place].until, end)
                    #expect(victim == nil)
                } else {
                    let oldest = model.count == 8 ? model.removeFirst().identity : nil
                    #expect(victim == oldest)
                    dropped += victim == nil ? 0 : 1
                    model.append((chosen, end))
                }
            } else {
                let ends = place.map { model[$0].until <= now } ?? false
                let ended = quarantines.readSucceeded(chosen, sentAt: now)
                #expect(ended == ends)
                if ends, let place { model.remove(at: place) }
            }
            let expected = model.first { $0.identity == chosen }
                .map { $0.until > now ? QuarantineState.settling(remaining: $0.until - now) : .awaitingRead }
            #expect(quarantines.state(of: chosen, now: now) == expected)
            #expect(quarantines.count == model.count)
            #expect(quarantines.dropped == dropped)
        }
    }
}

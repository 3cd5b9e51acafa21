import ConflictEngine
import HTTPSemantics
import Testing

@Suite struct LockTimeTests {
    @Test("what has expired is gone at once, before anybody takes it out")
    func expiry() throws {
        var table = LockTable()
        _ = try table.grant(wish("a", "/a"), now: 0)
        _ = try table.grant(wish("c", "/c"), now: 500)
        #expect(refusal(&table, try wish("b", "/a"), now: 999) == ["a"])
        #expect(refusal(&table, try wish("b", "/a"), now: 1000).isEmpty)
        #expect(names(table.all(now: 1000)) == ["c", "b"] && table.count == 3)
        #expect(names(table.removeExpired(now: 1000)) == ["a"])
        #expect(table.removeExpired(now: 1000).isEmpty && table.count == 2)
        #expect(names(table.removeExpired(now: 5000)).sorted() == ["b", "c"])
    }

    @Test("a clock that is set back revives nothing")
    func clockSetBack() throws {
        var table = LockTable()
        let first = try table.grant(wish("a", "/a"), now: 0)
        let second = try table.grant(wish("b", "/a"), now: 1000)
        #expect(table.lock(first.token, now: 0) == nil)
        #expect(names(table.locksCovering(place("/a"), now: 10)) == ["b"])
        #expect(try table.refresh(second.token, at: place("/a"), by: "alice", duration: 7, now: 3).expiresAt == 1007)
    }

    @Test("times at the ends of the scale overflow nowhere")
    func extremeTimes() throws {
        var table = LockTable()
        var wish = try wish("a", "/a")
        wish.duration = .max
        let lock = try table.grant(wish, now: 5)
        #expect(lock.expiresAt == .max)
        #expect(lock.active(at: .min).timeout > 0 && lock.active(at: .max).timeout == 0)
        wish.duration = .min
        wish.root = place("/b")
        wish.token = try token("b")
        #expect(try table.grant(wish, now: 5).expiresAt == 6)
        #expect(try table.refresh(lock.token, at: place("/a"), by: "alice", duration: 0, now: 9).expiresAt == 10)
        #expect(table.removeExpired(now: .max).count == 2)
    }

    @Test("every fencing number is greater than all before it, restored ones included")
    func fences() throws {
        var table = LockTable()
        let first = try table.grant(wish("a", "/a"), now: 0)
        _ = try table.release(first.token, at: place("/a"), by: "alice", now: 0)
        let second = try table.grant(wish("b", "/b"), now: 0)
        #expect(second.fence > first.fence && table.lastFence == second.fence)
        var restored = LockTable(restoring: [second], highestFence: 1)
        #expect(try restored.grant(wish("c", "/c"), now: 0).fence == 3)
        var higher = LockTable(restoring: [second], highestFence: 70)
        #expect(try higher.grant(wish("c", "/c"), now: 0).fence == 71)
        var lowest = LockTable(highestFence: .min)
        #expect(try lowest.grant(wish("c", "/c"), now: 0).fence == 1)
        var highest = LockTable(highestFence: .max)
        #expect(throws: LockRefusal.noFenceLeft) { try highest.grant(wish("c", "/c"), now: 0) }
        #expect(highest.count == 0)
    }

    @Test("a refused grant uses up no fencing number")
    func refusalsKeepTheFence() throws {
        var table = LockTable()
        _ = try table.grant(wish("a", "/a"), now: 0)
        _ = refusal(&table, try wish("b", "/a"))
        #expect(table.lastFence == 1)
    }

    @Test("restored locks hold as before, and of two with one token the later one")
    func restores() throws {
        var table = LockTable()
        let lock = try table.grant(wish("a", "/a", .exclusive, .infinity), now: 0)
        let older = LockTable(restoring: [lock]).all(now: 0)
        #expect(older == [lock])
        var other = LockTable(highestFence: 5)
        let later = try other.grant(wish("a", "/later"), now: 0)
        for locks in [[lock, later], [later, lock]] {
            let both = LockTable(restoring: locks)
            #expect(both.all(now: 0) == [later])
            #expect(both.locksCovering(place("/a"), now: 0).isEmpty)
        }
    }

    @Test("a full table refuses, until something expires")
    func full() throws {
        var table = LockTable(capacity: 2)
        _ = try table.grant(wish("a", "/a"), now: 0)
        _ = try table.grant(wish("b", "/b"), now: 500)
        #expect(throws: LockRefusal.tableFull(capacity: 2)) { try table.grant(wish("c", "/c"), now: 999) }
        #expect(throws: LockRefusal.self) { try table.grant(wish("c", "/b"), now: 999) }
        #expect(try table.grant(wish("c", "/c"), now: 1000).fence == 3)
        #expect(names(table.all(now: 1000)) == ["b", "c"])
        let restored = LockTable(capacity: 1, restoring: table.all(now: 1000))
        #expect(restored.count == 2)
    }

    @Test("a record says all and reads back; one with unknown words is no lock")
    func records() throws {
        var table = LockTable()
        var wish = try wish("a", "/a", .shared, .infinity, by: nil)
        wish.owner = [1, 2]
        let lock = try table.grant(wish, now: 7)
        var record = LockRecord(lock)
        #expect(record.lock == lock)
        #expect(record.token == "urn:test:a" && record.scope == "shared" && record.depth == "infinity")
        record.depth = "1"
        #expect(record.lock == nil)
        record.depth = "0"
        #expect(record.lock?.depth == .zero)
        record.token = "no uri"
        #expect(record.lock == nil)
    }

    @Test("lockdiscovery counts the seconds that are left, rounded up")
    func activeLocks() throws {
        var table = LockTable()
        let lock = try table.grant(wish("a", "/a"), now: 100)
        for (now, seconds) in [(Int64(100), Int64(1)), (1099, 1), (1100, 0), (2000, 0), (99, 2)] {
            #expect(lock.active(at: now).timeout == seconds)
        }
        #expect(lock.active(at: 0).root == octets("/a"))
    }
}

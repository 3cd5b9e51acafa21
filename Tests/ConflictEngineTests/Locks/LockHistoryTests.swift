import ConflictEngine
import HTTPSemantics
import Testing

/// Random histories of many clients, in which the table and a plain list must always agree.
@Suite struct LockHistoryTests {
    private struct History {
        var chance: SeededTurns
        var table = LockTable(capacity: 60)
        var model = LockModel()
        var now: Int64 = 0
        var tokens: [StateToken] = []
        var granted = 0
        var blocked = 0

        init(_ seed: UInt64) { chance = SeededTurns(seed) }

        mutating func resource() -> ResourceIdentity {
            let depth = Int.random(in: 0...4, using: &chance)
            let names = ["a", "b", "a!", "", "ab"]
            let segments = (0..<depth).map { _ in names.randomElement(using: &chance) ?? "a" }
            let end = Bool.random(using: &chance) ? "/" : ""
            let path = segments.isEmpty ? "/" : "/" + segments.joined(separator: "/") + end
            return place(path, upstream: Int.random(in: 0..<8, using: &chance) == 0 ? "other" : "dav")
        }

        mutating func principal() -> String? { ["alice", "bob", "carol", nil].randomElement(using: &chance) ?? nil }

        mutating func someTokens() -> [StateToken] {
            (0..<Int.random(in: 0...6, using: &chance)).compactMap { _ in
                tokens.suffix(20).randomElement(using: &chance)
            }
        }
    }

    private func grant(_ history: inout History) throws {
        let name = try token("t\(history.tokens.count)")
        let wish = LockRequest(
            token: name,
            root: history.resource(),
            scope: Int.random(in: 0..<3, using: &history.chance) == 0 ? .exclusive : .shared,
            depth: Int.random(in: 0..<3, using: &history.chance) == 0 ? .infinity : .zero,
            principal: history.principal(),
            duration: Int64.random(in: 1...400, using: &history.chance)
        )
        let conflicts = history.model.conflicts(wish, history.now)
        do throws(LockRefusal) {
            let lock = try history.table.grant(wish, now: history.now)
            #expect(conflicts.isEmpty)
            let isHigher = history.model.granted(lock)
            #expect(isHigher)
            #expect(lock.expiresAt == history.now + wish.duration)
            history.tokens.append(name)
            history.granted += 1
        } catch .conflicting(let locks) {
            #expect(Set(locks) == conflicts && locks.count == conflicts.count)
        } catch .tableFull(let capacity) {
            #expect(history.model.live(history.now).count >= capacity)
        } catch {
            Issue.record("\(error)")
        }
    }

    private func refreshOrRelease(_ history: inout History) {
        guard let token = history.tokens.suffix(30).randomElement(using: &history.chance) else { return }
        let known = history.model.locks.first { $0.token == token }
        let isFair = Bool.random(using: &history.chance)
        let resource = isFair ? known?.root ?? history.resource() : history.resource()
        let principal = isFair ? known?.principal : history.principal()
        let fault = history.model.fault(token, LockModel.segments(resource), principal, history.now)
        do throws(LockFault) {
            if Bool.random(using: &history.chance) {
                let lock = try history.table.refresh(
                    token,
                    at: resource,
                    by: principal,
                    duration: 200,
                    now: history.now
                )
                #expect(lock.fence == known?.fence && lock.expiresAt == history.now + 200)
                history.model.refreshed(lock)
            } else {
                let lock = try history.table.release(token, at: resource, by: principal, now: history.now)
                history.model.removed([lock])
            }
            #expect(fault == nil)
        } catch {
            #expect(error == fault)
        }
    }

    private func write(_ history: inout History) {
        let target = history.resource()
        let write =
            switch Int.random(in: 0..<8, using: &history.chance) {
            case 0: GuardedWrite.move(target, to: history.resource(), replaces: true)
            case 1: GuardedWrite.move(target, to: history.resource(), replaces: false)
            case 2: GuardedWrite.copy(to: target, replaces: true)
            case 3: GuardedWrite(.createLocked, target)
            case 4: GuardedWrite(.remove, target)
            case 5: GuardedWrite(.create, target)
            default: GuardedWrite(.change, target)
            }
        let caller = LockCaller(principal: history.principal(), tokens: history.someTokens())
        let found = history.table.whatBlocks(write, by: caller, now: history.now)
        #expect(Set(found) == history.model.blocking(write, caller, history.now))
        #expect(Set(found).count == found.count)
        history.blocked += found.isEmpty ? 0 : 1
        guard found.isEmpty, write.parts.contains(where: { $0.effect == .remove }) else { return }
        let gone = history.table.removeTree(target)
        #expect(Set(gone).isSubset(of: history.model.tree(LockModel.segments(target))))
        history.model.removed(gone)
        #expect(history.model.tree(LockModel.segments(target)).allSatisfy { $0.expiresAt <= history.now })
    }

    private func compare(_ history: inout History) {
        let resource = history.resource()
        let covering = history.table.locksCovering(resource, now: history.now)
        #expect(Set(covering) == history.model.covering(LockModel.segments(resource), history.now))
        #expect(Set(history.table.all(now: history.now)) == Set(history.model.live(history.now)))
    }

    @Test("the table and a plain list agree about every step", arguments: UInt64(0)..<60)
    func agreement(seed: UInt64) throws {
        var history = History(seed)
        for _ in 0..<400 {
            history.now += Int64.random(in: 0...20, using: &history.chance)
            switch Int.random(in: 0..<10, using: &history.chance) {
            case 0..<4: try grant(&history)
            case 4..<6: refreshOrRelease(&history)
            case 6..<9: write(&history)
            default:
                let live = history.model.live(history.now)
                let gone = history.table.removeExpired(now: history.now)
                #expect(gone.allSatisfy { $0.expiresAt <= history.now })
                #expect(history.table.count == live.count)
            }
            compare(&history)
        }
        #expect(history.granted > 20)
        #expect(history.blocked > 5)
    }

    @Test("a table restored from its records goes on as the old one would", arguments: UInt64(0)..<10)
    func restoring(seed: UInt64) throws {
        var history = History(seed &+ 1000)
        for _ in 0..<60 { try grant(&history) }
        let records = history.table.all(now: history.now).map { LockRecord($0) }
        history.table = LockTable(
            capacity: 60,
            restoring: records.compactMap(\.lock),
            highestFence: history.table.lastFence
        )
        for _ in 0..<60 {
            try grant(&history)
            write(&history)
            compare(&history)
        }
    }
}

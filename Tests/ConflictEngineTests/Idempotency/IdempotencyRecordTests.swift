import ConflictEngine
import Testing

struct IdempotencyRecordTests {
    private let answer = KeptAnswer(status: 201, lines: Array("Location: /orders/1\r\n".utf8), body: [1, 2])

    private func begun(at now: Int64 = 100, leaseEnd: Int64 = 200, fence: Int64 = 7) throws -> IdempotencyRecord? {
        var record: IdempotencyRecord?
        let claim = try LedgerClaims.claim(at: now, leaseEnd: leaseEnd)
        #expect(IdempotencyRecord.rule(on: claim, &record, fence: { fence }) == .begun(fence: fence))
        return record
    }

    private func completed() throws -> IdempotencyRecord? {
        var record = try begun()
        #expect(IdempotencyRecord.settle(&record, fence: 7, as: completion))
        return record
    }

    private var completion: IdempotencySettlement {
        .completed(answer, at: 150, keptUntil: 1_000, rememberedUntil: 2_000)
    }

    /// What a claim is told when no new number may be given out.
    private func ruling(_ record: inout IdempotencyRecord?, at now: Int64, body: String = "a") throws
        -> IdempotencyRuling
    {
        let claim = try LedgerClaims.claim(body: body, at: now, leaseEnd: now + 100)
        return IdempotencyRecord.rule(on: claim, &record) {
            Issue.record("a number was asked for although the key is taken")
            return 0
        }
    }

    @Test func `the first claim begins and is kept with all that belongs to it`() throws {
        let record = try #require(try begun())
        #expect(record.fence == 7)
        #expect(record.begunAt == 100)
        #expect(record.state == .running(leaseEnd: 200))
        #expect(record.fingerprint == (try LedgerClaims.claim().fingerprint.digest))
        #expect(!record.isForgotten(at: .max))
    }

    @Test(arguments: [-5, 100, 199, 200] as [Int64])
    func `while it runs others are told so, up to the end of the lease`(now: Int64) throws {
        var record = try begun()
        let before = record
        #expect(try ruling(&record, at: now) == .running(leaseEnd: 200))
        #expect(record == before)
    }

    @Test(arguments: [201, 10_000, Int64.max - 100])
    func `a lease that ran out makes it uncertain, and nobody ever begins it again`(now: Int64) throws {
        var record = try begun()
        #expect(try ruling(&record, at: now) == .uncertain(begunAt: 100))
        #expect(record?.state == .uncertain)
        // Not even for a clock that goes backwards.
        for time in [now, 0, 150, Int64.max - 100] {
            #expect(try ruling(&record, at: time) == .uncertain(begunAt: 100))
        }
        #expect(record?.isForgotten(at: .max) == false)
    }

    @Test func `another request under the key is told so in every state`() throws {
        var running = try begun()
        #expect(try ruling(&running, at: 150, body: "b") == .keyReused)
        #expect(running?.state == .running(leaseEnd: 200))
        #expect(try ruling(&running, at: 201, body: "b") == .keyReused)
        #expect(running?.state == .uncertain)
        #expect(try ruling(&running, at: 202, body: "b") == .keyReused)
        var completed = try completed()
        #expect(try ruling(&completed, at: 999, body: "b") == .keyReused)
        #expect(try ruling(&completed, at: 1_999, body: "b") == .keyReused)
    }

    @Test func `a completed one is replayed, then spent, then forgotten`() throws {
        var record = try completed()
        let kept = record
        for now in [0, 150, 999] as [Int64] { #expect(try ruling(&record, at: now) == .completed(answer)) }
        for now in [1_000, 1_999] as [Int64] { #expect(try ruling(&record, at: now) == .spent(completedAt: 150)) }
        #expect(record == kept)
        #expect(record?.isForgotten(at: 1_999) == false)
        #expect(record?.isForgotten(at: 2_000) == true)
        let claim = try LedgerClaims.claim(body: "b", at: 2_000, leaseEnd: 2_100)
        #expect(IdempotencyRecord.rule(on: claim, &record, fence: { 8 }) == .begun(fence: 8))
        #expect(record?.fingerprint == claim.fingerprint.digest)
        #expect(record?.begunAt == 2_000)
    }

    @Test func `an answer whose body was too long is replayed as such`() throws {
        var record = try begun()
        let short = KeptAnswer(status: 200, lines: [], body: nil)
        let settlement = IdempotencySettlement.completed(short, at: 1, keptUntil: 500, rememberedUntil: 900)
        #expect(IdempotencyRecord.settle(&record, fence: 7, as: settlement))
        #expect(try ruling(&record, at: 300) == .completed(short))
    }

    @Test func `what was not applied leaves the key free, for another request too`() throws {
        var record = try begun()
        #expect(IdempotencyRecord.settle(&record, fence: 7, as: .notApplied))
        #expect(record == nil)
        let claim = try LedgerClaims.claim(body: "b", at: 101, leaseEnd: 300)
        #expect(IdempotencyRecord.rule(on: claim, &record, fence: { 8 }) == .begun(fence: 8))
        #expect(!IdempotencyRecord.settle(&record, fence: 7, as: completion))
        #expect(!IdempotencyRecord.renew(&record, fence: 7, until: 900))
        #expect(record?.state == .running(leaseEnd: 300))
    }

    @Test func `what is uncertain stays so until the one who began it knows better`() throws {
        var record = try begun()
        #expect(IdempotencyRecord.settle(&record, fence: 7, as: .uncertain))
        #expect(try ruling(&record, at: 101) == .uncertain(begunAt: 100))
        #expect(IdempotencyRecord.settle(&record, fence: 7, as: .uncertain))
        #expect(!IdempotencyRecord.settle(&record, fence: 6, as: .notApplied))
        #expect(IdempotencyRecord.settle(&record, fence: 7, as: completion))
        #expect(try ruling(&record, at: 300) == .completed(answer))
    }

    @Test func `a settlement that comes after the lease ran out still counts`() throws {
        for settlement in [completion, .notApplied, .uncertain] {
            var record = try begun()
            #expect(try ruling(&record, at: 201) == .uncertain(begunAt: 100))
            #expect(IdempotencyRecord.settle(&record, fence: 7, as: settlement))
            #expect((record == nil) == (settlement == .notApplied))
        }
    }

    @Test func `what is completed never changes again`() throws {
        var record = try completed()
        let kept = record
        for settlement in [completion, .notApplied, .uncertain] {
            #expect(!IdempotencyRecord.settle(&record, fence: 7, as: settlement))
        }
        #expect(!IdempotencyRecord.renew(&record, fence: 7, until: 5_000))
        #expect(record == kept)
    }

    @Test func `a renewal moves the end of the lease, also after it ran out`() throws {
        var record = try begun()
        #expect(IdempotencyRecord.renew(&record, fence: 7, until: 500))
        #expect(try ruling(&record, at: 500) == .running(leaseEnd: 500))
        #expect(try ruling(&record, at: 501) == .uncertain(begunAt: 100))
        #expect(IdempotencyRecord.renew(&record, fence: 7, until: 900))
        #expect(try ruling(&record, at: 900) == .running(leaseEnd: 900))
    }

    @Test func `another number changes nothing`() throws {
        var running = try begun()
        let before = running
        for fence in [6, 8, 0, -7, Int64.min, Int64.max] {
            for settlement in [completion, .notApplied, .uncertain] {
                #expect(!IdempotencyRecord.settle(&running, fence: fence, as: settlement))
            }
            #expect(!IdempotencyRecord.renew(&running, fence: fence, until: 900))
        }
        #expect(running == before)
        var absent: IdempotencyRecord?
        #expect(!IdempotencyRecord.settle(&absent, fence: 7, as: completion))
        #expect(!IdempotencyRecord.renew(&absent, fence: 7, until: 900))
        #expect(absent == nil)
    }
}

import ConflictEngine
import Testing

/// Random calls about one key, compared with a plain account of what happened.
struct IdempotencyRecordWalkTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `at most one request is carried out per key, whatever comes in whatever order`(seed: UInt64) throws {
        var chance = SeededTurns(seed)
        var record: IdempotencyRecord?
        var oracle = KeyOracle()
        var fences: [Int64] = [0]
        var now: Int64 = 0
        for step in 0..<3_000 as Range<Int64> {
            // Now and then the clock goes backwards.
            now += Int64.random(in: -3...9, using: &chance)
            let fence = Bool.random(using: &chance) ? fences.last : fences.randomElement(using: &chance)
            let number = try #require(fence)
            switch Int.random(in: 0..<10, using: &chance) {
            case 0..<5:
                let body = Int.random(in: 0..<6, using: &chance) == 0 ? "b" : "a"
                let claim = try LedgerClaims.claim(body: body, at: now, leaseEnd: now + 20)
                let next = try #require(fences.last) + 1
                let told = IdempotencyRecord.rule(on: claim, &record, fence: { next })
                try #require(told == oracle.claimed(body, at: now, leaseEnd: now + 20, next: next))
                if case .begun(let fence) = told { fences.append(fence) }
            case 5..<7:
                let isTaken = IdempotencyRecord.renew(&record, fence: number, until: now + 20)
                try #require(isTaken == oracle.renewed(number, until: now + 20))
            default:
                let settlement = settlement(step, at: now, using: &chance)
                let isTaken = IdempotencyRecord.settle(&record, fence: number, as: settlement)
                try #require(isTaken == oracle.settled(number, as: settlement))
            }
            #expect(oracle.executions <= 1)
        }
        #expect(fences.count > 20)
    }

    private func settlement(_ step: Int64, at now: Int64, using chance: inout SeededTurns) -> IdempotencySettlement {
        switch Int.random(in: 0..<4, using: &chance) {
        case 0: .notApplied
        case 1: .uncertain
        default:
            .completed(
                KeptAnswer(status: 200, lines: [], body: Array("\(step)".utf8)),
                at: now,
                keptUntil: now + 15,
                rememberedUntil: now + 40
            )
        }
    }
}

import ConflictEngine
import StoragePorts

extension IdempotencyLedgerContract {
    /// Calls that nobody waits for in between.
    static let ordering: [Promise] = [
        Promise("lets calls about one key take effect in the order in which they were made") { ledger in
            let claim = try IdempotencyClaim.sample(1)
            let fence = try await ledger.fence(of: claim)
            let tally = LedgerTally(6)
            ledger.renew(claim.scope, fence: fence, until: 3_000) { tally.note(0, "\($0)") }
            ledger.begin(claim) { tally.note(1, "\($0)") }
            ledger.settle(claim.scope, fence: fence, as: .uncertain) { tally.note(2, "\($0)") }
            ledger.begin(claim) { tally.note(3, "\($0)") }
            ledger.settle(claim.scope, fence: fence, as: .sample()) { tally.note(4, "\($0)") }
            ledger.begin(claim) { tally.note(5, "\($0)") }
            let yes = "\(Result<Bool, StoreError>.success(true))"
            func told(_ ruling: IdempotencyRuling) -> String {
                "\(Result<IdempotencyRuling, StoreError>.success(ruling))"
            }
            let expected = [
                yes, told(.running(leaseEnd: 3_000)), yes, told(.uncertain(begunAt: 1_000)), yes,
                told(.completed(.sample)),
            ]
            try demand(await tally.words(), is: expected, "answers")
        },
        Promise("keeps that order over thousands of calls at once") { ledger in
            let claim = try IdempotencyClaim.sample(1)
            let fence = try await ledger.fence(of: claim)
            let tally = LedgerTally(4_000)
            for number in 0..<2_000 {
                ledger.renew(claim.scope, fence: fence, until: Int64(2_000 + number)) {
                    tally.note(2 * number, "\($0)")
                }
                ledger.begin(claim) { tally.note(2 * number + 1, "\($0)") }
            }
            let words = await tally.words()
            for number in 0..<2_000 {
                let ruling = IdempotencyRuling.running(leaseEnd: Int64(2_000 + number))
                let expected = "\(Result<IdempotencyRuling, StoreError>.success(ruling))"
                try demand(words[2 * number + 1], is: expected, "claim \(number)")
            }
        },
    ]

    /// Calls from many sides at once.
    static let crowding: [Promise] = [
        Promise("lets exactly one of many claims at once begin") { ledger in
            let rulings = try await withThrowingTaskGroup(of: IdempotencyRuling.self) { group in
                for _ in 0..<64 { group.addTask { try await ledger.begin(.sample(1)) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let others = rulings.filter { $0 == .running(leaseEnd: 2_000) }
            try demand(others.count, is: 63, "claims that were told that it runs")
            let begun = rulings.filter { ruling in if case .begun = ruling { true } else { false } }
            try demand(begun.count, is: 1, "claims that began")
        },
        Promise("answers thousands of claims on different keys, each with a number of its own") { ledger in
            let given = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for lane in 0..<8 {
                    group.addTask { try await fences(of: (lane * 500)..<((lane + 1) * 500), in: ledger) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            try demand(Set(given).count, is: 4_000, "numbers")
            try demand(await ledger.begin(.sample(3_999)), is: .running(leaseEnd: 2_000), "last key")
        },
        Promise("lets exactly one settle what two hold by the same number") { ledger in
            let fence = try await ledger.fence(of: .sample(1))
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<16 {
                    group.addTask { try await ledger.settle(.sample(1), fence: fence, as: .sample()) }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            try demand(taken, is: 1, "settlements that were taken")
        },
    ]

    /// Makes all claims before it waits for any of them.
    private static func fences(of numbers: Range<Int>, in ledger: any IdempotencyLedger) async throws -> [Int64] {
        try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in numbers { group.addTask { try await ledger.fence(of: .sample(number)) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}

import ConflictEngine
import StoragePorts

extension IdempotencyLedgerContract {
    /// Forgetting.
    static let pruning: [Promise] = [
        Promise("prunes an answer when its time is over, and the key when its own is") { ledger in
            try await complete([1], in: ledger)
            try demand(await ledger.prune(at: 4_999, limit: 10), is: 0, "before")
            try demand(await ledger.prune(at: 5_000, limit: 10), is: 1, "answer")
            try demand(await ledger.prune(at: 8_999, limit: 10), is: 0, "between")
            try demand(await ledger.begin(.sample(1, at: 5_000)), is: .spent(completedAt: 1_500), "spent")
            try demand(await ledger.begin(.sample(1, body: "b", at: 5_000)), is: .keyReused, "other request")
            try demand(await ledger.prune(at: 9_000, limit: 10), is: 1, "key")
            try demand(await ledger.prune(at: 9_000, limit: 10), is: 0, "afterwards")
            _ = try await ledger.fence(of: .sample(1, body: "b", at: 5_000))
        },
        Promise("does not give back an answer that was pruned, whatever the caller's clock says") { ledger in
            try await complete([1], in: ledger)
            _ = try await ledger.prune(at: 5_000, limit: 10)
            try demand(await ledger.begin(.sample(1, at: 1_600)), is: .spent(completedAt: 1_500), "spent")
        },
        Promise("never prunes what runs or is uncertain") { ledger in
            _ = try await ledger.fence(of: .sample(1))
            let fence = try await ledger.fence(of: .sample(2))
            _ = try await ledger.settle(.sample(2), fence: fence, as: .uncertain)
            _ = try await ledger.fence(of: .sample(3))
            _ = try await ledger.begin(.sample(3, at: 2_001))
            try demand(await ledger.prune(at: .max, limit: 10), is: 0, "pruned")
            try demand(await ledger.begin(.sample(1)), is: .running(leaseEnd: 2_000), "running")
            for number in [2, 3] {
                try demand(await ledger.begin(.sample(number)), is: .uncertain(begunAt: 1_000), "uncertain \(number)")
            }
        },
        Promise("prunes in portions, and nothing twice") { ledger in
            try await complete(1...25, in: ledger)
            var portions: [Int] = []
            repeat {
                portions.append(try await ledger.prune(at: 9_000, limit: 10))
            } while portions.last != 0
                && portions.count < 20
            // 25 answers and 25 keys.
            try demand(portions, is: [10, 10, 10, 10, 10, 0], "portions")
            for number in 1...25 { _ = try await ledger.fence(of: .sample(number, at: 3_000)) }
        },
        Promise("prunes nothing when it may forget nothing") { ledger in
            try await complete([1], in: ledger)
            try demand(await ledger.prune(at: 9_000, limit: 0), is: 0, "pruned")
            try demand(await ledger.begin(.sample(1)), is: .completed(.sample), "replay")
        },
        Promise("forgets the answer of a key that is begun anew") { ledger in
            try await complete([1], in: ledger)
            let fence = try await ledger.fence(of: .sample(1, at: 9_000, leaseEnd: 9_500))
            try demand(await ledger.prune(at: .max, limit: 10), is: 0, "pruned while it runs")
            let answer = KeptAnswer(status: 202, lines: [], body: [7])
            let settlement = IdempotencySettlement.completed(
                answer,
                at: 9_100,
                keptUntil: 10_000,
                rememberedUntil: 11_000
            )
            _ = try await ledger.settle(.sample(1), fence: fence, as: settlement)
            try demand(await ledger.begin(.sample(1, at: 9_200)), is: .completed(answer), "replay")
        },
    ]

    private static func complete(_ numbers: some Sequence<Int>, in ledger: any IdempotencyLedger) async throws {
        for number in numbers {
            let claim = try IdempotencyClaim.sample(number)
            let fence = try await ledger.fence(of: claim)
            try demand(await ledger.settle(claim.scope, fence: fence, as: .sample()), is: true, "key \(number)")
        }
    }
}

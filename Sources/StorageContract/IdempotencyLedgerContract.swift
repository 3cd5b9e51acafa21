import ConflictEngine
package import StoragePorts

/// What every idempotency ledger promises; each clause wants a ledger of its own that is still empty.
package enum IdempotencyLedgerContract {
    /// A promise of a ledger.
    package typealias Promise = Clause<any IdempotencyLedger>

    /// All promises.
    package static let clauses: [Promise] = beginning + leasing + settling + replaying + ordering + crowding + pruning

    private static let beginning: [Promise] = [
        Promise("lets the first claim begin and tells the next that it runs") { ledger in
            _ = try await ledger.fence(of: .sample(1))
            let again = try await ledger.begin(.sample(1, at: 1_100, leaseEnd: 9_000))
            try demand(again, is: .running(leaseEnd: 2_000), "second claim")
        },
        Promise("tells another request under the key that it is taken") { ledger in
            _ = try await ledger.fence(of: .sample(1))
            try demand(await ledger.begin(.sample(1, body: "b")), is: .keyReused, "other request")
            try demand(await ledger.begin(.sample(1)), is: .running(leaseEnd: 2_000), "same request")
        },
        Promise("keeps keys apart") { ledger in
            let first = try await ledger.fence(of: .sample(1))
            let second = try await ledger.fence(of: .sample(2, body: "b"))
            try demand(await ledger.settle(.sample(1), fence: second, as: .notApplied), is: false, "other's number")
            try demand(await ledger.settle(.sample(1), fence: first, as: .notApplied), is: true, "own number")
            try demand(await ledger.begin(.sample(2, body: "b")), is: .running(leaseEnd: 2_000), "other key")
        },
        Promise("numbers each claim above all before, whatever became of them") { ledger in
            var last = Int64.min
            for number in 1...6 {
                let claim = try IdempotencyClaim.sample(number % 2)
                let fence = try await ledger.fence(of: claim)
                try demand(fence > last, is: true, "\(fence) above \(last)")
                last = fence
                try demand(await ledger.settle(claim.scope, fence: fence, as: .notApplied), is: true, "settled")
            }
        },
    ]

    private static let leasing: [Promise] = [
        Promise("holds a claim for running up to the end of its lease, and for uncertain behind it, for ever") {
            ledger in
            _ = try await ledger.fence(of: .sample(1))
            try demand(await ledger.begin(.sample(1, at: 2_000)), is: .running(leaseEnd: 2_000), "at the end")
            for time in [2_001, 1_500, Int64.max] {
                try demand(await ledger.begin(.sample(1, at: time)), is: .uncertain(begunAt: 1_000), "at \(time)")
            }
            try demand(await ledger.begin(.sample(1, body: "b", at: 3_000)), is: .keyReused, "other request")
        },
        Promise("renews a claim for its holder alone, also when it ran out") { ledger in
            let fence = try await ledger.fence(of: .sample(1))
            try demand(await ledger.renew(.sample(1), fence: fence + 1, until: 7_000), is: false, "another number")
            try demand(await ledger.renew(.sample(2), fence: fence, until: 7_000), is: false, "another key")
            try demand(await ledger.renew(.sample(1), fence: fence, until: 3_000), is: true, "holder")
            try demand(await ledger.begin(.sample(1, at: 3_000)), is: .running(leaseEnd: 3_000), "renewed")
            try demand(await ledger.begin(.sample(1, at: 3_001)), is: .uncertain(begunAt: 1_000), "run out")
            try demand(await ledger.renew(.sample(1), fence: fence, until: 4_000), is: true, "holder again")
            try demand(await ledger.begin(.sample(1, at: 4_000)), is: .running(leaseEnd: 4_000), "taken up")
        },
        Promise("does not renew what is settled") { ledger in
            let done = try await ledger.fence(of: .sample(1))
            let free = try await ledger.fence(of: .sample(2))
            _ = try await ledger.settle(.sample(1), fence: done, as: .sample())
            _ = try await ledger.settle(.sample(2), fence: free, as: .notApplied)
            try demand(await ledger.renew(.sample(1), fence: done, until: 9_000), is: false, "completed")
            try demand(await ledger.renew(.sample(2), fence: free, until: 9_000), is: false, "not applied")
        },
    ]

    private static let settling: [Promise] = [
        Promise("frees a key whose request was not applied, for any request") { ledger in
            let first = try await ledger.fence(of: .sample(1))
            try demand(await ledger.settle(.sample(1), fence: first, as: .notApplied), is: true, "settled")
            try demand(await ledger.settle(.sample(1), fence: first, as: .notApplied), is: false, "settled twice")
            let second = try await ledger.fence(of: .sample(1, body: "b"))
            try demand(second > first, is: true, "\(second) above \(first)")
            try demand(await ledger.settle(.sample(1), fence: first, as: .sample()), is: false, "late settlement")
            try demand(await ledger.begin(.sample(1, body: "b")), is: .running(leaseEnd: 2_000), "second")
        },
        Promise("never lets an uncertain key begin again") { ledger in
            let fence = try await ledger.fence(of: .sample(1))
            try demand(await ledger.settle(.sample(1), fence: fence, as: .uncertain), is: true, "settled")
            for time in [1_001, Int64.max] {
                try demand(await ledger.begin(.sample(1, at: time)), is: .uncertain(begunAt: 1_000), "at \(time)")
            }
        },
        Promise("takes the word of the one who began it even after the lease ran out") { ledger in
            let done = try await ledger.fence(of: .sample(1))
            let free = try await ledger.fence(of: .sample(2))
            for number in [1, 2] { _ = try await ledger.begin(.sample(number, at: 2_001)) }
            try demand(await ledger.settle(.sample(1), fence: done, as: .sample()), is: true, "completed")
            try demand(await ledger.settle(.sample(2), fence: free, as: .notApplied), is: true, "not applied")
            try demand(await ledger.begin(.sample(1, at: 2_002)), is: .completed(.sample), "replay")
            _ = try await ledger.fence(of: .sample(2, at: 2_002))
        },
        Promise("lets nothing change a completed key") { ledger in
            let fence = try await ledger.fence(of: .sample(1))
            try demand(await ledger.settle(.sample(1), fence: fence, as: .sample()), is: true, "settled")
            let other = KeptAnswer(status: 500, lines: [], body: [])
            for settlement in [.notApplied, .uncertain, .sample(other)] as [IdempotencySettlement] {
                try demand(await ledger.settle(.sample(1), fence: fence, as: settlement), is: false, "\(settlement)")
            }
            try demand(await ledger.begin(.sample(1)), is: .completed(.sample), "replay")
        },
        Promise("settles nothing under a key it does not know") { ledger in
            for settlement in [.notApplied, .uncertain, .sample()] as [IdempotencySettlement] {
                try demand(await ledger.settle(.sample(1), fence: 1, as: settlement), is: false, "\(settlement)")
            }
            _ = try await ledger.fence(of: .sample(1))
        },
    ]

    private static let replaying: [Promise] = [
        Promise("gives every answer back byte for byte") { ledger in
            let long = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let answers = [
                KeptAnswer.sample, KeptAnswer(status: 204, lines: [], body: []),
                KeptAnswer(status: 200, lines: [], body: nil),
                KeptAnswer(status: 999, lines: [0, 255], body: [0]),
                KeptAnswer(status: 303, lines: [0x0D, 0x0A], body: long),
            ]
            for (number, answer) in answers.enumerated() {
                let claim = try IdempotencyClaim.sample(number)
                let fence = try await ledger.fence(of: claim)
                _ = try await ledger.settle(claim.scope, fence: fence, as: .sample(answer))
            }
            for (number, answer) in answers.enumerated() {
                let ruling = try await ledger.begin(.sample(number))
                try demand(ruling == .completed(answer), is: true, "answer \(number)")
            }
        },
        Promise("replays while the answer is kept, then remembers the key, then forgets it") { ledger in
            let fence = try await ledger.fence(of: .sample(1))
            _ = try await ledger.settle(.sample(1), fence: fence, as: .sample())
            try demand(await ledger.begin(.sample(1, at: 4_999)), is: .completed(.sample), "kept")
            try demand(await ledger.begin(.sample(1, body: "b", at: 4_999)), is: .keyReused, "other request")
            for time in [5_000, 8_999] as [Int64] {
                try demand(await ledger.begin(.sample(1, at: time)), is: .spent(completedAt: 1_500), "at \(time)")
                try demand(await ledger.begin(.sample(1, body: "b", at: time)), is: .keyReused, "other at \(time)")
            }
            let next = try await ledger.fence(of: .sample(1, body: "b", at: 9_000, leaseEnd: 9_500))
            try demand(next > fence, is: true, "\(next) above \(fence)")
            let again = try await ledger.begin(.sample(1, body: "b", at: 9_001))
            try demand(again, is: .running(leaseEnd: 9_500), "begun anew")
        },
        Promise("keeps times of any size") { ledger in
            let claim = try IdempotencyClaim.sample(1, at: .min, leaseEnd: .max)
            let fence = try await ledger.fence(of: claim)
            try demand(await ledger.begin(.sample(1, at: .max)), is: .running(leaseEnd: .max), "running")
            let settlement = IdempotencySettlement.completed(.sample, at: .min, keptUntil: 0, rememberedUntil: .max)
            _ = try await ledger.settle(claim.scope, fence: fence, as: settlement)
            try demand(await ledger.begin(.sample(1, at: -1)), is: .completed(.sample), "kept")
            try demand(await ledger.begin(.sample(1, at: 0)), is: .spent(completedAt: .min), "spent")
        },
    ]
}

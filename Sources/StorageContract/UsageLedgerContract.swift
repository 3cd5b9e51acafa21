package import StoragePorts

/// What every usage ledger promises; each clause wants a ledger of its own that is still empty.
package enum UsageLedgerContract {
    /// A promise of a ledger.
    package typealias Promise = Clause<any UsageLedger>

    /// All promises.
    package static let clauses: [Promise] = keeping + windows + paging + filtering + totals + pruning

    /// Times and filters are tried around this moment.
    static let start: Int64 = 1_700_000_000_000

    private static let keeping: [Promise] = [
        Promise("gives every field back as it was") { ledger in
            let records = [ModelCallRecord.full(1), .sample(2)]
            try await ledger.append(records, windows: [])
            try demand(await all(ledger), is: records.reversed(), "records")
        },
        Promise("keeps every way in which a call can end") { ledger in
            let records = ModelCallRecord.Outcome.allCases.enumerated().map { number, outcome in
                ModelCallRecord.sample(number) { $0.outcome = outcome }
            }
            try await ledger.append(records, windows: [])
            try demand(await all(ledger).map(\.outcome), is: records.map(\.outcome).reversed(), "outcomes")
        },
        Promise("knows a zero from what was not told") { ledger in
            let zero = ModelCallRecord.sample(1, cost: 0) { record in
                record.tokens = TokenCounts(inputFresh: 0, outputReasoning: 0)
                record.timeToFirstToken = 0
            }
            try await ledger.append([zero, .sample(2)], windows: [])
            try demand(await all(ledger), is: [.sample(2), zero], "records")
        },
        Promise("takes nothing at all") { ledger in
            try await ledger.append([], windows: [])
            try demand(await all(ledger), is: [], "records")
            try demand(await ledger.windows(), is: [], "windows")
            try demand(await ledger.totals(UsageQuery(by: .consumer)), is: [], "totals")
        },
    ]

    private static let windows: [Promise] = [
        Promise("keeps the last window of each key, by key") { ledger in
            try await ledger.append([], windows: [window("b", 1, 5), window("a", 2, 6), window("b", 1, 9)])
            try demand(await ledger.windows(), is: [window("a", 2, 6), window("b", 1, 9)], "at first")
            try await ledger.append([.sample(1)], windows: [window("b", 7, 0)])
            try demand(await ledger.windows(), is: [window("a", 2, 6), window("b", 7, 0)], "afterwards")
        },
        Promise("keeps windows of any key and size") { ledger in
            let windows = [window("consumer/ü'\"/budget", .min, .max), window("group/w/tokens", .max, .min)]
            try await ledger.append([], windows: windows)
            try demand(await ledger.windows(), is: windows, "windows")
        },
    ]

    private static let paging: [Promise] = [
        Promise("lists newest first, by time and then by id") { ledger in
            let times: [Int64] = [1, 3, 2, 3]
            try await ledger.append(times.enumerated().map { .sample($0 + 1, at: start + $1) }, windows: [])
            let page = try await ledger.calls(UsageFilter(), after: nil, limit: 10)
            try demand(page.records.map(\.id), is: ["call-4", "call-2", "call-3", "call-1"], "ids")
            try demand(page.next, is: nil, "cursor behind a whole list")
        },
        Promise("pages through calls of the same time without losing or repeating one") { ledger in
            try await ledger.append((1...7).map { .sample($0) }, windows: [])
            var seen: [String] = []
            var cursor: UsageCursor?
            repeat {
                let page = try await ledger.calls(UsageFilter(), after: cursor, limit: 2)
                seen += page.records.map(\.id)
                cursor = page.next
            } while cursor != nil && seen.count < 20
            try demand(seen, is: (1...7).reversed().map { "call-\($0)" }, "ids")
        },
        Promise("ends with a page that has no next, and is not shifted by newer calls") { ledger in
            try await ledger.append((1...4).map { .sample($0, at: start + Int64($0)) }, windows: [])
            let first = try await ledger.calls(UsageFilter(), after: nil, limit: 2)
            try await ledger.append([.sample(5, at: start + 5)], windows: [])
            let second = try await ledger.calls(UsageFilter(), after: first.next, limit: 2)
            try demand(second.records.map(\.id), is: ["call-2", "call-1"], "ids")
            try demand(second.next, is: nil, "cursor")
        },
        Promise("pages through calls that were added in any order, and long after they began") { ledger in
            for (number, time) in [Int64](arrayLiteral: 50, 10, 90, 20, 60, 30, 80, 40, 70).enumerated() {
                let late = ModelCallRecord.sample(100 + number, at: start + time / 2)
                try await ledger.append([.sample(number, at: start + time), late], windows: [])
            }
            let listed = try await all(ledger)
            let times = listed.map(\.time)
            try demand(times, is: times.sorted(by: >), "times")
            var seen: [String] = []
            var cursor: UsageCursor?
            repeat {
                let page = try await ledger.calls(UsageFilter(), after: cursor, limit: 4)
                seen += page.records.map(\.id)
                cursor = page.next
            } while cursor != nil && seen.count < 40
            try demand(seen, is: listed.map(\.id), "ids")
            try demand(seen.count, is: 18, "number of calls")
        },
        Promise("treats a limit below 1 as 1") { ledger in
            try await ledger.append([.sample(1), .sample(2)], windows: [])
            try demand(await ledger.calls(UsageFilter(), after: nil, limit: -3).records.count, is: 1, "records")
        },
    ]

    private static let pruning: [Promise] = [
        Promise("forgets calls that are older than a time, and nothing else") { ledger in
            let records = (1...4).map { ModelCallRecord.sample($0, at: start + Int64($0)) }
            try await ledger.append(records, windows: [window("a", 1, 2)])
            try demand(await ledger.prune(before: start + 3), is: 2, "pruned")
            try demand(await all(ledger).map(\.id), is: ["call-4", "call-3"], "ids")
            try demand(await ledger.windows().count, is: 1, "windows")
            try demand(await ledger.prune(before: start + 3), is: 0, "pruned again")
        },
        Promise("forgets some of the calls that came together") { ledger in
            try await ledger.append((1...9).map { .sample($0, at: start + Int64($0 * 7 % 10)) }, windows: [])
            try demand(await ledger.prune(before: start + 5), is: 4, "pruned")
            try demand(await all(ledger).map { $0.time - start }, is: [9, 8, 7, 6, 5], "times")
            let totals = try await ledger.totals(UsageQuery(by: .model))
            try demand(totals.map(\.calls), is: [5], "sums")
        },
        Promise("forgets any number of calls") { ledger in
            try await ledger.append((1...4_500).map { .sample($0, at: start + Int64($0)) }, windows: [])
            try demand(await ledger.prune(before: .max), is: 4_500, "pruned")
            try demand(await all(ledger), is: [], "records")
        },
    ]
}

extension UsageLedgerContract {
    /// All calls, newest first.
    static func all(_ ledger: any UsageLedger, _ filter: UsageFilter = UsageFilter()) async throws -> [ModelCallRecord]
    {
        try await ledger.calls(filter, after: nil, limit: 10_000).records
    }

    private static func window(_ key: String, _ opened: Int64, _ used: Int64) -> QuotaWindow {
        QuotaWindow(key: key, opened: opened, used: used)
    }
}

import StoragePorts

extension UsageLedgerContract {
    private static let day = RollupSpan.day.rawValue

    /// What is promised of filters, for lists and sums alike.
    static let filtering: [Promise] = [
        Promise("lets through what meets every condition of the filter") { ledger in
            try await ledger.append(varied, windows: [])
            for (what, filter, expected) in filters {
                try demand(await all(ledger, filter).map(\.id), is: expected.map { "call-\($0)" }, what)
                let totals = try await ledger.totals(UsageQuery(by: .outcome, filter))
                try demand(totals.reduce(0) { $0 + $1.calls }, is: expected.count, "sums, \(what)")
            }
        },
        Promise("keeps names apart that only look the same") { ledger in
            let names = ["\u{E9}", "e\u{301}"]
            for (number, name) in names.enumerated() {
                try await ledger.append([.sample(number) { $0.model = name }], windows: [])
            }
            var filter = UsageFilter()
            filter.model = names[1]
            try demand(await all(ledger, filter).map(\.id), is: ["call-1"], "records")
            let totals = try await ledger.totals(UsageQuery(by: .model))
            try demand(totals.map(\.calls), is: [1, 1], "sums")
        },
        Promise("takes values of a filter as they are, whatever they contain") { ledger in
            try await ledger.append([.sample(1)], windows: [])
            var filter = UsageFilter()
            filter.model = "' OR 1=1 --"
            try demand(await all(ledger, filter), is: [], "records")
            try demand(await ledger.totals(UsageQuery(by: .model, filter)), is: [], "totals")
        },
    ]

    /// What is promised of sums.
    static let totals: [Promise] = [
        Promise("sums up by each key, costs first, and what has no value under none") { ledger in
            try await ledger.append(varied, windows: [])
            let expected: [(UsageKey, [String?])] = [
                (.consumer, ["bob", "alice", nil]), (.model, ["steady", "fast"]),
                (.provider, ["claude", "openai", nil]), (.key, ["claude/key-1", "openai/key-1", nil]),
                (.service, ["ai", "lab"]), (.outcome, ["completed", "failed", "cut", "refused"]),
                (.day, ["2023-11-14", "2023-11-15"]),
            ]
            for (key, values) in expected {
                let totals = try await ledger.totals(UsageQuery(by: key))
                try demand(totals.map(\.key), is: values, "\(key)")
                try demand(totals.reduce(0) { $0 + $1.calls }, is: varied.count, "calls by \(key)")
            }
        },
        Promise("counts calls, failures, estimates, tokens by class and costs by currency") { ledger in
            try await ledger.append(varied, windows: [])
            let totals = try await ledger.totals(UsageQuery(by: .consumer))
            var alice = UsageTotal(key: "alice")
            (alice.calls, alice.failed, alice.estimated) = (3, 2, 1)
            alice.tokens = TokenCounts(inputFresh: 30, cacheRead: 0, outputText: 5)
            alice.costs = [UsageCost(picounits: 7, currency: "EUR"), UsageCost(picounits: 3, currency: "USD")]
            try demand(totals.first { $0.key == "alice" }, is: alice, "alice")
            var nobody = UsageTotal(key: nil)
            nobody.calls = 1
            try demand(totals.last, is: nobody, "nobody")
        },
        Promise("orders what costs the same by calls and then by name, and a known zero before what is not known") {
            ledger in
            let consumers = ["b", "c", "c", "a", "d"]
            let records = consumers.enumerated().map { number, consumer in
                ModelCallRecord.sample(number, cost: consumer == "d" ? nil : 0) { $0.consumer = consumer }
            }
            try await ledger.append(records, windows: [])
            let totals = try await ledger.totals(UsageQuery(by: .consumer))
            try demand(totals.map(\.key), is: ["c", "a", "b", "d"], "keys")
            try demand(totals.map(\.costs.count), is: [1, 1, 1, 0], "costs")
        },
        Promise("sums up exactly what no number of 64 bits holds") { ledger in
            let tokens = TokenCounts(inputFresh: .max, outputText: -5)
            try await ledger.append(
                (1...40).map { .sample($0, cost: $0 % 4 == 0 ? .max - 1 : .max) { $0.tokens = tokens } },
                windows: []
            )
            let total = try await ledger.totals(UsageQuery(by: .model)).first
            try demand(total?.costs.map(\.picounits), is: [Int128(Int64.max) * 40 - 10], "cost")
            try demand(total?.tokens.inputFresh, is: 40 * TokenCounts.most, "input")
            try demand(total?.tokens.outputText, is: 0, "output")
        },
        Promise("counts a cost without currency under that which stands for none") { ledger in
            try await ledger.append([.sample(1, cost: 4) { $0.currency = nil }], windows: [])
            let total = try await ledger.totals(UsageQuery(by: .model)).first
            try demand(total?.costs, is: [UsageCost(picounits: 4, currency: ModelCallRecord.noCurrency)], "costs")
        },
        Promise("begins days at midnight in UTC") { ledger in
            let midnight = 19_676 * day
            try await ledger.append(
                [-1, 0, day - 1, day].enumerated().map { .sample($0, at: midnight + $1) },
                windows: []
            )
            let totals = try await ledger.totals(UsageQuery(by: .day))
            try demand(totals.map(\.key), is: ["2023-11-14", "2023-11-15", "2023-11-16"], "days")
            try demand(totals.map(\.calls), is: [1, 2, 1], "calls")
        },
    ]

    /// Five calls of two days: three of alice's, one of bob's and one of nobody's.
    private static var varied: [ModelCallRecord] {
        [
            .sample(1, at: start + 1, cost: 3) { record in
                (record.consumer, record.provider, record.key) = ("alice", "openai", "key-1")
                record.tokens = TokenCounts(inputFresh: 10, cacheRead: 0)
            },
            .sample(2, at: start + 2, cost: 7) { record in
                (record.consumer, record.provider, record.key) = ("alice", "openai", "key-1")
                (record.currency, record.outcome) = ("EUR", .failed)
                record.tokens = TokenCounts(inputFresh: 20, outputText: 5)
            },
            .sample(3, at: start + 3) { record in
                (record.consumer, record.provider, record.outcome) = ("alice", "openai", .cut)
                record.isEstimated = true
            },
            .sample(4, at: start + 4, cost: 11) { record in
                (record.consumer, record.provider, record.key) = ("bob", "claude", "key-1")
                record.model = "steady"
            },
            .sample(5, at: start + day) { record in
                (record.service, record.outcome) = ("lab", .refused)
            },
        ]
    }

    private static var filters: [(String, UsageFilter, [Int])] {
        func filter(_ change: (inout UsageFilter) -> Void) -> UsageFilter {
            var filter = UsageFilter()
            change(&filter)
            return filter
        }
        return [
            ("everything", UsageFilter(), [5, 4, 3, 2, 1]),
            ("since, inclusive", filter { $0.since = start + 4 }, [5, 4]),
            ("until, exclusive", filter { $0.until = start + 3 }, [2, 1]),
            ("service", filter { $0.service = "lab" }, [5]),
            ("consumer", filter { $0.consumer = "alice" }, [3, 2, 1]),
            ("model", filter { $0.model = "steady" }, [4]),
            ("provider", filter { $0.provider = "openai" }, [3, 2, 1]),
            (
                "two at once",
                filter {
                    $0.consumer = "alice"; $0.since = start + 2
                }, [3, 2]
            ),
        ]
    }
}

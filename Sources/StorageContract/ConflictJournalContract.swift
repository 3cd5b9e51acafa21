package import StoragePorts

/// What every conflict journal promises; each clause wants a journal of its own that is still empty.
package enum ConflictJournalContract {
    /// A promise of a journal.
    package typealias Promise = Clause<any ConflictJournal>

    /// All promises.
    package static let clauses: [Promise] = keeping + paging + filtering + counting + following + pruning

    private static let start: Int64 = 1_700_000_000_000

    private static let keeping: [Promise] = [
        Promise("gives every field back as it was") { journal in
            let entries = [ConflictEntry.full(1), .sample(2)]
            try await journal.append(entries)
            for entry in entries { try demand(await journal.entry(entry.id), is: entry, "entry \(entry.id)") }
        },
        Promise("knows a competing write of which nothing is known from none at all") { journal in
            var entry = ConflictEntry.sample(1)
            entry.competing = ConflictEntry.Competing()
            try await journal.append([entry])
            try demand(await journal.entry("entry-1")?.competing, is: ConflictEntry.Competing(), "competing")
        },
        Promise("has no entry by an unknown id") { journal in
            try await journal.append([.sample(1)])
            try demand(await journal.entry("entry-2"), is: nil, "entry")
        },
        Promise("skips an id that is there already and keeps the rest of the batch") { journal in
            try await journal.append([.sample(1)])
            var changed = ConflictEntry.sample(1)
            changed.kind = "locked"
            try await journal.append([changed, .sample(2)])
            let page = try await journal.page(ConflictFilter(), after: nil, limit: 10)
            try demand(page.entries.map(\.id), is: ["entry-2", "entry-1"], "ids")
            try demand(page.entries.last?.kind, is: "stale-version", "kind")
        },
        Promise("takes an empty batch") { journal in
            try await journal.append([])
            try demand(await journal.page(ConflictFilter(), after: nil, limit: 10).entries, is: [], "entries")
        },
    ]

    private static let paging: [Promise] = [
        Promise("lists newest first, by time and then by order of appending") { journal in
            try await journal.append([
                .sample(1, at: start + 1), .sample(2, at: start + 3), .sample(3, at: start + 2),
                .sample(4, at: start + 3),
            ])
            let page = try await journal.page(ConflictFilter(), after: nil, limit: 10)
            try demand(page.entries.map(\.id), is: ["entry-4", "entry-2", "entry-3", "entry-1"], "ids")
            try demand(page.next, is: nil, "cursor behind a whole list")
        },
        Promise("pages through entries of the same time without losing or repeating one") { journal in
            try await journal.append((1...7).map { .sample($0, at: start) })
            var seen: [String] = []
            var cursor: ConflictCursor?
            repeat {
                let page = try await journal.page(ConflictFilter(), after: cursor, limit: 2)
                seen += page.entries.map(\.id)
                cursor = page.next
            } while cursor != nil && seen.count < 20
            try demand(seen, is: (1...7).reversed().map { "entry-\($0)" }, "ids")
        },
        Promise("a page that ends with the last entry has no next") { journal in
            try await journal.append((1...4).map { .sample($0) })
            let first = try await journal.page(ConflictFilter(), after: nil, limit: 2)
            let second = try await journal.page(ConflictFilter(), after: first.next, limit: 2)
            try demand(second.entries.count, is: 2, "entries")
            try demand(second.next, is: nil, "cursor")
        },
        Promise("entries appended meanwhile do not shift the pages behind") { journal in
            try await journal.append((1...4).map { .sample($0, at: start + Int64($0)) })
            let first = try await journal.page(ConflictFilter(), after: nil, limit: 2)
            try await journal.append([.sample(5, at: start + 5)])
            let second = try await journal.page(ConflictFilter(), after: first.next, limit: 2)
            try demand(second.entries.map(\.id), is: ["entry-2", "entry-1"], "ids")
        },
        Promise("treats a limit below 1 as 1") { journal in
            try await journal.append([.sample(1), .sample(2)])
            try demand(await journal.page(ConflictFilter(), after: nil, limit: -3).entries.count, is: 1, "entries")
        },
    ]

    private static let filtering: [Promise] = [
        Promise("lets through what meets every condition of the filter") { journal in
            try await journal.append(varied)
            for (what, filter, expected) in filters {
                let page = try await journal.page(filter, after: nil, limit: 10)
                try demand(page.entries.map(\.id), is: expected, what)
            }
        },
        Promise("takes values of a filter as they are, whatever they contain") { journal in
            try await journal.append([.sample(1)])
            var filter = ConflictFilter()
            filter.resource = "' OR 1=1 --"
            try demand(await journal.page(filter, after: nil, limit: 10).entries, is: [], "entries")
        },
    ]

    private static let counting: [Promise] = [
        Promise("counts by each key, largest first and then by value") { journal in
            try await journal.append(varied)
            let everything = ConflictFilter()
            let kinds = try await journal.summary(by: .kind, everything, limit: 10)
            try demand(kinds, is: lines(("locked", 2), ("contended", 1), ("stale-version", 1)), "kinds")
            let routes = try await journal.summary(by: .route, everything, limit: 10)
            try demand(routes, is: lines(("shop/items", 3), ("users/signup", 1)), "routes")
            let consumers = try await journal.summary(by: .consumer, everything, limit: 10)
            try demand(consumers, is: lines(("alice", 2), ("bob", 1)), "consumers")
            let resources = try await journal.summary(by: .resource, everything, limit: 1)
            try demand(resources, is: lines(("shop/items/1", 2)), "resources")
        },
        Promise("counts only what the filter lets through") { journal in
            try await journal.append(varied)
            var filter = ConflictFilter()
            filter.since = start + 3
            try demand(
                await journal.summary(by: .kind, filter, limit: 10),
                is: lines(("contended", 1), ("locked", 1)),
                "kinds"
            )
        },
    ]

    private static let following: [Promise] = [
        Promise("gives a follower what was appended since, oldest first, whatever its time") { journal in
            try await journal.append([.sample(1, at: start + 9)])
            let now = try await journal.follow(ConflictFilter(), from: nil, limit: 10)
            try demand(now.entries, is: [], "entries at the start")
            try await journal.append([.sample(2, at: start + 5), .sample(3, at: start)])
            let tail = try await journal.follow(ConflictFilter(), from: now.position, limit: 10)
            try demand(tail.entries.map(\.id), is: ["entry-2", "entry-3"], "ids")
            let later = try await journal.follow(ConflictFilter(), from: tail.position, limit: 10)
            try demand(later.entries, is: [], "entries afterwards")
        },
        Promise("gives a follower the rest when there is more than the limit") { journal in
            let beginning = try await journal.follow(ConflictFilter(), from: nil, limit: 10)
            try await journal.append((1...5).map { .sample($0, kind: $0 == 2 ? "locked" : "contended") })
            var filter = ConflictFilter()
            filter.kind = "contended"
            let first = try await journal.follow(filter, from: beginning.position, limit: 2)
            let second = try await journal.follow(filter, from: first.position, limit: 2)
            try demand(
                (first.entries + second.entries).map(\.id),
                is: ["entry-1", "entry-3", "entry-4", "entry-5"],
                "ids"
            )
        },
        Promise("shows a follower new entries after everything was pruned") { journal in
            try await journal.append([.sample(1), .sample(2)])
            let now = try await journal.follow(ConflictFilter(), from: nil, limit: 10)
            try await journal.prune(olderThan: Int64.max, maximumBytes: Int.max)
            try await journal.append([.sample(3)])
            let tail = try await journal.follow(ConflictFilter(), from: now.position, limit: 10)
            try demand(tail.entries.map(\.id), is: ["entry-3"], "ids")
        },
    ]

    private static let pruning: [Promise] = [
        Promise("forgets what is older than a time, and nothing else") { journal in
            try await journal.append((1...4).map { .sample($0, at: start + Int64($0)) })
            try demand(await journal.prune(olderThan: start + 3, maximumBytes: Int.max), is: 2, "pruned")
            let page = try await journal.page(ConflictFilter(), after: nil, limit: 10)
            try demand(page.entries.map(\.id), is: ["entry-4", "entry-3"], "ids")
        },
        Promise("forgets everything when nothing may be kept") { journal in
            try await journal.append((1...4).map { .sample($0) })
            try demand(await journal.prune(olderThan: Int64.min, maximumBytes: 0), is: 4, "pruned")
            try demand(await journal.page(ConflictFilter(), after: nil, limit: 10).entries, is: [], "entries")
        },
    ]
}

extension ConflictJournalContract {
    private static var varied: [ConflictEntry] {
        var first = ConflictEntry.sample(1, at: start + 1)
        first.consumer = "alice"
        var second = ConflictEntry.sample(2, at: start + 2, kind: "locked")
        second.consumer = "bob"
        var third = ConflictEntry.sample(3, at: start + 3, kind: "locked")
        third.resource = "shop/items/1"
        third.consumer = "alice"
        var fourth = ConflictEntry.sample(4, at: start + 4, kind: "contended")
        fourth.service = "users"
        fourth.route = "signup"
        return [first, second, third, fourth]
    }

    private static var filters: [(String, ConflictFilter, [String])] {
        func filter(_ change: (inout ConflictFilter) -> Void) -> ConflictFilter {
            var filter = ConflictFilter()
            change(&filter)
            return filter
        }
        return [
            ("since, inclusive", filter { $0.since = start + 3 }, ["entry-4", "entry-3"]),
            ("until, exclusive", filter { $0.until = start + 3 }, ["entry-2", "entry-1"]),
            ("service", filter { $0.service = "users" }, ["entry-4"]),
            ("route", filter { $0.route = "items" }, ["entry-3", "entry-2", "entry-1"]),
            ("kind", filter { $0.kind = "locked" }, ["entry-3", "entry-2"]),
            ("consumer", filter { $0.consumer = "alice" }, ["entry-3", "entry-1"]),
            ("resource", filter { $0.resource = "shop/items/1" }, ["entry-3", "entry-1"]),
            (
                "two at once",
                filter {
                    $0.kind = "locked"; $0.consumer = "bob"
                }, ["entry-2"]
            ),
        ]
    }

    private static func lines(_ pairs: (String, Int)...) -> [SummaryLine] {
        pairs.map { SummaryLine(key: $0.0, count: $0.1) }
    }
}

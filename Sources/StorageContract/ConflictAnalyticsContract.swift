package import StoragePorts

/// What every journal that counts over time promises; each clause wants a journal of its own that is still empty.
package enum ConflictAnalyticsContract {
    /// A journal and its counts.
    package typealias Subject = any ConflictJournal & ConflictAnalytics
    /// A promise of it.
    package typealias Promise = Clause<Subject>

    /// All promises.
    package static let clauses: [Promise] = traffic + conflicts + windows + forgetting

    /// The beginning of a day.
    private static let start: Int64 = 19_676 * RollupSpan.day.rawValue
    private static let minute = RollupSpan.minute.rawValue
    private static let hour = RollupSpan.hour.rawValue
    private static let day = RollupSpan.day.rawValue

    private static let traffic: [Promise] = [
        Promise("adds up what is recorded of one minute, whatever the moment within it") { store in
            try await store.record([bucket(at: start + 1), bucket(at: start + minute - 1)])
            try await store.record([bucket(at: start)])
            let points = try await store.series(window(.minute), step: minute)
            try demand(points.map(\.time), is: [start], "times")
            try demand(points.map(\.traffic), is: [counts(3)], "counts")
        },
        Promise("counts the same in buckets of every span") { store in
            try await store.record((0..<30).map { bucket(at: start + $0 * 7 * hour + 5) })
            for span in RollupSpan.allCases {
                let points = try await store.series(window(span), step: span.rawValue)
                let times = Set((0..<30).map { span.start(of: start + $0 * 7 * hour + 5) })
                try demand(points.map(\.time), is: times.sorted(), "times by \(span)")
                try demand(points.reduce(0) { $0 + $1.traffic.requests }, is: 300, "requests by \(span)")
            }
        },
        Promise("takes no bucket at all") { store in
            try await store.record([])
            try demand(await store.series(window(.day), step: day), is: [], "points")
            try demand(await store.routes(window(.day)), is: [], "routes")
        },
        Promise("sums up each route by itself, by service and route") { store in
            try await store.record([
                bucket(at: start, "users", "a"), bucket(at: start, "shop", "items"), bucket(at: start, "", ""),
                bucket(at: start + day, "shop", "items"),
            ])
            let routes = try await store.routes(window(.day))
            try demand(routes.map(\.service), is: ["", "shop", "users"], "services")
            try demand(routes.map(\.traffic), is: [counts(1), counts(2), counts(1)], "counts")
        },
        Promise("takes names as they are, whatever they contain") { store in
            let hostile = "it's \"a\"; DROP TABLE traffic_rollup; --\n💥"
            try await store.record([bucket(at: start, hostile, hostile)])
            var wanted = window(.minute)
            wanted.service = hostile
            wanted.route = hostile
            try demand(await store.routes(wanted).map(\.route), is: [hostile], "routes")
            wanted.route = "' OR 1=1 --"
            try demand(await store.routes(wanted), is: [], "routes")
        },
    ]

    private static let conflicts: [Promise] = [
        Promise("counts what is appended to the journal, by kind and by how it ended") { store in
            try await store.append(endings)
            let point = try await store.series(window(.hour), step: hour).first
            var stale = ConflictCounts()
            (stale.count, stale.refused, stale.serverErrors) = (4, 2, 1)
            var contended = ConflictCounts()
            (contended.count, contended.queued, contended.waitedMilliseconds) = (2, 2, Int(day) + 40)
            try demand(point?.conflicts["stale-version"], is: stale, "stale")
            try demand(point?.conflicts["contended"], is: contended, "contended")
            try demand(point?.conflicts.count, is: 2, "kinds")
            try demand(point?.traffic.isNothing, is: true, "no traffic")
            try demand(await store.routes(window(.day)).first?.conflicts["contended"], is: contended, "by route")
        },
        Promise("counts an entry once, however often it is appended") { store in
            try await store.append([.sample(1, at: start)])
            try await store.append([.sample(1, at: start), .sample(2, at: start)])
            try await store.append([.sample(1, at: start + day)])
            let points = try await store.series(window(.day), step: day)
            try demand(points.map { $0.conflicts["stale-version"]?.count }, is: [2], "counts")
        },
        Promise("keeps its counts when the journal forgets the entries") { store in
            try await store.append([.sample(1, at: start)])
            try await store.prune(olderThan: Int64.max, maximumBytes: 0)
            let points = try await store.series(window(.minute), step: minute)
            try demand(points.map { $0.conflicts["stale-version"]?.count }, is: [1], "counts")
        },
        Promise("shows traffic and conflicts of one step together") { store in
            try await store.append([.sample(1, at: start + minute)])
            try await store.record([bucket(at: start + minute), bucket(at: start)])
            let points = try await store.series(window(.minute), step: minute)
            try demand(points.map(\.traffic), is: [counts(1), counts(1)], "traffic")
            try demand(points.map { $0.conflicts.count }, is: [0, 1], "kinds")
        },
    ]

    private static let windows: [Promise] = [
        Promise("begins with the first bucket of a window and ends before its end") { store in
            try await store.record((0..<5).map { bucket(at: start + $0 * minute) })
            let wanted = AnalyticsWindow(.minute, since: start + minute, until: start + 3 * minute)
            let points = try await store.series(wanted, step: minute)
            try demand(points.map(\.time), is: [start + minute, start + 2 * minute], "times")
            try demand(await store.routes(wanted).map(\.traffic), is: [counts(2)], "routes")
        },
        Promise("puts steps at multiples of their length, and takes odd lengths as the next whole one") { store in
            try await store.record((0..<10).map { bucket(at: start + $0 * minute) })
            for step in [5 * minute, 5 * minute - 1, 4 * minute + 1] {
                let points = try await store.series(window(.minute), step: step)
                try demand(points.map(\.time), is: [start, start + 5 * minute], "times for \(step)")
                try demand(points.map(\.traffic), is: [counts(5), counts(5)], "counts for \(step)")
            }
            for step in [0, -1, Int64.min] {
                try demand(await store.series(window(.minute), step: step).count, is: 10, "points for \(step)")
            }
            try demand(await store.series(window(.minute), step: .max).count, is: 10, "points for the largest step")
        },
        Promise("keeps the order of time before 1970 too") { store in
            try await store.record([bucket(at: -1), bucket(at: -minute), bucket(at: -minute - 1), bucket(at: 0)])
            let wanted = AnalyticsWindow(.minute, since: -hour, until: hour)
            let points = try await store.series(wanted, step: minute)
            try demand(points.map(\.time), is: [-2 * minute, -minute, 0], "times")
            let hours = try await store.series(wanted, step: hour)
            try demand(hours.map(\.traffic), is: [counts(3), counts(1)], "counts by hour")
        },
        Promise("narrows a series to a service and a route") { store in
            try await store.record([bucket(at: start, "shop", "a"), bucket(at: start, "shop", "b")])
            try await store.append([.sample(1, at: start)])
            var wanted = window(.minute)
            wanted.service = "shop"
            try demand(await store.series(wanted, step: minute).first?.traffic, is: counts(2), "service")
            wanted.route = "a"
            let point = try await store.series(wanted, step: minute).first
            try demand(point?.traffic, is: counts(1), "route")
            try demand(point?.conflicts, is: [:], "conflicts of the route")
        },
    ]

    private static let forgetting: [Promise] = [
        Promise("keeps minutes for a day, hours for thirty days and days for four hundred") { store in
            let now = start + 500 * day
            let ages = [23 * hour, 26 * hour, 29 * day, 32 * day, 399 * day, 402 * day]
            try await store.record(ages.map { bucket(at: now - $0) })
            try await store.append(ages.enumerated().map { .sample($0.offset, at: now - $0.element) })
            try demand(await store.forget(at: now), is: 2 * (5 + 3 + 1), "rows that went")
            for (span, number) in [(RollupSpan.minute, 1), (.hour, 3), (.day, 5)] {
                let points = try await store.series(AnalyticsWindow(span, since: 0, until: .max), step: span.rawValue)
                try demand(points.count, is: number, "points by \(span)")
                try demand(points.allSatisfy { !$0.conflicts.isEmpty }, is: true, "conflicts by \(span)")
            }
            try demand(await store.forget(at: now), is: 0, "rows that went the second time")
        },
        Promise("loses no bucket of a window as long as its span is kept") { store in
            let now = start + 10 * hour + 1_234
            try await store.record([bucket(at: now - RollupSpan.minute.kept)])
            try await store.forget(at: now)
            let points = try await store.series(AnalyticsWindow(.minute, since: 0, until: now), step: minute)
            try demand(points.count, is: 1, "points")
        },
        Promise("forgets nothing at moments that no clock shows") { store in
            try await store.record([bucket(at: start)])
            try demand(await store.forget(at: .min), is: 0, "rows")
        },
    ]
}

extension ConflictAnalyticsContract {
    private static func bucket(at time: Int64, _ service: String = "shop", _ route: String = "items") -> TrafficBucket {
        TrafficBucket(at: time, service: service, route: route, counts(1))
    }

    private static func counts(_ times: Int) -> TrafficCounts {
        TrafficCounts(requests: 10 * times, writes: 4 * times, accepted: 3 * times, serverErrors: times)
    }

    private static func window(_ span: RollupSpan) -> AnalyticsWindow {
        AnalyticsWindow(span, since: start, until: start + 1_000 * day)
    }

    /// Six conflicts of one hour that ended in different ways.
    private static var endings: [ConflictEntry] {
        func entry(
            _ number: Int,
            _ kind: String,
            _ status: Int?,
            _ resolution: ConflictEntry.Resolution
        ) -> ConflictEntry {
            var entry = ConflictEntry.sample(number, at: start, kind: kind)
            entry.status = status
            entry.resolution = resolution
            return entry
        }
        return [
            entry(1, "stale-version", 412, .init(.refused)),
            entry(2, "stale-version", 503, .init(.passed)),
            entry(3, "stale-version", nil, .init(.passed)),
            entry(4, "stale-version", 200, .init(.merged)),
            entry(5, "contended", 204, .init(.queued, waitMilliseconds: 40)),
            entry(6, "contended", 200, .init(.queued, waitMilliseconds: .max)),
        ]
    }
}

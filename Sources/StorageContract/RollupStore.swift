import StoragePorts

/// Buckets of counts in memory, for ``InMemoryConflictJournal``.
struct RollupStore {
    /// Which bucket.
    struct Key: Hashable {
        /// How much time it covers.
        let span: RollupSpan
        /// When it begins.
        let start: Int64
        /// The service's name.
        let service: String
        /// The route's name.
        let route: String
        /// The conflict's kind; `nil` for traffic.
        var kind: String?
    }

    private var traffic: [Key: TrafficCounts] = [:]
    private var conflicts: [Key: ConflictCounts] = [:]

    /// Adds traffic to the buckets of every span.
    mutating func add(_ bucket: TrafficBucket) {
        for span in RollupSpan.allCases {
            let key = Key(
                span: span,
                start: span.start(of: bucket.time),
                service: bucket.service,
                route: bucket.route
            )
            traffic[key, default: TrafficCounts()].add(bucket.counts)
        }
    }

    /// Counts `entry` in the buckets of every span.
    mutating func add(_ entry: ConflictEntry) {
        for span in RollupSpan.allCases {
            let key = Key(
                span: span,
                start: span.start(of: entry.time),
                service: entry.service,
                route: entry.route,
                kind: entry.kind
            )
            conflicts[key, default: ConflictCounts()].add(ConflictCounts(entry))
        }
    }

    /// The series of `window`.
    func series(_ window: AnalyticsWindow, step: Int64) -> [AnalyticsPoint] {
        let whole = window.wholeStep(step)
        var points: [Int64: AnalyticsPoint] = [:]
        for (key, counts) in traffic where window.holds(key) {
            let time = RollupSpan.start(of: key.start, step: whole)
            points[time, default: AnalyticsPoint(time: time)].traffic.add(counts)
        }
        for (key, counts) in conflicts where window.holds(key) {
            let time = RollupSpan.start(of: key.start, step: whole)
            points[time, default: AnalyticsPoint(time: time)].conflicts[key.kind ?? "", default: ConflictCounts()]
                .add(counts)
        }
        return points.values.sorted { $0.time < $1.time }
    }

    /// The routes of `window`.
    func routes(_ window: AnalyticsWindow) -> [RouteAnalytics] {
        var routes: [[String]: RouteAnalytics] = [:]
        for (key, counts) in traffic where window.holds(key) {
            let fresh = RouteAnalytics(service: key.service, route: key.route)
            routes[[key.service, key.route], default: fresh].traffic.add(counts)
        }
        for (key, counts) in conflicts where window.holds(key) {
            let fresh = RouteAnalytics(service: key.service, route: key.route)
            routes[[key.service, key.route], default: fresh].conflicts[key.kind ?? "", default: ConflictCounts()]
                .add(counts)
        }
        return routes.values.sorted { ($0.service, $0.route) < ($1.service, $1.route) }
    }

    /// Forgets what is too old at `now`; returns how many buckets went.
    mutating func forget(at now: Int64) -> Int {
        let before = traffic.count + conflicts.count
        traffic = traffic.filter { $0.key.start >= $0.key.span.oldest(at: now) }
        conflicts = conflicts.filter { $0.key.start >= $0.key.span.oldest(at: now) }
        return before - traffic.count - conflicts.count
    }
}

extension AnalyticsWindow {
    /// Whether the bucket of `key` belongs to this window.
    fileprivate func holds(_ key: RollupStore.Key) -> Bool {
        key.span == span && key.start >= since && key.start < until && (service ?? key.service) == key.service
            && (route ?? key.route) == key.route
    }
}

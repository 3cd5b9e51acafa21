/// Everything that advice on one route is derived from.
struct RouteEvidence {
    /// What was counted.
    let tally: RouteTally
    /// The conflicts that were looked at one by one.
    let sightings: [ConflictSighting]
    /// The storms that began on the route.
    let storms: [RetryStorm]
    /// Whether ``sightings`` are all conflicts of the time looked at, rather than the newest of them.
    let isComplete: Bool
    /// The conflicts over a version.
    let stale: [ConflictSighting]
    /// The gaps of ``stale``.
    let gaps: GapDistribution

    /// Puts the evidence together.
    init(_ tally: RouteTally, _ sightings: [ConflictSighting], _ storms: [RetryStorm], isComplete: Bool) {
        self.tally = tally
        self.sightings = sightings
        self.storms = storms
        self.isComplete = isComplete
        stale = sightings.filter(\.isStale)
        gaps = GapDistribution(stale)
    }

    /// The route.
    var route: RouteName { tally.name }

    /// Writes that collided, of all kinds.
    var collisions: Int { tally.kinds.reduce(0) { $0 &+ $1.collisions } }

    /// Writes that collided over a version, named or not.
    var staleCollisions: Int {
        tally.tally(of: .staleVersion).collisions &+ tally.tally(of: .staleVersionImplicit).collisions
    }

    /// The smallest of 200 ms and 2 s within which most gaps lie; `nil` if most are longer, or too few are known.
    var usualGap: Int64? {
        guard gaps.known >= AnalysisThresholds.conflicts, isMost(gaps.known, of: stale.count) else { return nil }
        return GapDistribution.bounds.prefix(2).first { isMost(gaps.count(within: $0), of: gaps.known) }
    }

    /// Whether so many of the route's writes are enough to advise another way of writing.
    func isMuch(_ number: Int) -> Bool {
        number >= AnalysisThresholds.conflicts
            && (ConflictRates.share(number, of: tally.writes) ?? 0) >= AnalysisThresholds.collidingShare
    }

    /// Whether `part` is more than half of `whole`.
    func isMost(_ part: Int, of whole: Int) -> Bool {
        (ConflictRates.share(part, of: whole) ?? 0) > AnalysisThresholds.majority
    }
}

/// What the conflicts of some time have in common, and what to do about them (contract, section 8).
package struct ConflictAnalysis: Sendable, Equatable {
    /// How often requests collide and fail.
    package let rates: ConflictRates
    /// How many conflicts were looked at one by one; the sections below are made of these.
    package let considered: Int
    /// Whether these were all there were, rather than the newest.
    package let isComplete: Bool
    /// The resources with the most conflicts.
    package let hotResources: [HotResource]
    /// The callers that collide most.
    package let pairs: [CollidingPair]
    /// The largest retry storms.
    package let storms: [RetryStorm]
    /// What the conflicts cost; counted over all of them.
    package let wasted: WastedWork
    /// How far behind stale writes were.
    package let behind: VersionsBehind
    /// How soon after the competing write they came.
    package let gaps: GapDistribution
    /// What competing writes changed most.
    package let fields: [CollidingField]
    /// What to change.
    package let advice: [Advice]

    /// Analyses `sightings`, in any order, against the traffic of the same time; lists are cut at `limit`.
    ///
    /// `isComplete` says whether `sightings` are all conflicts of that time. The work grows with their number as sorting does.
    package init(
        _ sightings: [ConflictSighting],
        isComplete: Bool,
        traffic: [RouteTally],
        limit: Int = 10
    ) {
        rates = ConflictRates(traffic)
        considered = sightings.count
        self.isComplete = isComplete
        hotResources = HotResource.ranked(sightings, limit: limit)
        pairs = CollidingPair.ranked(sightings, limit: limit)
        let storms = RetryStorm.all(sightings, limit: .max)
        self.storms = Array(storms.prefix(max(0, limit)))
        wasted = WastedWork(traffic)
        behind = VersionsBehind(sightings)
        gaps = GapDistribution(sightings)
        fields = CollidingField.ranked(sightings, limit: limit)
        let byRoute = Dictionary(grouping: sightings, by: \.route)
        let stormsByRoute = Dictionary(grouping: storms, by: \.route)
        advice = Advice.all(
            traffic.map { tally in
                RouteEvidence(
                    tally,
                    byRoute[tally.name] ?? [],
                    stormsByRoute[tally.name] ?? [],
                    isComplete: isComplete
                )
            }
        )
    }
}

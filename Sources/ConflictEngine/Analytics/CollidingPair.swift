/// Two callers that get into each other's way on one route; both may be the same.
package struct CollidingPair: Sendable, Hashable {
    /// The caller whose name comes first.
    package var first: String
    /// The caller whose name comes last.
    package var second: String
    /// Where they collide.
    package var route: RouteName
    /// How often.
    package var count: Int

    /// The `limit` pairs that collide most, most first, then by names; conflicts with an unknown side are left out.
    static func ranked(_ sightings: [ConflictSighting], limit: Int) -> [CollidingPair] {
        var counts: [CollidingPair: Int] = [:]
        for sighting in sightings {
            guard let one = sighting.consumer, let other = sighting.rival?.consumer else { continue }
            let pair = CollidingPair(
                first: min(one, other),
                second: max(one, other),
                route: sighting.route,
                count: 0
            )
            counts[pair, default: 0] += 1
        }
        let all = counts.map { pair, count in
            CollidingPair(first: pair.first, second: pair.second, route: pair.route, count: count)
        }
        return Array(
            all.sorted { left, right in
                (right.count, left.first, left.second, left.route) < (
                    left.count, right.first, right.second, right.route
                )
            }.prefix(max(0, limit))
        )
    }
}

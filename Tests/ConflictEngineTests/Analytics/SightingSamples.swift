import ConflictEngine

/// Sightings and tallies for tests.
enum Samples {
    static let orders = RouteName(service: "shop", route: "orders")
    static let start: Int64 = 1_700_000_000_000

    /// A refusal at `time` milliseconds after ``start``, changed as wanted.
    static func sighting(
        _ time: Int64 = 0,
        _ kind: ConflictKind = .staleVersion,
        on route: RouteName = orders,
        _ change: (inout ConflictSighting) -> Void = { _ in }
    ) -> ConflictSighting {
        var sighting = ConflictSighting(
            at: start + time,
            on: route,
            "PUT",
            "shop/orders/1",
            became: (kind.rawValue, .refused)
        )
        change(&sighting)
        return sighting
    }

    /// `number` stale writes, a minute apart, each so long after a write that changed `changed`.
    static func stale(
        _ number: Int,
        gap: Int64? = nil,
        changed: [String] = [],
        _ kind: ConflictKind = .staleVersion
    ) -> [ConflictSighting] {
        (0..<number).map { index in
            sighting(Int64(index) * 60_000, kind) { sighting in
                let time = sighting.time
                sighting.rival = .init(consumer: "bob", time: gap.map { time - $0 }, changed: changed)
            }
        }
    }

    /// A route with so many writes, none accepted but those that did not collide.
    static func tally(writes: Int, _ kinds: [KindTally], on route: RouteName = orders) -> RouteTally {
        let refused = kinds.reduce(0) { $0 + $1.refused }
        var tally = RouteTally(route, requests: writes * 2, writes: writes, accepted: max(0, writes - refused))
        tally.kinds = kinds
        return tally
    }

    /// So many refusals of a kind.
    static func refused(_ kind: ConflictKind, _ number: Int) -> KindTally {
        KindTally(kind.rawValue, count: number, refused: number)
    }

    /// The advice on ``orders``.
    static func advice(
        _ sightings: [ConflictSighting],
        writes: Int,
        _ kinds: [KindTally],
        isComplete: Bool = true
    ) -> [Advice] {
        ConflictAnalysis(sightings, isComplete: isComplete, traffic: [tally(writes: writes, kinds)]).advice
    }
}

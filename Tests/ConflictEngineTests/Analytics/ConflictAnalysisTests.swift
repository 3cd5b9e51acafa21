import ConflictEngine
import Testing

struct ConflictAnalysisTests {
    private func analysis(_ sightings: [ConflictSighting], _ traffic: [RouteTally] = [], limit: Int = 10)
        -> ConflictAnalysis
    {
        ConflictAnalysis(sightings, isComplete: true, traffic: traffic, limit: limit)
    }

    @Test func `nothing happened, nothing to say`() {
        let nothing = analysis([])
        #expect(nothing.rates.conflictRate == nil)
        #expect(nothing.rates.errorRate == nil)
        #expect(nothing.wasted.refusedPerAccepted == nil)
        #expect(nothing.gaps.median == nil)
        #expect(nothing.behind.most == 0)
        #expect(nothing.advice.isEmpty)
        #expect(nothing.considered == 0)
    }

    @Test func `conflicts are kept out of the error rate`() {
        var tally = RouteTally(Samples.orders, requests: 200, writes: 100, accepted: 60, serverErrors: 14)
        var unversioned = Samples.refused(.unversioned, 10)
        unversioned.serverErrors = 10
        tally.kinds = [unversioned, Samples.refused(.staleVersion, 30)]
        let rates = analysis([], [tally]).rates
        #expect(rates.errors == 4)
        #expect(rates.errorRate == 0.02)
        #expect(rates.conflictRate == 0.4)
    }

    @Test func `errors never fall below none, and rates never rise above one`() {
        var tally = RouteTally(Samples.orders, requests: 1, writes: 1, accepted: 0)
        var kind = Samples.refused(.staleVersion, 3)
        kind.serverErrors = 3
        tally.kinds = [kind]
        let rates = analysis([], [tally]).rates
        #expect(rates.errors == 0)
        #expect(rates.conflictRate == 1)
    }

    @Test(arguments: [
        (ConflictKind.staleVersion, 5, 0, 5), (.contended, 5, 3, 2), (.outOfBandWrite, 5, 0, 0),
        (.suspectedBlock, 5, 0, 0), (.lostUpdate, 5, 0, 5), (.contended, 2, 3, 0),
    ])
    func `what only waited, was seen from elsewhere or read did not collide`(
        kind: ConflictKind,
        count: Int,
        queued: Int,
        collisions: Int
    ) {
        #expect(KindTally(kind.rawValue, count: count, queued: queued).collisions == collisions)
    }

    @Test func `hot resources come with the most conflicts first, and ties by name`() {
        let sightings = ["b", "a", "c", "c"].enumerated().map { index, resource in
            Samples.sighting(Int64(index)) {
                $0.resource = resource
                $0.consumer = index % 2 == 0 ? "alice" : nil
            }
        }
        let hot = analysis(sightings).hotResources
        #expect(hot.map(\.resource) == ["c", "a", "b"])
        #expect(hot[0].count == 2)
        #expect(hot[0].consumers == 1)
        #expect(hot[0].last == Samples.start + 3)
        #expect(analysis(sightings, limit: 1).hotResources.count == 1)
        #expect(analysis(sightings, limit: -1).hotResources.isEmpty)
    }

    @Test func `a pair is the same whoever came first, and is counted by route`() {
        func meeting(_ one: String?, _ other: String?, _ route: RouteName = Samples.orders) -> ConflictSighting {
            Samples.sighting(on: route) {
                $0.consumer = one
                $0.rival = .init(consumer: other)
            }
        }
        let elsewhere = RouteName(service: "shop", route: "carts")
        let pairs = analysis([
            meeting("alice", "bob"), meeting("bob", "alice"), meeting("bob", "bob"), meeting("alice", nil),
            meeting(nil, "bob"), meeting("alice", "bob", elsewhere), Samples.sighting(),
        ]).pairs
        #expect(pairs.map(\.first) == ["alice", "alice", "bob"])
        #expect(pairs.map(\.second) == ["bob", "bob", "bob"])
        #expect(pairs.map(\.count) == [2, 1, 1])
        #expect(pairs.map(\.route) == [Samples.orders, elsewhere, Samples.orders])
    }

    @Test func `wasted work is refusals for each accepted write, and time spent waiting`() {
        var contended = KindTally("contended", count: 8, refused: 2, queued: 6)
        contended.waitedMilliseconds = 900
        let wasted = analysis([], [Samples.tally(writes: 40, [contended, Samples.refused(.staleVersion, 18)])]).wasted
        #expect(wasted.refused == 20)
        #expect(wasted.accepted == 20)
        #expect(wasted.refusedPerAccepted == 1)
        #expect(wasted.queued == 6)
        #expect(wasted.waitedMilliseconds == 900)
    }

    @Test func `gaps are cumulative, and leave out what no clock can have shown`() {
        func after(_ gap: Int64?) -> ConflictSighting {
            Samples.sighting { sighting in
                let time = sighting.time
                sighting.rival = .init(time: gap.map { time &- $0 })
            }
        }
        let gaps = analysis([0, 200, 201, 2_000, 10_000, 60_000, 60_001, -1, nil, .min].map(after)).gaps
        #expect(gaps.known == 7)
        #expect(gaps.within == [2, 4, 5, 6])
        #expect(gaps.median == 2_000)
    }

    @Test func `fields are counted once for each conflict, whatever the place in an array`() {
        let fields = analysis([
            Samples.sighting { $0.rival = .init(changed: ["/lines/0/qty", "/lines/17/qty", "/status"]) },
            Samples.sighting { $0.rival = .init(changed: ["/lines/3/qty", "", "/007"]) },
        ]).fields
        #expect(fields.first?.pointer == "/lines/*/qty")
        #expect(fields.map(\.count) == [2, 1, 1, 1])
        #expect(Set(fields.map(\.pointer)) == ["/lines/*/qty", "/status", "", "/007"])
    }

    @Test(arguments: UInt64(0)..<32)
    func `the order of what was seen changes nothing`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let names: [String?] = ["alice", "bob", nil]
        let sightings = (0..<200).map { index in
            Samples.sighting(Int64(index) * 400, [.staleVersion, .locked][index % 2]) {
                sighting in
                sighting.resource = "shop/orders/\(Int.random(in: 0..<4, using: &random))"
                sighting.consumer = names.randomElement(using: &random) ?? nil
                sighting.rival = .init(consumer: "bob", time: sighting.time - 5, changed: ["/a", "/b"])
            }
        }
        let traffic = [
            Samples.tally(writes: 400, [Samples.refused(.staleVersion, 100), Samples.refused(.locked, 100)])
        ]
        let expected = analysis(sightings, traffic)
        #expect(analysis(sightings.shuffled(using: &random), traffic) == expected)
        #expect(expected.hotResources.reduce(0) { $0 + $1.count } == 200)
    }
}

/// Chance that can be repeated.
private struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}

import ConflictEngine
import Testing

struct RetryStormTests {
    private func storms(_ sightings: [ConflictSighting]) -> [RetryStorm] {
        ConflictAnalysis(sightings, isComplete: true, traffic: []).storms
    }

    private func attempts(at times: [Int64], _ change: (inout ConflictSighting) -> Void = { _ in })
        -> [ConflictSighting]
    {
        times.map { time in
            Samples.sighting(time) {
                $0.consumer = "alice"
                change(&$0)
            }
        }
    }

    @Test func `five attempts within ten seconds are a storm`() throws {
        let found = storms(attempts(at: [0, 1, 2, 3, 10_000]))
        let storm = try #require(found.first)
        #expect(found.count == 1)
        #expect(storm.count == 5)
        #expect(storm.begin == Samples.start)
        #expect(storm.end == Samples.start + 10_000)
        #expect(storm.consumer == "alice")
    }

    @Test(
        arguments: [[0, 1, 2, 3], [0, 1, 2, 3, 10_001], [], [0, 20_000, 40_000, 60_000, 80_000, 100_000]] as [[Int64]]
    )
    func `fewer attempts, or slower ones, are none`(times: [Int64]) {
        #expect(storms(attempts(at: times)).isEmpty)
    }

    @Test func `a storm goes on as long as attempts are dense, and is counted whole`() {
        let found = storms(attempts(at: (0..<40).map { $0 * 2_500 } + [200_000]))
        #expect(found.map(\.count) == [40])
        #expect(found.first?.end == Samples.start + 39 * 2_500)
    }

    @Test func `a pause ends a storm and another may follow, the larger first`() {
        let found = storms(attempts(at: [0, 1, 2, 3, 4, 60_000, 60_001, 60_002, 60_003, 60_004, 60_005]))
        #expect(found.map(\.count) == [6, 5])
        #expect(found.map(\.begin) == [Samples.start + 60_000, Samples.start])
    }

    @Test func `a burst right after another belongs to it only if they share an attempt`() {
        #expect(storms(attempts(at: [0, 1, 2, 3, 4, 10_500, 10_501, 10_502, 10_503, 10_504])).map(\.count) == [5, 5])
        #expect(storms(attempts(at: [0, 1, 2, 3, 9_000, 10_500, 10_501, 10_502, 10_503])).map(\.count) == [9])
    }

    @Test func `callers, resources and kinds are told apart`() {
        var sightings: [ConflictSighting] = []
        for index in 0..<4 {
            sightings += attempts(at: [Int64(index)])
            sightings += attempts(at: [Int64(index)]) { $0.consumer = "bob" }
            sightings += attempts(at: [Int64(index)]) { $0.resource = "shop/orders/2" }
            sightings += attempts(at: [Int64(index)]) { $0.kind = "locked" }
        }
        #expect(storms(sightings).isEmpty)
    }

    @Test func `callers without a name are taken together`() {
        let found = storms(attempts(at: [0, 1, 2, 3, 4]) { $0.consumer = nil })
        #expect(found.map(\.consumer) == [nil])
    }

    @Test(arguments: [ConflictSighting.Outcome.queued, .merged, .replayed])
    func `requests that went on are no attempts`(outcome: ConflictSighting.Outcome) {
        #expect(storms(attempts(at: [0, 1, 2, 3, 4, 5]) { $0.outcome = outcome }).isEmpty)
    }

    @Test func `times that no clock shows do no harm`() {
        let sightings = [Int64.min, .min, .max, .max, .max].map { time in
            var sighting = Samples.sighting()
            sighting.time = time
            return sighting
        }
        #expect(storms(sightings).isEmpty)
    }
}

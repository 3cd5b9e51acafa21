import StoragePorts
import Testing

struct RollupSpanTests {
    @Test(arguments: [
        (Int64(0), Int64(0)), (59_999, 0), (60_000, 60_000), (-1, -60_000), (-60_000, -60_000), (-60_001, -120_000),
    ])
    func `a bucket begins at or before every moment that it holds`(time: Int64, start: Int64) {
        #expect(RollupSpan.minute.start(of: time) == start)
    }

    @Test(arguments: [Int64.min, Int64.min + 1, .max], RollupSpan.allCases)
    func `times at the limits have a beginning too`(time: Int64, span: RollupSpan) {
        #expect(span.start(of: time) <= time)
    }

    @Test func `what is kept begins with a whole bucket of the next span`() {
        let now: Int64 = 1_700_000_012_345
        #expect(RollupSpan.minute.oldest(at: now) % RollupSpan.hour.rawValue == 0)
        #expect(RollupSpan.hour.oldest(at: now) % RollupSpan.day.rawValue == 0)
        for span in RollupSpan.allCases { #expect(span.oldest(at: now) <= now - span.kept) }
    }

    @Test(arguments: [
        (Int64(1), Int64(60_000)), (60_000, 60_000), (60_001, 120_000), (0, 60_000), (.min, 60_000), (.max, 60_000),
    ])
    func `a step is a whole number of buckets`(step: Int64, whole: Int64) {
        #expect(AnalyticsWindow(.minute, since: 0, until: 1).wholeStep(step) == whole)
    }

    @Test func `negative waits count as none`() {
        var entry = ConflictEntry(
            id: "1",
            time: 0,
            service: "s",
            route: "r",
            resource: "x",
            method: "PUT",
            requestID: "q",
            kind: "contended",
            origin: .gateway,
            resolution: ConflictEntry.Resolution(.queued, waitMilliseconds: -5)
        )
        #expect(ConflictCounts(entry).waitedMilliseconds == 0)
        entry.resolution.waitMilliseconds = 7
        #expect(ConflictCounts(entry).waitedMilliseconds == 7)
    }
}

import ConflictEngine
import Testing

struct AdviceTests {
    @Test func `lines that change under each other are merged by id`() throws {
        let sightings = Samples.stale(71, gap: 150, changed: ["/lines/2/quantity"])
        let advice = Samples.advice(sightings, writes: 100, [Samples.refused(.staleVersion, 71)])
        let merge = try #require(advice.first)
        #expect(advice.count == 1)
        #expect(merge.rule == .merge)
        #expect(merge.text == "71 % of writes to shop/orders collide within 200 ms: turn on merging of /lines by id")
        #expect(merge.set == "conflict: { merge: { mode: json, keyed: { /lines: id } } }")
    }

    @Test func `writes that name no version could also queue, and need the gateway to decide`() throws {
        let sightings = Samples.stale(71, gap: 150, changed: ["/lines/2/quantity"], .staleVersionImplicit).map {
            var sighting = $0
            sighting.isFromUpstream = true
            return sighting
        }
        let merge = try #require(
            Samples.advice(sightings, writes: 100, [Samples.refused(.staleVersionImplicit, 71)]).first
        )
        #expect(
            merge.text
                == "71 % of writes to shop/orders collide within 200 ms: turn on merging of /lines by id, or queue up to 2 s"
        )
        #expect(merge.set == "conflict: { level: serialise, merge: { mode: json, keyed: { /lines: id } } }")
    }

    @Test func `a sample is not taken for the whole`() {
        let sightings = Samples.stale(20, gap: 1_500, changed: ["/lines/2/quantity"])
        let kinds = [Samples.refused(.staleVersion, 400)]
        let advice = Samples.advice(sightings, writes: 1_000, kinds, isComplete: false)
        #expect(
            advice.first?.text
                == "40 % of writes to shop/orders collide, 100 % of the latest within 2 s: turn on merging of /lines by id"
        )
    }

    @Test func `sets, groups and plain members are told apart`() {
        let changed = ["/tags/0", "/tags/1", "/lines/0", "/lines/0/price", "/period/start", "/period/end", "/status"]
        let advice = Samples.advice(
            Samples.stale(20, gap: 100, changed: changed),
            writes: 20,
            [Samples.refused(.staleVersion, 20)]
        )
        #expect(
            advice.first?.set
                == "conflict: { merge: { mode: json, keyed: { /lines: id }, sets: [/tags], "
                + "groups: [[/period/start, /period/end]] } }"
        )
        #expect(advice.first?.text.hasSuffix("turn on merging of /lines by id and /tags as a set") == true)
    }

    @Test func `one plain member alone, or the whole document, is nothing to merge`() {
        for changed in [["/status"], [""], []] {
            let sightings = Samples.stale(20, gap: 100, changed: changed)
            #expect(Samples.advice(sightings, writes: 20, [Samples.refused(.staleVersion, 20)]).isEmpty)
        }
        let two = Samples.stale(20, gap: 100, changed: ["/status", "/note"])
        let advice = Samples.advice(two, writes: 20, [Samples.refused(.staleVersion, 20)])
        #expect(advice.first?.text.hasSuffix("turn on merging of /note and /status") == true)
    }

    @Test func `names that mean something in YAML are quoted`() {
        let changed = ["/a: {b}, \"c\"\\\n\u{2028}/0/x"]
        let advice = Samples.advice(
            Samples.stale(20, gap: 100, changed: changed),
            writes: 20,
            [Samples.refused(.staleVersion, 20)]
        )
        #expect(
            advice.first?.set
                == #"conflict: { merge: { mode: json, keyed: { "/a: {b}, \"c\"\\\u000A\u2028": id } } }"#
        )
    }

    @Test func `advice needs twenty writes, five conflicts and a share of five percent`() {
        func count(_ conflicts: Int, writes: Int) -> Int {
            let sightings = Samples.stale(conflicts, gap: 100, changed: ["/lines/2/quantity"])
            return Samples.advice(sightings, writes: writes, [Samples.refused(.staleVersion, conflicts)]).count
        }
        #expect(count(19, writes: 19) == 0)
        #expect(count(4, writes: 20) == 0)
        #expect(count(5, writes: 101) == 0)
        #expect(count(5, writes: 100) == 1)
        #expect(count(5, writes: 20) == 1)
    }

    @Test func `gaps that are rarely known are not spoken of`() {
        let known = Samples.stale(5, gap: 100, changed: ["/lines/0/x"])
        let unknown = Samples.stale(6, changed: ["/lines/0/x"])
        let advice = Samples.advice(known + unknown, writes: 22, [Samples.refused(.staleVersion, 11)])
        #expect(advice.first?.text == "50 % of writes to shop/orders collide: turn on merging of /lines by id")
    }

    @Test func `writes without a version that meet within moments take turns`() {
        let sightings = Samples.stale(10, gap: 100, changed: ["/status"], .staleVersionImplicit)
        let advice = Samples.advice(sightings, writes: 20, [Samples.refused(.staleVersionImplicit, 10)])
        #expect(advice.map(\.rule) == [.queue])
        #expect(advice.first?.text == "50 % of writes to shop/orders collide within 200 ms: queue up to 2 s")
        #expect(advice.first?.set == "conflict: { level: serialise, wait: 2s }")
    }

    @Test(arguments: [
        (2_000, "conflict: { wait: 5s }"), (4_999, "conflict: { wait: 5s }"), (5_000, "conflict: { wait: 10s }"),
        (29_000, "conflict: { wait: 30s }"), (0, "conflict: { queue: 256 }"),
    ])
    func `who gives up before the turn comes waits longer, or queues at all`(wait: Int, set: String) {
        let sightings = (0..<6).map { index in
            Samples.sighting(Int64(index) * 60_000, .contended) { $0.waitMilliseconds = wait }
        }
        let advice = Samples.advice(sightings, writes: 60, [Samples.refused(.contended, 6)])
        #expect(advice.map(\.rule) == [.queue])
        #expect(advice.first?.set == set)
        #expect(advice.first?.text.hasPrefix("10 % of writes to shop/orders are refused") == true)
    }

    @Test func `who waited half a minute is not told to wait longer`() {
        let sightings = (0..<6).map { index in
            Samples.sighting(Int64(index) * 60_000, .contended) { $0.waitMilliseconds = 30_000 }
        }
        #expect(Samples.advice(sightings, writes: 60, [Samples.refused(.contended, 6)]).isEmpty)
    }

    @Test func `writes that replace what nobody saw need a condition`() {
        let advice = Samples.advice([], writes: 1_000, [KindTally("lost-update", count: 5)])
        #expect(advice.map(\.rule) == [.requireCondition])
        #expect(advice.first?.set == "conflict: { level: serialise, require-condition: true }")
        #expect(advice.first?.text.hasPrefix("5 of 1000 writes to shop/orders replaced") == true)
        #expect(Samples.advice([], writes: 1_000, [KindTally("lost-update", count: 4)]).isEmpty)
    }

    @Test func `creations that come again, and duplicates in flight, need keys`() {
        func creations(_ gap: Int64) -> [ConflictSighting] {
            (0..<6).map { index in
                Samples.sighting(Int64(index) * gap, .uniqueness) {
                    $0.method = "POST"
                    $0.consumer = "alice"
                }
            }
        }
        let kinds = [Samples.refused(.uniqueness, 6)]
        let again = Samples.advice(creations(9_000), writes: 30, kinds)
        #expect(again.map(\.rule) == [.idempotency])
        #expect(again.first?.set == "conflict: { idempotency: { required: true } }")
        #expect(Samples.advice(creations(11_000), writes: 30, kinds).isEmpty)
        let flying = Samples.refused(.duplicateInFlight, 5)
        #expect(Samples.advice([], writes: 30, [flying]).first?.set == "conflict: { idempotency: { join: 2s } }")
        let both = Samples.advice(creations(9_000), writes: 30, kinds + [flying])
        #expect(both.first?.set == "conflict: { idempotency: { required: true, join: 2s } }")
    }

    @Test func `documents that are kept for minutes are locked`() {
        let sightings = Samples.stale(10, gap: 420_000, changed: ["/text"])
        let advice = Samples.advice(sightings, writes: 50, [Samples.refused(.staleVersion, 10)])
        #expect(advice.map(\.rule) == [.locks])
        #expect(advice.first?.set == "conflict: { locks: { enabled: true, max: 10m } }")
        #expect(advice.first?.text.contains("half of all later than 7 min") == true)
        #expect(
            Samples.advice(Samples.stale(10, gap: 60_000), writes: 50, [Samples.refused(.staleVersion, 10)]).isEmpty
        )
    }

    @Test(arguments: [
        (ConflictKind.staleVersion, "read the resource before it tries again"), (.contended, "Retry-After"),
    ])
    func `a storm is answered with patience, even on a route with few writes`(kind: ConflictKind, remedy: String) {
        let sightings = (0..<12).map { index in
            Samples.sighting(Int64(index) * 300, kind) { $0.consumer = "alice" }
        }
        let advice = Samples.advice(sightings, writes: 12, [Samples.refused(kind, 12)])
        #expect(advice.map(\.rule) == [.retryWithJitter])
        #expect(advice.first?.set == nil)
        #expect(
            advice.first?.text.hasPrefix("alice met \(kind.rawValue) at shop/orders/1 12 times within 3.3 s") == true
        )
        #expect(advice.first?.text.contains(remedy) == true)
        #expect(advice.first?.text.contains("jitter") == true)
    }

    @Test func `routes with most collisions come first, and each is judged by its own`() {
        let calm = RouteName(service: "shop", route: "calm")
        let busy = RouteName(service: "shop", route: "busy")
        let traffic = [
            Samples.tally(writes: 100, [KindTally("lost-update", count: 5)], on: calm),
            Samples.tally(writes: 100, [KindTally("lost-update", count: 50)], on: busy),
            Samples.tally(writes: 100, []),
        ]
        let advice = ConflictAnalysis([], isComplete: true, traffic: traffic).advice
        #expect(advice.map(\.route) == [busy, calm])
    }

    @Test func `there is an end to advice`() {
        let traffic = (0..<50).map { number in
            Samples.tally(
                writes: 100,
                [KindTally("lost-update", count: 5)],
                on: RouteName(service: "s", route: "\(number)")
            )
        }
        let advice = ConflictAnalysis([], isComplete: true, traffic: traffic).advice
        #expect(advice.count == AnalysisThresholds.advice)
    }
}

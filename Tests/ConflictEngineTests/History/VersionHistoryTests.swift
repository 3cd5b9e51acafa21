import ConflictEngine
import Testing

struct VersionHistoryTests {
    private let item = ResourceIdentity(upstream: "shop", path: Array("/items/1".utf8))

    private func version(_ tag: String, size: Int = 10, at time: Int64 = 1_000) -> VersionRecord {
        VersionRecord(
            tag: Array(tag.utf8),
            representation: Array(repeating: 7, count: size),
            mediaType: [],
            time: time
        )
    }

    private func knows(
        _ history: VersionHistory,
        _ tag: String,
        of identity: ResourceIdentity? = nil,
        for credential: UInt64? = nil,
        at now: Int64 = 1_000
    ) -> Bool {
        history.version(under: Array(tag.utf8), of: identity ?? item, for: credential, at: now) != nil
    }

    @Test func `the newest versions are kept`() {
        let history = VersionHistory(limit: 1 << 20)
        for number in 1...5 {
            history.record(version("\(number)"), of: item, for: nil, keeping: HistoryRetention(versions: 3))
        }
        #expect((1...5).map { knows(history, "\($0)") } == [false, false, true, true, true])
    }

    @Test func `a version is forgotten when it was last seen too long ago`() {
        let history = VersionHistory(limit: 1 << 20)
        history.record(version("a"), of: item, for: nil, keeping: HistoryRetention(keep: 500))
        #expect(knows(history, "a", at: 1_499))
        #expect(!knows(history, "a", at: 1_500))
        #expect(history.seenAgain(Array("a".utf8), of: item, for: nil, until: 2_000))
        #expect(knows(history, "a", at: 1_999))
        let before = history.footprint
        history.record(version("b", at: 3_000), of: item, for: nil, keeping: HistoryRetention(keep: 500))
        #expect(!knows(history, "a", at: 1_000))
        #expect(history.footprint == before)
    }

    @Test func `only the newest version counts as seen again`() {
        let history = VersionHistory(limit: 1 << 20)
        history.record(version("a"), of: item, for: nil, keeping: HistoryRetention())
        history.record(version("b"), of: item, for: nil, keeping: HistoryRetention())
        #expect(!history.seenAgain(Array("a".utf8), of: item, for: nil, until: 2_000))
        #expect(history.seenAgain(Array("b".utf8), of: item, for: nil, until: 2_000))
        #expect(!history.seenAgain(Array("b".utf8), of: item, for: 1, until: 2_000))
    }

    @Test func `a tag of the upstream is known to its reader alone, a derived one to all`() {
        let history = VersionHistory(limit: 1 << 20)
        history.record(version("theirs"), of: item, for: 1, keeping: HistoryRetention())
        history.record(version("derived"), of: item, for: nil, keeping: HistoryRetention())
        #expect(knows(history, "theirs", for: 1))
        #expect(!knows(history, "theirs", for: 2))
        #expect(!knows(history, "theirs", for: nil))
        #expect(knows(history, "derived", for: 1))
        #expect(knows(history, "derived", for: 2))
    }

    @Test func `the Accept header of a tag is remembered`() {
        let history = VersionHistory(limit: 1 << 20)
        var given = version("a")
        given.accept = Array("text/html".utf8)
        history.record(given, of: item, for: 3, keeping: HistoryRetention())
        #expect(history.accept(under: Array("a".utf8), of: item, for: 3, at: 1_000) == Array("text/html".utf8))
        #expect(history.accept(under: Array("a".utf8), of: item, for: 4, at: 1_000) == nil)
    }

    @Test func `when memory is full the resource used longest ago goes first`() {
        let history = VersionHistory(limit: 4_000)
        let items = (0..<4).map { ResourceIdentity(upstream: "shop", path: [UInt8($0)]) }
        for item in items[..<3] { history.record(version("a", size: 500), of: item, for: nil, keeping: .init()) }
        _ = history.seenAgain(Array("a".utf8), of: items[0], for: nil, until: 9_000)
        history.record(version("a", size: 1_200), of: items[3], for: nil, keeping: .init())
        #expect(items.map { knows(history, "a", of: $0) } == [true, false, true, true])
        #expect(history.footprint <= 4_000)
    }

    @Test func `the last resource left loses its oldest versions, and a version above the bound is not kept`() {
        let history = VersionHistory(limit: 2_000)
        history.record(version("a", size: 800), of: item, for: nil, keeping: .init())
        history.record(version("b", size: 800), of: item, for: nil, keeping: .init())
        #expect(!knows(history, "a"))
        #expect(knows(history, "b"))
        history.record(version("c", size: 5_000), of: item, for: nil, keeping: .init())
        #expect(!knows(history, "c"))
        #expect(history.footprint == 0)
    }

    @Test func `buffers take from the same memory and give it back`() {
        let history = VersionHistory(limit: 2_000)
        history.record(version("a", size: 800), of: item, for: nil, keeping: .init())
        #expect(!history.reserve(2_001))
        #expect(!history.reserve(.max))
        #expect(knows(history, "a"))
        #expect(history.reserve(1_500))
        #expect(!knows(history, "a"))
        #expect(!history.reserve(501))
        history.release(1_500)
        history.record(version("a", size: 800), of: item, for: nil, keeping: .init())
        #expect(knows(history, "a"))
    }

    @Test func `a smaller bound takes effect at once`() {
        let history = VersionHistory(limit: 2_000)
        history.record(version("a", size: 800), of: item, for: nil, keeping: .init())
        history.resize(to: 100)
        #expect(history.footprint == 0)
    }

    @Test func `many variants of one resource are bounded together`() {
        let history = VersionHistory(limit: 1 << 20)
        for number in 0..<100 {
            var record = version("\(number)")
            record.variant = UInt64(number)
            history.record(record, of: item, for: nil, keeping: HistoryRetention(versions: 2))
        }
        #expect((0..<100).filter { knows(history, "\($0)") } == Array(84..<100))
    }

    @Test(.timeLimit(.minutes(1)))
    func `threads that record at once leave the books balanced`() async {
        let history = VersionHistory(limit: 50_000)
        await withTaskGroup { group in
            for task in 0..<4 {
                group.addTask {
                    for step in 0..<2_000 {
                        let identity = ResourceIdentity(upstream: "shop", path: [UInt8((step * 7 + task) % 100)])
                        let record = VersionRecord(
                            tag: [UInt8(step % 50)],
                            representation: Array(repeating: 0, count: step % 700),
                            mediaType: [],
                            time: Int64(step)
                        )
                        history.record(record, of: identity, for: nil, keeping: .init(versions: 4, keep: 500))
                    }
                }
            }
        }
        #expect(history.footprint <= 50_000)
        history.resize(to: 0)
        #expect(history.footprint == 0)
    }
}

import SQLiteStorage
import StorageContract
import StoragePorts
import Synchronization
import Testing

struct JournalWriterTests {
    private let journal = InMemoryConflictJournal()
    private let clock = HandClock()

    private func writer(
        _ change: (inout JournalWriterOptions) -> Void = { _ in },
        into other: (any ConflictJournal)? = nil,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) -> JournalWriter {
        var options = JournalWriterOptions()
        options.interval = .zero
        options.retry = .zero
        change(&options)
        return JournalWriter(
            into: other ?? journal,
            keeping: JournalRetention(age: .seconds(10), maximumBytes: .max),
            options: options,
            clocks: clock.clocks,
            report: report
        )
    }

    private func ids() async throws -> [String] {
        try await journal.page(ConflictFilter(), after: nil, limit: 100_000).entries.map(\.id).reversed()
    }

    @Test func `a flush writes everything recorded before it, in order`() async throws {
        let writer = writer { $0.batch = 3 }
        for number in 1...10 { writer.record(.sample(number)) }
        #expect(await writer.flush())
        #expect(try await ids() == (1...10).map { "entry-\($0)" })
        #expect(writer.health.written == 10)
        #expect(writer.health.waiting == 0)
    }

    @Test func `the oldest entries go when the buffer is full, and are counted`() async throws {
        let writer = writer { $0.capacity = 4 }
        for number in 1...10 { writer.record(.sample(number)) }
        #expect(writer.health.dropped == 6)
        await writer.flush()
        #expect(try await ids() == ["entry-7", "entry-8", "entry-9", "entry-10"])
    }

    @Test func `lag is the age of the oldest entry that is not written`() async {
        let writer = writer()
        #expect(writer.health.lag == .zero)
        writer.record(.sample(1))
        clock.advance(by: .seconds(3))
        writer.record(.sample(2))
        clock.advance(by: .seconds(2))
        #expect(writer.health.lag == .seconds(5))
        await writer.flush()
        #expect(writer.health.lag == .zero)
    }

    @Test func `keeps entries while the disk is full, says so once, and writes them when it works again`() async throws
    {
        let reports = Mutex<[String]>([])
        let writer = writer(report: { text in reports.withLock { $0.append(text) } })
        journal.fail(with: StoreError(.diskFull, "No space."))
        writer.record(.sample(1))
        #expect(await writer.flush() == false)
        writer.record(.sample(2))
        #expect(await writer.flush() == false)
        #expect(writer.health.lastError?.code == .diskFull)
        #expect(writer.health.waiting == 2)
        journal.fail(with: nil)
        #expect(await writer.flush())
        #expect(writer.health.lastError == nil)
        #expect(try await ids() == ["entry-1", "entry-2"])
        #expect(reports.withLock(\.self).count == 2)
        #expect(reports.withLock(\.self).first?.contains("No space.") == true)
    }

    @Test func `stays within its bounds while the disk is full`() async throws {
        let writer = writer { $0.capacity = 5 }
        journal.fail(with: StoreError(.diskFull, "No space."))
        for number in 1...20 {
            writer.record(.sample(number))
            await writer.flush()
        }
        #expect(writer.health.waiting == 5)
        #expect(writer.health.dropped == 15)
        journal.fail(with: nil)
        await writer.flush()
        #expect(try await ids() == (16...20).map { "entry-\($0)" })
    }

    @Test func `one entry that the store refuses does not hold up the others`() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteConflictJournal(in: DataDirectory(claiming: folder.path))
        let reports = Mutex<[String]>([])
        let writer = writer(into: store, report: { text in reports.withLock { $0.append(text) } })
        var bad = ConflictEntry.sample(2)
        bad.status = 7
        for entry in [.sample(1), bad, .sample(3)] { writer.record(entry) }
        #expect(await writer.flush())
        #expect(
            try await store.page(ConflictFilter(), after: nil, limit: 9).entries.map(\.id) == ["entry-3", "entry-1"]
        )
        #expect(writer.health.dropped == 1)
        #expect(reports.withLock(\.self).contains { $0.contains("entry-2") })
    }

    @Test func `pruning forgets what is older than the retention`() async throws {
        let writer = writer()
        clock.wall = 100_000
        try await journal.append([.sample(1, at: 89_999), .sample(2, at: 90_000)])
        await writer.prune()
        #expect(try await ids() == ["entry-2"])
        writer.keep(JournalRetention(age: .seconds(1), maximumBytes: .max))
        await writer.prune()
        #expect(try await ids() == [])
    }

    @Test(.timeLimit(.minutes(1)))
    func `the running writer picks entries up by itself and writes the rest when it is cancelled`() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteConflictJournal(in: DataDirectory(claiming: folder.path))
        let writer = writer(into: store)
        let run = Task { await writer.run() }
        writer.record(.sample(1, at: clock.wall))
        while try await store.entry("entry-1") == nil { await Task.yield() }
        for number in 2...2_000 { writer.record(.sample(number, at: clock.wall)) }
        run.cancel()
        await run.value
        #expect(try await store.page(ConflictFilter(), after: nil, limit: 10_000).entries.count == 2_000)
    }

    @Test(.timeLimit(.minutes(1)))
    func `the running writer tries again by itself after a fault`() async throws {
        journal.fail(with: StoreError(.busy, "Held."))
        let writer = writer()
        let run = Task { await writer.run() }
        writer.record(.sample(1, at: clock.wall))
        while writer.health.lastError == nil { await Task.yield() }
        journal.fail(with: nil)
        while writer.health.waiting > 0 { await Task.yield() }
        #expect(try await ids() == ["entry-1"])
        run.cancel()
        await run.value
    }

    @Test func `many threads recording at once lose nothing`() async throws {
        let writer = writer { $0.capacity = 100_000 }
        await withTaskGroup(of: Void.self) { group in
            for lane in 0..<8 {
                group.addTask {
                    for number in 0..<500 { writer.record(.sample(lane * 1_000 + number)) }
                    await writer.flush()
                }
            }
        }
        await writer.flush()
        #expect(Set(try await ids()).count == 4_000)
        #expect(writer.health.written == 4_000)
    }
}

/// Clocks that a test moves by hand.
private final class HandClock: Sendable {
    private let state = Mutex((offset: Duration.zero, wall: Int64(1_700_000_000_000)))
    private let start = ContinuousClock.now

    var wall: Int64 {
        get { state.withLock(\.wall) }
        set { state.withLock { $0.wall = newValue } }
    }

    var clocks: JournalClocks {
        JournalClocks(
            monotonic: { [self] in start + state.withLock(\.offset) },
            wall: { [self] in wall }
        )
    }

    func advance(by duration: Duration) { state.withLock { $0.offset += duration } }
}

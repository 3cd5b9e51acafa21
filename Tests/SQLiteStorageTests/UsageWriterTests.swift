import SQLiteStorage
import StorageContract
import StoragePorts
import Synchronization
import Testing

struct UsageWriterTests {
    /// How many of several tasks are over.
    private final class Tally: Sendable {
        let count = Mutex(0)
    }

    private let ledger = InMemoryUsageLedger()

    private func writer(
        into other: (any UsageLedger)? = nil,
        at now: Int64 = 1_700_000_000_000,
        _ change: (inout UsageWriterOptions) -> Void = { _ in },
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) -> UsageWriter {
        var options = UsageWriterOptions()
        options.interval = .zero
        options.retry = .zero
        change(&options)
        return UsageWriter(into: other ?? ledger, options: options, now: { now }, report: report)
    }

    private func ids() async throws -> [String] {
        try await ledger.calls(UsageFilter(), after: nil, limit: 100_000).records.map(\.id).reversed()
    }

    private func call(_ number: Int) -> ModelCallRecord { .sample(number, at: 1_700_000_000_000 + Int64(number)) }

    private func window(_ key: String, _ used: Int64) -> QuotaWindow { QuotaWindow(key: key, opened: 1, used: used) }

    @Test func `a flush writes everything appended before it, in batches`() async throws {
        let counting = CountingLedger(ledger)
        let writer = writer(into: counting) { $0.batch = 3 }
        for number in 1...10 { writer.append([call(number)], windows: []) }
        #expect(await writer.flush())
        #expect(try await ids() == (1...10).map { "call-\($0)" })
        #expect(counting.batches == [3, 3, 3, 1])
        #expect(writer.health == UsageHealth(waiting: 0, written: 10, dropped: 0, lastError: nil))
    }

    @Test(.timeLimit(.minutes(1)))
    func `a flush writes what was appended before it, and ends though more is appended all the time`() async throws {
        let counting = CountingLedger(ledger)
        let writer = writer(into: counting) { $0.batch = 3 }
        let next = Mutex(100)
        counting.beforeEach {
            let number = next.withLock { number in
                number += 1
                return number
            }
            writer.append([.sample(number)], windows: [])
        }
        for number in 1...7 { writer.append([call(number)], windows: [window("a", Int64(number))]) }
        #expect(await writer.flush())
        #expect(try await Set(ids()).isSuperset(of: (1...7).map { "call-\($0)" }))
        #expect(try await ledger.windows() == [window("a", 7)])
        #expect(writer.health.waiting == 1)
    }

    @Test func `the oldest records go when the buffer is full, and are counted`() async throws {
        let writer = writer { $0.capacity = 4 }
        writer.append((1...10).map(call), windows: [window("a", 10)])
        #expect(writer.health.dropped == 6)
        await writer.flush()
        #expect(try await ids() == ["call-7", "call-8", "call-9", "call-10"])
        #expect(try await ledger.windows() == [window("a", 10)])
    }

    @Test func `without room whole batches go, the oldest first, also those that a fault gave back`() async throws {
        let writer = writer { $0.capacity = 80 }
        ledger.fail(with: StoreError(.diskFull, "No space."))
        for number in 1...75 { writer.append([call(number)], windows: []) }
        #expect(await writer.flush() == false)
        #expect(writer.health == UsageHealth(waiting: 75, written: 0, dropped: 0, lastError: writer.health.lastError))
        for number in 76...97 { writer.append([call(number)], windows: []) }
        #expect((writer.health.waiting, writer.health.dropped) == (77, 20))
        #expect(await writer.flush() == false)
        #expect((writer.health.waiting, writer.health.dropped) == (77, 20))
        ledger.fail(with: nil)
        #expect(await writer.flush())
        #expect(try await ids() == (21...97).map { "call-\($0)" })
        #expect(writer.health == UsageHealth(waiting: 0, written: 77, dropped: 20, lastError: nil))
    }

    @Test(.timeLimit(.minutes(1)))
    func `whoever flushes waits for the write of another that has its records`() async throws {
        let gate = GatedLedger(ledger)
        let writer = writer(into: gate)
        writer.append([.sample(1)], windows: [])
        let first = Task { await writer.flush() }
        while gate.waiting == 0 { await Task.yield() }
        writer.append([.sample(2)], windows: [window("a", 1)])
        let ended = Tally()
        try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let isDone = await writer.flush()
                    ended.count.withLock { $0 += 1 }
                    return isDone ? try await [ids().count] : []
                }
            }
            for _ in 0..<1_000 { await Task.yield() }
            gate.open()
            while gate.waiting == 0 { await Task.yield() }
            for _ in 0..<1_000 { await Task.yield() }
            #expect(ended.count.withLock(\.self) == 0)
            gate.open()
            let counts = try await group.reduce(into: []) { $0 += $1 }
            #expect(counts == [2, 2, 2, 2])
        }
        #expect(await first.value)
    }

    @Test func `a batch that the store refuses holds up neither what comes behind it nor the windows`() async throws {
        ledger.fail(with: StoreError(.refused, "No."))
        let counting = CountingLedger(ledger)
        let writer = writer(into: counting)
        writer.append([.sample(1)], windows: [window("a", 1)])
        counting.beforeEach { if !counting.batches.isEmpty { ledger.fail(with: nil) } }
        #expect(await writer.flush())
        #expect(writer.health.dropped == 1)
        writer.append([.sample(2)], windows: [])
        #expect(await writer.flush())
        #expect(try await ids() == ["call-2"])
        #expect(try await ledger.windows() == [window("a", 1)])
    }

    @Test func `of the windows of one key the last is written, also without any record`() async throws {
        let counting = CountingLedger(ledger)
        let writer = writer(into: counting)
        for used in 1...1_000 { writer.append([], windows: [window("a", Int64(used)), window("b", 5)]) }
        #expect(await writer.flush())
        #expect(try await ledger.windows() == [window("a", 1_000), window("b", 5)])
        #expect(counting.windows == 2)
    }

    @Test func `keeps everything while the disk is full, says so once, and writes it when it works again`() async throws
    {
        let reports = Mutex<[String]>([])
        let writer = writer(report: { text in reports.withLock { $0.append(text) } })
        ledger.fail(with: StoreError(.diskFull, "No space."))
        writer.append([.sample(1)], windows: [window("a", 1), window("b", 1)])
        #expect(await writer.flush() == false)
        writer.append([.sample(2)], windows: [window("a", 2)])
        #expect(await writer.flush() == false)
        #expect(writer.health.lastError?.code == .diskFull)
        #expect(writer.health.waiting == 2)
        ledger.fail(with: nil)
        #expect(await writer.flush())
        #expect(writer.health.lastError == nil)
        #expect(try await ids() == ["call-1", "call-2"])
        #expect(try await ledger.windows() == [window("a", 2), window("b", 1)])
        #expect(reports.withLock(\.self).count == 2)
        #expect(reports.withLock(\.self).first?.contains("No space.") == true)
    }

    @Test func `a window that came while a write failed is not replaced by the one of that write`() async throws {
        let counting = CountingLedger(ledger)
        let writer = writer(into: counting)
        writer.append([], windows: [window("a", 1), window("b", 1)])
        counting.beforeNext {
            writer.append([], windows: [window("a", 2)])
            ledger.fail(with: StoreError(.busy, "Held."))
        }
        #expect(await writer.flush() == false)
        ledger.fail(with: nil)
        #expect(await writer.flush())
        #expect(try await ledger.windows() == [window("a", 2), window("b", 1)])
    }

    @Test func `stays within its bounds while the disk is full`() async throws {
        let writer = writer { $0.capacity = 5 }
        ledger.fail(with: StoreError(.diskFull, "No space."))
        for number in 1...20 {
            writer.append([call(number)], windows: [])
            await writer.flush()
        }
        #expect(writer.health.waiting == 5)
        #expect(writer.health.dropped == 15)
        ledger.fail(with: nil)
        await writer.flush()
        #expect(try await ids() == (16...20).map { "call-\($0)" })
    }

    @Test func `one record that no ledger takes holds up neither the others nor the windows`() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteUsageLedger(in: DataDirectory(claiming: folder.path))
        let reports = Mutex<[String]>([])
        let writer = writer(into: store, report: { text in reports.withLock { $0.append(text) } })
        writer.append([.sample(1), .sample(2, at: -1), .sample(3)], windows: [window("a", 1)])
        #expect(await writer.flush())
        let kept = try await store.calls(UsageFilter(), after: nil, limit: 9).records
        #expect(kept.map(\.id) == ["call-3", "call-1"])
        #expect(try await store.windows() == [window("a", 1)])
        #expect(writer.health.dropped == 1)
        #expect(reports.withLock(\.self).contains { $0.contains("call-2") })
    }

    @Test func `pruning forgets what is older than it is kept`() async throws {
        try await ledger.append([.sample(1, at: 89_999), .sample(2, at: 90_000)], windows: [])
        await writer(at: 100_000) { $0.keep = .seconds(10) }.prune()
        #expect(try await ids() == ["call-2"])
        await writer(at: .min).prune()
        #expect(try await ids() == ["call-2"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `the running writer picks records up by itself and writes the rest when it is cancelled`() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteUsageLedger(in: DataDirectory(claiming: folder.path))
        let writer = writer(into: store)
        let run = Task { await writer.run() }
        writer.append([], windows: [window("b", 1)])
        while try await store.windows().isEmpty { await Task.yield() }
        writer.append([.sample(1)], windows: [])
        while try await store.calls(UsageFilter(), after: nil, limit: 1).records.isEmpty { await Task.yield() }
        for number in 2...2_000 { writer.append([.sample(number)], windows: [window("a", Int64(number))]) }
        run.cancel()
        await run.value
        #expect(try await store.calls(UsageFilter(), after: nil, limit: 10_000).records.count == 2_000)
        #expect(try await store.windows() == [window("a", 2_000), window("b", 1)])
    }

    @Test(.timeLimit(.minutes(1)))
    func `the running writer tries again by itself after a fault`() async throws {
        ledger.fail(with: StoreError(.busy, "Held."))
        let writer = writer()
        let run = Task { await writer.run() }
        writer.append([.sample(1)], windows: [])
        while writer.health.lastError == nil { await Task.yield() }
        ledger.fail(with: nil)
        while writer.health.waiting > 0 { await Task.yield() }
        #expect(try await ids() == ["call-1"])
        run.cancel()
        await run.value
    }

    @Test func `many threads appending at once lose nothing`() async throws {
        let writer = writer()
        await withTaskGroup(of: Void.self) { group in
            for lane in 0..<8 {
                group.addTask {
                    for number in 0..<500 { writer.append([.sample(lane * 1_000 + number, cost: 1)], windows: []) }
                    await writer.flush()
                }
            }
        }
        await writer.flush()
        let totals = try await ledger.totals(UsageQuery(by: .model))
        #expect(totals.map(\.calls) == [4_000])
        #expect(totals.first?.costs.first?.picounits == 4_000)
        #expect(writer.health.written == 4_000)
    }
}

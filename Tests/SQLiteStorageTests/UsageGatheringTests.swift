import SQLiteStorage
import StorageContract
import StoragePorts
import Testing

/// A writer first gathers and then writes.
struct UsageGatheringTests {
    private let ledger = CountingLedger(InMemoryUsageLedger())

    private var patient: UsageWriter {
        var options = UsageWriterOptions()
        options.interval = .seconds(3_600)
        return UsageWriter(into: ledger, options: options, now: { 1_700_000_000_000 })
    }

    @Test(.timeLimit(.minutes(1)))
    func `what comes within the interval is one write, and a server that stops does not wait for it`() async throws {
        let writer = patient
        let run = Task { await writer.run() }
        for number in 1...3 {
            writer.append([.sample(number)], windows: [])
            for _ in 0..<1_000 { await Task.yield() }
        }
        #expect(ledger.batches.isEmpty)
        run.cancel()
        await run.value
        #expect(ledger.batches == [3])
        #expect(writer.health.waiting == 0)
    }

    @Test(.timeLimit(.minutes(1)))
    func `whoever flushes does not wait for the interval`() async throws {
        let writer = patient
        let run = Task { await writer.run() }
        writer.append([.sample(1)], windows: [])
        #expect(await writer.flush())
        #expect(ledger.batches == [1])
        run.cancel()
        await run.value
        #expect(ledger.batches == [1])
    }
}

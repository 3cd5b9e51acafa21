package import StoragePorts
import Synchronization

/// Brings what calls used from the request path into the ledger: a bounded buffer, and one writer behind it.
///
/// The server runs ``run()`` for as long as it lives; ``append(_:windows:)`` may be called before, meanwhile and
/// afterwards. A server that is killed loses what was appended since the last write.
package final class UsageWriter: UsageRecording {
    private let ledger: any UsageLedger
    private let options: UsageWriterOptions
    private let now: @Sendable () -> Int64
    private let report: @Sendable (String) -> Void
    private let buffer: Mutex<UsageBuffer>
    private let wakings: AsyncStream<Void>
    private let waking: AsyncStream<Void>.Continuation

    /// A writer into `ledger`; `now` gives milliseconds since 1970 UTC, and `report` gets a sentence when writing begins
    /// to fail, and when it works again.
    package init(
        into ledger: any UsageLedger,
        options: UsageWriterOptions = UsageWriterOptions(),
        now: @escaping @Sendable () -> Int64,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.ledger = ledger
        self.options = options
        self.now = now
        self.report = report
        buffer = Mutex(UsageBuffer(capacity: options.capacity, batch: options.batch))
        (wakings, waking) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    package func append(_ records: [ModelCallRecord], windows: [QuotaWindow]) {
        if buffer.withLock({ $0.append(records, windows) }) { waking.yield() }
        for record in records {
            if let why = record.objection { report("Call \(record.id) is not in the usage ledger: \(why).") }
        }
    }

    /// How writing goes.
    package var health: UsageHealth {
        buffer.withLock { buffer in
            UsageHealth(
                waiting: buffer.count,
                written: buffer.written,
                dropped: buffer.dropped,
                lastError: buffer.lastError
            )
        }
    }

    /// Writes and prunes until the task is cancelled, then writes what still waits.
    ///
    /// Call it once.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.keepWriting() }
            group.addTask { await self.keepPruning() }
        }
        await flush()
    }

    /// Writes everything appended before this call, and comes to an end however much is appended meanwhile.
    ///
    /// - Returns: Whether all of it is in the ledger now; ``health`` says why not.
    @discardableResult
    package func flush() async -> Bool {
        let goal = buffer.withLock(\.goal)
        while true {
            switch buffer.withLock({ $0.work(towards: goal) }) {
            case .nothing: return true
            case .busy: await runningWrite()
            case .batch(let batch): guard await write(batch) else { return false }
            }
        }
    }

    /// Forgets calls that are older than they are kept; faults are reported and met again next time.
    package func prune() async {
        let (time, overflow) = now().subtractingReportingOverflow(options.keep.wholeMilliseconds)
        do throws(StoreError) {
            try await ledger.prune(before: overflow ? .min : time)
        } catch {
            report("The usage ledger could not be pruned. \(error.summary)")
        }
    }
}

extension UsageWriter {
    private func keepWriting() async {
        for await _ in wakings {
            // First gather, then write: the end of one call is often the beginning of the next, which must not find the
            // processor busy with the row of the one before. A cancelled pause ends early, as a server that stops wants.
            try? await Task.sleep(for: options.interval)
            if await !flush() { try? await Task.sleep(for: options.retry) }
            if buffer.withLock({ $0.wake() }) { waking.yield() }
        }
    }

    private func keepPruning() async {
        while !Task.isCancelled {
            await prune()
            try? await Task.sleep(for: options.pruneInterval)
        }
    }

    private func runningWrite() async {
        await withCheckedContinuation { continuation in
            let isWriting = buffer.withLock { buffer in
                if buffer.isWriting { buffer.waiters.append(continuation) }
                return buffer.isWriting
            }
            if !isWriting { continuation.resume() }
        }
    }

    private func write(_ batch: UsageBuffer.Batch) async -> Bool {
        do throws(StoreError) {
            finished(dropping: try await append(batch))
            return true
        } catch {
            failed(error)
            return false
        }
    }

    /// Appends `batch`; returns how many records the ledger does not take: they must not hold up the others, nor the windows.
    private func append(_ batch: UsageBuffer.Batch) async throws(StoreError) -> Int {
        let windows = Array(batch.windows.values)
        do throws(StoreError) {
            try await ledger.append(batch.calls, windows: windows)
            return 0
        } catch {
            guard error.code == .refused, batch.calls.count > 0 else { throw error }
            try await ledger.append(CallBatch(), windows: windows)
            report("\(batch.calls.count) calls are not in the usage ledger. \(error.summary)")
            return batch.calls.count
        }
    }

    private func finished(dropping lost: Int) {
        let (hadFailed, waiters) = buffer.withLock { buffer in
            (buffer.lastError != nil, buffer.finish(dropping: lost))
        }
        for waiter in waiters { waiter.resume() }
        if hadFailed { report("The usage ledger is written again.") }
    }

    private func failed(_ error: StoreError) {
        let (hadFailed, waiters) = buffer.withLock { buffer in
            (buffer.lastError != nil, buffer.giveBack(error))
        }
        for waiter in waiters { waiter.resume() }
        if !hadFailed { report("The usage ledger cannot be written; usage is kept in memory. \(error.summary)") }
    }
}

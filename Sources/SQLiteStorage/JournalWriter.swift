package import StoragePorts
import Synchronization

/// Brings conflicts from the request path into the journal: a bounded buffer, and one writer behind it.
///
/// The server runs ``run()`` for as long as it lives; ``record(_:)`` may be called before, meanwhile and afterwards.
package final class JournalWriter: ConflictRecording {
    private let journal: any ConflictJournal
    private let options: JournalWriterOptions
    private let clocks: JournalClocks
    private let report: @Sendable (String) -> Void
    private let buffer: Mutex<JournalBuffer>
    private let retention: Mutex<JournalRetention>
    private let wakings: AsyncStream<Void>
    private let waking: AsyncStream<Void>.Continuation

    /// A writer into `journal`; `report` gets a sentence when writing begins to fail, and when it works again.
    package init(
        into journal: any ConflictJournal,
        keeping retention: JournalRetention,
        options: JournalWriterOptions = JournalWriterOptions(),
        clocks: JournalClocks,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.journal = journal
        self.options = options
        self.clocks = clocks
        self.report = report
        buffer = Mutex(JournalBuffer(capacity: options.capacity, batch: options.batch))
        self.retention = Mutex(retention)
        (wakings, waking) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    package func record(_ entry: ConflictEntry) {
        let now = clocks.monotonic()
        if buffer.withLock({ $0.record(entry, at: now) }) { waking.yield() }
    }

    /// How writing goes.
    package var health: JournalHealth {
        let now = clocks.monotonic()
        return buffer.withLock { buffer in
            JournalHealth(
                lag: buffer.lag(at: now),
                waiting: buffer.count,
                written: buffer.written,
                dropped: buffer.dropped,
                lastError: buffer.lastError
            )
        }
    }

    /// Changes how much is kept, from the next pruning on.
    package func keep(_ retention: JournalRetention) {
        self.retention.withLock { $0 = retention }
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

    /// Writes everything recorded before this call.
    ///
    /// - Returns: Whether all of it is in the journal now; ``health`` says why not.
    @discardableResult
    package func flush() async -> Bool {
        while true {
            switch buffer.withLock({ $0.take(options.batch) }) {
            case .nothing: return true
            case .busy: await runningWrite()
            case .batch(let entries): guard await write(entries) else { return false }
            }
        }
    }

    /// Forgets what the retention no longer covers; faults are reported and met again next time.
    package func prune() async {
        let retention = retention.withLock(\.self)
        let oldest = clocks.wall() - retention.ageMilliseconds
        do throws(StoreError) {
            try await journal.prune(olderThan: oldest, maximumBytes: retention.maximumBytes)
        } catch {
            report("The journal could not be pruned. \(error.summary)")
        }
    }
}

extension JournalWriter {
    private func keepWriting() async {
        for await _ in wakings {
            let isDone = await flush()
            // A cancelled pause ends early, which is what a server that stops wants.
            try? await Task.sleep(for: isDone ? options.interval : options.retry)
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

    private func write(_ entries: [ConflictEntry]) async -> Bool {
        do throws(StoreError) {
            let lost = try await append(entries)
            finished(dropping: lost)
            return true
        } catch {
            failed(error)
            return false
        }
    }

    /// Appends `entries`; returns how many the journal does not take, so that one bad entry does not hold up the others.
    private func append(_ entries: [ConflictEntry]) async throws(StoreError) -> Int {
        do throws(StoreError) {
            try await journal.append(entries)
            return 0
        } catch {
            guard error.code == .refused else { throw error }
        }
        var lost = 0
        for entry in entries {
            do throws(StoreError) {
                try await journal.append([entry])
            } catch {
                guard error.code == .refused else { throw error }
                lost += 1
                report("Conflict \(entry.id) is not journaled. \(error.summary)")
            }
        }
        return lost
    }

    private func finished(dropping lost: Int) {
        let (hadFailed, waiters) = buffer.withLock { buffer in
            (buffer.lastError != nil, buffer.finish(dropping: lost))
        }
        for waiter in waiters { waiter.resume() }
        if hadFailed { report("The journal is written again.") }
    }

    private func failed(_ error: StoreError) {
        let (hadFailed, waiters) = buffer.withLock { buffer in
            (buffer.lastError != nil, buffer.giveBack(error))
        }
        for waiter in waiters { waiter.resume() }
        if !hadFailed { report("The journal cannot be written; conflicts are kept in memory. \(error.summary)") }
    }
}

import StoragePorts

/// The rules of what waits for the usage ledger, without lock, clock or disk; ``UsageWriter`` guards it.
struct UsageBuffer {
    /// What is written in one transaction.
    struct Batch {
        /// The calls, oldest first.
        var calls = CallBatch()
        /// The newest window of each key.
        var windows: [String: QuotaWindow] = [:]

        /// Whether there is nothing to write.
        var isEmpty: Bool { calls.count == 0 && windows.isEmpty }
    }

    /// How much was taken in at a moment.
    struct Goal {
        /// Records.
        var records: UInt64
        /// How often windows came.
        var changes: UInt64
    }

    /// What a writer gets when it asks for work.
    enum Work {
        /// Something to write, to be followed by ``UsageBuffer/finish(dropping:)`` or ``UsageBuffer/giveBack(_:)``.
        case batch(Batch)
        /// Someone else is writing.
        case busy
        /// Nothing waits.
        case nothing
    }

    /// Records lost since the start, for want of room, for what they say of themselves, or because the store refuses them.
    private(set) var dropped: UInt64 = 0
    /// Records written since the start.
    private(set) var written: UInt64 = 0
    /// Why writing fails at the moment.
    private(set) var lastError: StoreError?
    /// Those who wait for the running write to end.
    var waiters: [CheckedContinuation<Void, Never>] = []
    private let capacity: Int
    private let batch: Int
    /// Batches that are full, oldest first.
    private var full: [CallBatch] = []
    /// What is not full yet; newer than those.
    private var latest: CallBatch
    /// How many records wait in all of these.
    private var waiting = 0
    // The keys of windows are those of configured consumers and groups, so their number needs no bound here.
    private var windows: [String: QuotaWindow] = [:]
    private var beingWritten = Batch()
    private var isAwake = false
    /// Records taken in since the start.
    private var appended: UInt64 = 0
    /// How often windows were taken in, how often of these are being written, and how often are in the ledger.
    private var changes: (appended: UInt64, beingWritten: UInt64, written: UInt64) = (0, 0, 0)

    /// An empty buffer for `capacity` records, to be taken `batch` at a time.
    ///
    /// Without room the oldest batch goes, so batches are an eighth of the capacity at most.
    init(capacity: Int, batch: Int) {
        self.capacity = max(1, capacity)
        self.batch = max(1, min(batch, capacity / 8))
        latest = CallBatch(reservingFor: self.batch)
    }

    /// How many records are not in the ledger yet.
    var count: Int { waiting + beingWritten.calls.count }

    /// Whether a write is running.
    var isWriting: Bool { !beingWritten.isEmpty }

    /// Takes `records` and `windows`; returns whether the writer must be woken.
    mutating func append(_ records: [ModelCallRecord], _ windows: [QuotaWindow]) -> Bool {
        for record in records {
            guard record.objection == nil else {
                countDropped(1)
                continue
            }
            latest.add(record)
            appended &+= 1
            waiting += 1
            if latest.count >= batch { full.append(takeLatest()) }
            makeRoom()
        }
        for window in windows { self.windows[window.key] = window }
        if !windows.isEmpty { changes.appended &+= 1 }
        return wake()
    }

    /// Whether the writer must be woken for what waits; it then counts as awake.
    mutating func wake() -> Bool {
        guard waiting > 0 || !windows.isEmpty, !isAwake else { return false }
        isAwake = true
        return true
    }

    /// What has to be in the ledger before everything is that was taken in until now.
    var goal: Goal { Goal(records: appended, changes: changes.appended) }

    /// What there is to do for `goal`; nothing once it is reached.
    mutating func work(towards goal: Goal) -> Work {
        // Records leave in the order in which they came, to the ledger or for want of room.
        let gone = appended &- UInt64(count)
        guard gone < goal.records || changes.written < goal.changes else { return .nothing }
        return take()
    }

    /// Hands out a batch of records, and all windows, to write.
    private mutating func take() -> Work {
        guard !isWriting else { return .busy }
        isAwake = false
        changes.beingWritten = changes.appended
        beingWritten = Batch(calls: full.isEmpty ? takeLatest() : full.removeFirst(), windows: windows)
        waiting -= beingWritten.calls.count
        windows = [:]
        return beingWritten.isEmpty ? .nothing : .batch(beingWritten)
    }

    /// Notes that what was handed out is in the ledger, but for `lost` records that it refused; returns who waited.
    mutating func finish(dropping lost: Int) -> [CheckedContinuation<Void, Never>] {
        written &+= UInt64(max(0, beingWritten.calls.count - lost))
        countDropped(lost)
        changes.written = changes.beingWritten
        beingWritten = Batch()
        lastError = nil
        return takeWaiters()
    }

    /// Takes back what was handed out, which could not be written because of `error`; returns who waited.
    mutating func giveBack(_ error: StoreError) -> [CheckedContinuation<Void, Never>] {
        if beingWritten.calls.count > 0 { full.insert(beingWritten.calls, at: 0) }
        waiting += beingWritten.calls.count
        makeRoom()
        windows.merge(beingWritten.windows) { newer, _ in newer }
        beingWritten = Batch()
        lastError = error
        return takeWaiters()
    }

    private mutating func takeLatest() -> CallBatch {
        guard latest.count > 0 else { return latest }
        defer { latest = CallBatch(reservingFor: batch) }
        return latest
    }

    private mutating func makeRoom() {
        while waiting > capacity, !full.isEmpty {
            let gone = full.removeFirst().count
            waiting -= gone
            countDropped(gone)
        }
    }

    private mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
        defer { waiters = [] }
        return waiters
    }

    private mutating func countDropped(_ number: Int) {
        dropped &+= UInt64(max(0, number))
    }
}

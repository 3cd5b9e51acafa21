import StoragePorts

/// The rules of what waits for the usage ledger, without lock, clock or disk; ``UsageWriter`` guards it.
struct UsageBuffer {
    /// What is written in one transaction.
    struct Batch {
        /// The records, oldest first.
        var records: [ModelCallRecord] = []
        /// The newest window of each key.
        var windows: [String: QuotaWindow] = [:]

        /// Whether there is nothing to write.
        var isEmpty: Bool { records.isEmpty && windows.isEmpty }
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

    /// Records lost since the start, for want of room or because the store refuses them.
    private(set) var dropped: UInt64 = 0
    /// Records written since the start.
    private(set) var written: UInt64 = 0
    /// Why writing fails at the moment.
    private(set) var lastError: StoreError?
    /// Those who wait for the running write to end.
    var waiters: [CheckedContinuation<Void, Never>] = []
    private var queue: BoundedQueue<ModelCallRecord>
    // The keys of windows are those of configured consumers and groups, so their number needs no bound here.
    private var windows: [String: QuotaWindow] = [:]
    private var beingWritten = Batch()
    private var isAwake = false

    /// An empty buffer for `capacity` records, to be taken `batch` at a time.
    init(capacity: Int, batch: Int) {
        queue = BoundedQueue(capacity: capacity, inPiecesOf: batch)
    }

    /// How many records are not in the ledger yet.
    var count: Int { queue.count + beingWritten.records.count }

    /// Whether a write is running.
    var isWriting: Bool { !beingWritten.isEmpty }

    /// Takes `records` and `windows`; returns whether the writer must be woken.
    mutating func append(_ records: [ModelCallRecord], _ windows: [QuotaWindow]) -> Bool {
        for record in records {
            let isFull = queue.append(record)
            countDropped(isFull ? 1 : 0)
        }
        for window in windows { self.windows[window.key] = window }
        return wake()
    }

    /// Whether the writer must be woken for what waits; it then counts as awake.
    mutating func wake() -> Bool {
        guard queue.count > 0 || !windows.isEmpty, !isAwake else { return false }
        isAwake = true
        return true
    }

    /// How many batches of `limit` records it takes to write all that waits now.
    func batches(of limit: Int) -> Int {
        max((queue.count + limit - 1) / max(1, limit), windows.isEmpty ? 0 : 1)
    }

    /// Hands out up to `limit` records, and all windows, to write.
    mutating func take(_ limit: Int) -> Work {
        guard !isWriting else { return .busy }
        isAwake = false
        beingWritten = Batch(records: queue.take(limit), windows: windows)
        windows = [:]
        return beingWritten.isEmpty ? .nothing : .batch(beingWritten)
    }

    /// Notes that what was handed out is in the ledger, but for `lost` records that it refused; returns who waited.
    mutating func finish(dropping lost: Int) -> [CheckedContinuation<Void, Never>] {
        written &+= UInt64(max(0, beingWritten.records.count - lost))
        countDropped(lost)
        beingWritten = Batch()
        lastError = nil
        return takeWaiters()
    }

    /// Takes back what was handed out, which could not be written because of `error`; returns who waited.
    mutating func giveBack(_ error: StoreError) -> [CheckedContinuation<Void, Never>] {
        countDropped(queue.putBack(beingWritten.records))
        windows.merge(beingWritten.windows) { newer, _ in newer }
        beingWritten = Batch()
        lastError = error
        return takeWaiters()
    }

    private mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
        defer { waiters = [] }
        return waiters
    }

    private mutating func countDropped(_ number: Int) {
        dropped &+= UInt64(max(0, number))
    }
}

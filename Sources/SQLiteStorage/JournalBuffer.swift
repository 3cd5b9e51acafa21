import StoragePorts

/// The rules of what waits for the journal, without lock, clock or disk; ``JournalWriter`` guards it.
struct JournalBuffer {
    /// An entry and the moment it was handed over.
    struct Waiting {
        /// The entry.
        var entry: ConflictEntry
        /// When it was handed over.
        var since: ContinuousClock.Instant
    }

    /// What a writer gets when it asks for work.
    enum Work {
        /// Entries to write, to be followed by ``JournalBuffer/finish(dropping:)`` or ``JournalBuffer/giveBack(_:)``.
        case batch([ConflictEntry])
        /// Someone else is writing.
        case busy
        /// Nothing waits.
        case nothing
    }

    /// Entries lost since the start, for want of room or because the store refuses them.
    private(set) var dropped: UInt64 = 0
    /// Entries written since the start.
    private(set) var written: UInt64 = 0
    /// Why writing fails at the moment.
    private(set) var lastError: StoreError?
    /// Those who wait for the running write to end.
    var waiters: [CheckedContinuation<Void, Never>] = []
    private var queue: BoundedQueue<Waiting>
    private var beingWritten: [Waiting] = []
    private var isAwake = false

    /// An empty buffer for `capacity` entries, to be taken `batch` at a time.
    init(capacity: Int, batch: Int) {
        queue = BoundedQueue(capacity: capacity, inPiecesOf: batch)
    }

    /// How many entries are not in the journal yet.
    var count: Int { queue.count + beingWritten.count }

    /// Whether a write is running.
    var isWriting: Bool { !beingWritten.isEmpty }

    /// How long the oldest entry has been waiting.
    func lag(at now: ContinuousClock.Instant) -> Duration {
        guard let oldest = beingWritten.first ?? queue.first else { return .zero }
        return max(.zero, now - oldest.since)
    }

    /// Takes `entry`; returns whether the writer must be woken.
    mutating func record(_ entry: ConflictEntry, at now: ContinuousClock.Instant) -> Bool {
        if queue.append(Waiting(entry: entry, since: now)) { countDropped(1) }
        return wake()
    }

    /// Whether the writer must be woken for what waits; it then counts as awake.
    mutating func wake() -> Bool {
        guard queue.count > 0, !isAwake else { return false }
        isAwake = true
        return true
    }

    /// Hands out up to `limit` entries to write.
    mutating func take(_ limit: Int) -> Work {
        guard beingWritten.isEmpty else { return .busy }
        isAwake = false
        beingWritten = queue.take(limit)
        return beingWritten.isEmpty ? .nothing : .batch(beingWritten.map(\.entry))
    }

    /// Notes that the entries handed out are in the journal, but for `lost` that it refused; returns who waited.
    mutating func finish(dropping lost: Int) -> [CheckedContinuation<Void, Never>] {
        written &+= UInt64(max(0, beingWritten.count - lost))
        countDropped(lost)
        beingWritten = []
        lastError = nil
        return takeWaiters()
    }

    /// Takes back the entries handed out, which could not be written because of `error`; returns who waited.
    mutating func giveBack(_ error: StoreError) -> [CheckedContinuation<Void, Never>] {
        countDropped(queue.putBack(beingWritten))
        beingWritten = []
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

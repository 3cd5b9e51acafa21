package import StoragePorts
import Synchronization

/// A journal without a disk, for tests; trusted because it keeps every clause of ``ConflictJournalContract``.
package final class InMemoryConflictJournal: ConflictJournal {
    /// Everything kept.
    struct State {
        /// The entries in order of appending.
        var entries: [(position: JournalPosition, entry: ConflictEntry)] = []
        /// The position given out last.
        var last: Int64 = 0
        /// Counts over time.
        var rollups = RollupStore()
        /// What every call fails with, if so.
        var fault: StoreError?
    }

    private let state = Mutex(State())

    /// An empty journal.
    package init() {}

    /// Makes every call throw `fault` from now on; `nil` ends that.
    package func fail(with fault: StoreError?) {
        state.withLock { $0.fault = fault }
    }

    package func append(_ entries: [ConflictEntry]) async throws(StoreError) {
        try working { state in
            for entry in entries where !state.entries.contains(where: { $0.entry.id == entry.id }) {
                state.last += 1
                state.entries.append((JournalPosition(state.last), entry))
                state.rollups.add(entry)
            }
        }
    }

    package func page(
        _ filter: ConflictFilter,
        after cursor: ConflictCursor?,
        limit: Int
    ) async throws(StoreError) -> ConflictPage {
        try working { state in
            let newestFirst = state.entries.filter { filter.admits($0.entry) }
                .sorted { ($0.entry.time, $0.position) > ($1.entry.time, $1.position) }
            let behind = newestFirst.filter { line in
                guard let cursor else { return true }
                return (line.entry.time, line.position) < (cursor.time, cursor.position)
            }
            let shown = behind.prefix(max(1, limit))
            let next = behind.count > shown.count ? shown.last : nil
            return ConflictPage(
                entries: shown.map(\.entry),
                next: next.map { ConflictCursor(time: $0.entry.time, position: $0.position) }
            )
        }
    }

    package func entry(_ id: String) async throws(StoreError) -> ConflictEntry? {
        try working { state in state.entries.first { $0.entry.id == id }?.entry }
    }

    package func summary(
        by key: SummaryKey,
        _ filter: ConflictFilter,
        limit: Int
    ) async throws(StoreError) -> [SummaryLine] {
        try working { state in
            var counts: [String: Int] = [:]
            for line in state.entries where filter.admits(line.entry) {
                guard let value = Self.value(of: key, in: line.entry) else { continue }
                counts[value, default: 0] += 1
            }
            let lines = counts.map { SummaryLine(key: $0.key, count: $0.value) }
            return Array(
                lines.sorted { $0.count != $1.count ? $0.count > $1.count : $0.key < $1.key }.prefix(max(1, limit))
            )
        }
    }

    package func follow(
        _ filter: ConflictFilter,
        from position: JournalPosition?,
        limit: Int
    ) async throws(StoreError) -> ConflictTail {
        try working { state in
            let end = JournalPosition(state.last)
            guard let position else { return ConflictTail(entries: [], position: end) }
            let found = state.entries.filter { $0.position > position && filter.admits($0.entry) }
            let shown = found.prefix(max(1, limit))
            let place = shown.count < max(1, limit) ? max(end, position) : shown.last?.position ?? position
            return ConflictTail(entries: shown.map(\.entry), position: place)
        }
    }

    @discardableResult
    package func prune(olderThan time: Int64, maximumBytes: Int) async throws(StoreError) -> Int {
        try working { state in
            let before = state.entries.count
            state.entries.removeAll { $0.entry.time < time }
            var used = state.entries.count * Self.bytesPerEntry
            while used > maximumBytes,
                let oldest = state.entries.indices.min(by: { left, right in
                    state.entries[left].entry.time < state.entries[right].entry.time
                })
            {
                state.entries.remove(at: oldest)
                used -= Self.bytesPerEntry
            }
            return before - state.entries.count
        }
    }

    /// What an entry is reckoned to take.
    private static let bytesPerEntry = 1_024

    private static func value(of key: SummaryKey, in entry: ConflictEntry) -> String? {
        switch key {
        case .route: entry.service + "/" + entry.route
        case .kind: entry.kind
        case .resource: entry.resource
        case .consumer: entry.consumer
        }
    }

    /// Runs `body` on what is kept, unless told to fail.
    func working<Value: Sendable>(_ body: (inout State) -> Value) throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = state.withLock { state in
            if let fault = state.fault { return .failure(fault) }
            return .success(body(&state))
        }
        return try result.get()
    }
}

import StoragePorts
import Synchronization

/// A journal that only counts entries by kind.
final class JournalCounts: ConflictRecording {
    private let counts = Mutex<[String: Int]>([:])

    /// Counts `entry`.
    func record(_ entry: ConflictEntry) {
        counts.withLock { $0[entry.kind, default: 0] += 1 }
    }

    /// How many entries of `kind` there were.
    subscript(kind: String) -> Int { counts.withLock { $0[kind, default: 0] } }
}

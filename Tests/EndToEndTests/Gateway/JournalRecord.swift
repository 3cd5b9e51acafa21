import StoragePorts
import Synchronization

/// A journal that keeps every entry, in order.
final class JournalRecord: ConflictRecording {
    private let kept = Mutex<[ConflictEntry]>([])

    /// Keeps `entry`.
    func record(_ entry: ConflictEntry) { kept.withLock { $0.append(entry) } }

    /// The entries so far.
    var entries: [ConflictEntry] { kept.withLock { $0 } }

    /// The kinds of the entries so far.
    var kinds: [String] { entries.map(\.kind) }
}

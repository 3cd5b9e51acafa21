import DataPlane
import Glibc
import SQLiteStorage
import StoragePorts

/// Reads the journal in a data directory beside the server that writes it, as `parley conflicts` does.
package enum JournalReader {
    /// Old entries shown before new ones where no time was asked for.
    private static let backlog = 10

    /// Writes what `question` asks for to standard output; with `follows`, goes on until the task is cancelled.
    /// - Throws: ``StartFault`` if there is no journal or it cannot be read.
    package static func run(
        in directory: String,
        _ question: ConflictQuestion,
        as form: ConflictListing.Form,
        follows: Bool
    ) async throws(StartFault) {
        do throws(StoreError) {
            let journal = try SQLiteConflictJournal(reading: directory)
            let listing = ConflictListing(journal, question.filter, as: form, write: Self.write)
            if follows {
                try await listing.follow(backlog: question.filter.since == nil ? backlog : nil)
            } else {
                try await listing.list()
            }
        } catch {
            throw StartFault(error.summary)
        }
    }

    /// The present moment in milliseconds since 1970.
    package static var now: Int64 { WallClock.milliseconds() }

    /// Writes at once, past every buffer, so that a reader at the other end of a pipe sees each line when it is there.
    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(1, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { exit(1) }  // Nobody reads on.
            written += count
        }
    }
}

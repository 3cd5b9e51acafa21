/// Why a store could not do what it was asked.
package struct StoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong; a bounded set, fit for a label.
    package enum Code: String, Sendable, Equatable, CaseIterable {
        /// Another server works on the same data directory.
        case directoryLocked = "directory-locked"
        /// The data directory cannot be made or written.
        case directoryUnwritable = "directory-unwritable"
        /// There is no database to read.
        case missing
        /// The file is not a database, or a damaged one.
        case corrupt
        /// The database was made by a later version of this program.
        case tooNew = "too-new"
        /// No space is left on the disk.
        case diskFull = "disk-full"
        /// The database was in use for longer than we wait.
        case busy
        /// The store will not take what it was given: it breaks a rule of the schema.
        case refused
        /// Anything else that the disk or the database reports.
        case failed
    }

    /// What went wrong.
    package var code: Code
    /// One plain sentence or two: what could not be done with which file, and what to do about it.
    package var summary: String
    /// The same for a server that cannot start for it, and so mends nothing by itself.
    package var summaryAtStart: String

    /// A fault and its explanation, which is another at the start where `atStart` says so.
    package init(_ code: Code, _ summary: String, atStart: String? = nil) {
        self.code = code
        self.summary = summary
        summaryAtStart = atStart ?? summary
    }

    /// The explanation.
    package var description: String { summary }
}

/// How a journal writer works.
package struct JournalWriterOptions: Sendable, Equatable {
    /// Entries that may wait; beyond, the oldest goes.
    package var capacity = 10_000
    /// Entries written in one transaction at most.
    package var batch = 500
    /// Shortest time between two writes, which lets entries gather.
    package var interval: Duration = .milliseconds(100)
    /// Time between two tries while writing fails.
    package var retry: Duration = .milliseconds(500)
    /// Time between two prunings.
    package var pruneInterval: Duration = .seconds(60)

    /// The defaults: what a client was told is in the journal within 1 s.
    package init() {}
}

package import StoragePorts

/// How a journal writer is doing.
package struct JournalHealth: Sendable, Equatable {
    /// How long the oldest entry has been waiting to be written.
    package var lag: Duration
    /// Entries that are not in the journal yet.
    package var waiting: Int
    /// Entries written since the start.
    package var written: UInt64
    /// Entries lost since the start, for want of room or because the store refused them.
    package var dropped: UInt64
    /// Why writing fails at the moment; `nil` if it does not.
    package var lastError: StoreError?

    /// What a writer says of itself.
    package init(lag: Duration, waiting: Int, written: UInt64, dropped: UInt64, lastError: StoreError?) {
        self.lag = lag
        self.waiting = waiting
        self.written = written
        self.dropped = dropped
        self.lastError = lastError
    }
}

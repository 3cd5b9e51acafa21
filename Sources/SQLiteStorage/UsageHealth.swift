package import StoragePorts

/// How a writer of the usage ledger is doing.
package struct UsageHealth: Sendable, Equatable {
    /// Records that are not in the ledger yet.
    package var waiting: Int
    /// Records written since the start.
    package var written: UInt64
    /// Records lost since the start, for want of room, for what they say of themselves, or because the store refused them.
    package var dropped: UInt64
    /// Why writing fails at the moment; `nil` if it does not.
    package var lastError: StoreError?

    /// What a writer says of itself.
    package init(waiting: Int, written: UInt64, dropped: UInt64, lastError: StoreError?) {
        self.waiting = waiting
        self.written = written
        self.dropped = dropped
        self.lastError = lastError
    }
}

/// An answer as a ledger keeps it for replays.
package struct KeptAnswer: Sendable, Equatable {
    /// The status.
    package var status: Int
    /// Its header lines as they were sent, each ending in CRLF, without those of the moment.
    package var lines: [UInt8]
    /// Its body, byte for byte; `nil` if it was too long to keep.
    package var body: [UInt8]?

    /// An answer.
    package init(status: Int, lines: [UInt8], body: [UInt8]?) {
        self.status = status
        self.lines = lines
        self.body = body
    }
}

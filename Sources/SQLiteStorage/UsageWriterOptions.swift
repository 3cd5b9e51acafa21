/// How a writer of the usage ledger works.
package struct UsageWriterOptions: Sendable, Equatable {
    /// Records that may wait; beyond, the oldest batch goes.
    package var capacity = 131_072
    /// Records written in one transaction at most; fewer where the capacity is small.
    package var batch = 512
    /// How long records gather before they are written.
    package var interval: Duration = .milliseconds(10)
    /// Time between two tries while writing fails.
    package var retry: Duration = .milliseconds(500)
    /// Time between two prunings.
    package var pruneInterval: Duration = .seconds(60)
    /// Age at which calls go.
    package var keep: Duration = .seconds(400 * 86_400)

    /// The defaults: what was used is in the ledger within some 10 ms.
    package init() {}
}

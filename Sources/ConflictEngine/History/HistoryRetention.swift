/// How much of a resource's past is kept (contract, section 2, `history`).
package struct HistoryRetention: Sendable, Equatable {
    /// The newest versions that are kept, for each variant of a resource.
    package var versions: Int
    /// How long after it was last seen a version is kept, in milliseconds.
    package var keep: Int64

    /// A retention; the defaults are those of the contract.
    package init(versions: Int = 8, keep: Int64 = 3_600_000) {
        self.versions = versions
        self.keep = keep
    }
}

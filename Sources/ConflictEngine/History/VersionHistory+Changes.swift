extension VersionHistory {
    /// What changed between the version a caller named and the one just read as the caller.
    ///
    /// Tells nothing that the caller could not read: `changed` is the difference between the bytes under the caller's own
    /// tag and those of `current`. Reads both as JSON: for large representations call it where time does not matter.
    ///
    /// `named` are the tags of the caller's If-Match; the one given out last counts. `current` is what was just read, and
    /// when. `credential` is the caller's, as in ``record(_:of:for:keeping:)``.
    package func changes(
        since named: [[UInt8]],
        to current: VersionRecord,
        of identity: ResourceIdentity,
        for credential: UInt64?,
        proposing proposal: ProposedChange
    ) -> ChangeReport {
        guard let history = history(of: identity) else { return ChangeReport() }
        return ChangeExplanation(history, for: credential).report(since: named, to: current, proposing: proposal)
    }
}

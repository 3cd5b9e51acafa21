import HTTPSemantics

/// What a merge writes down on its way, up to a limit for each list.
///
/// Long pointers to many places would take far more memory than the documents do.
struct MergeLog {
    /// The conflicts found so far.
    private(set) var conflicts: [MergeConflict] = []
    /// Where the changes came from so far.
    private(set) var origins = MergeOrigins()
    private let limit: Int

    /// Keeps at most `limit` entries of each sort, and one conflict at least.
    init(limit: Int) { self.limit = limit }

    /// Notes a conflict.
    mutating func note(_ versions: ThreeVersions, at tokens: [String], _ reason: MergeConflict.Reason) {
        if conflicts.count < max(limit, 1) {
            conflicts.append(MergeConflict(at: tokens, versions, reason))
        } else {
            origins.omitted += 1
        }
    }

    /// Notes where the change at `tokens` came from.
    mutating func note(_ list: WritableKeyPath<MergeOrigins, [JSONPointer]>, at tokens: [String]) {
        if origins[keyPath: list].count < limit {
            origins[keyPath: list].append(JSONPointer(tokens: tokens))
        } else {
            origins.omitted += 1
        }
    }
}

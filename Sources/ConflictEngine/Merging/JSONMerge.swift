package import HTTPSemantics

/// Merges two changes of one JSON document (conflict standards §11.5).
///
/// A place that one side changed becomes what that side made of it. Where both did, objects are merged member by member,
/// what the rules declare as they say, and anything else is a conflict unless both made the same of it; so is what one
/// side removed and the other changed.
///
/// The members of an object come in the order of theirs, then what mine adds. A keyed array is one value if a key is
/// missing, repeated or no scalar in any of the three documents. A counter to which both added the same counts both,
/// although both made the same of it: else an update would be lost.
///
/// The work is proportional to the documents and the number of rules. It nests as deep as they do; documents of the
/// parser nest at most 512 deep.
package enum JSONMerge {
    /// Merges what `mine` and `theirs` made of `base`; lists at most `limit` places of each sort.
    package static func merge(
        base: JSONValue,
        mine: JSONValue,
        theirs: JSONValue,
        rules: MergeRules = MergeRules(),
        limit: Int = 1_000
    ) -> MergeResult {
        let versions = ThreeVersions(base: base, mine: mine, theirs: theirs)
        let groups = GroupSearch(versions, rules: rules, limit: limit)
        var walk = MergeWalk(log: groups.log)
        let value = walk.merge(versions, at: RulePlace(rootUnder: rules), held: groups.held)
        let log = walk.log
        // Mine and theirs are there at the root, so something always is.
        let result = value ?? theirs
        guard !log.conflicts.isEmpty else { return .merged(result, log.origins) }
        return .conflicting(log.conflicts, preview: result, log.origins)
    }
}

package import HTTPSemantics

/// Brings a patch that was made for one version to a later one (conflict standards §11.5).
///
/// The patch is applied to the later version if the places that it reads and writes are disjoint from those that changed.
/// Places of which one holds the other overlap; inserting into an array or removing from it writes the whole array. A
/// place within an element of an array overlaps any change of that element or of the array's length, since the index
/// may mean another element now; in a keyed array, the same item must stand at the same index. A place within an atomic
/// one is that whole one. Field groups hold as in a merge.
///
/// If they overlap, but only at keyed arrays, sets and counters, or where both made the same, the patch is taken for the
/// document that it makes of its base, which is merged with the later version; provided that nothing changed of what the
/// patch tests or copies. Anything else is a conflict.
package enum PatchRebase {
    private static let mostPlaces = 1_000

    /// Brings `patch`, made for `base`, to `theirs`; lists at most 1 000 places of each sort.
    package static func rebase(
        _ patch: StalePatch,
        from base: JSONValue,
        to theirs: JSONValue,
        rules: MergeRules = MergeRules(),
        limits: JSONPatchLimits = JSONPatchLimits()
    ) -> RebaseResult {
        do throws(JSONPatchFault) {
            let attempt = try Attempt(patch, base: base, theirs: theirs, limits: limits)
            return try attempt.settle(under: rules, limit: mostPlaces)
        } catch {
            return .refused(error)
        }
    }
}

extension PatchRebase {
    /// A patch with what it makes of its base.
    private struct Attempt {
        let patch: StalePatch
        let base: JSONValue
        let theirs: JSONValue
        let limits: JSONPatchLimits
        let mine: JSONValue
        let reads: TouchTree
        let touched: TouchTree

        init(
            _ patch: StalePatch,
            base: JSONValue,
            theirs: JSONValue,
            limits: JSONPatchLimits
        ) throws(JSONPatchFault) {
            self.patch = patch
            self.base = base
            self.theirs = theirs
            self.limits = limits
            switch patch {
            case .operations(let patch):
                let run = try patch.run(on: base, limits: limits)
                mine = run.document
                reads = TouchTree(run.reads)
                touched = TouchTree(run.reads + run.writes)
            case .merge(let patch):
                mine = patch.apply(to: base)
                reads = TouchTree()
                touched = TouchTree(leavesOf: patch.value)
            }
        }

        func settle(under rules: MergeRules, limit: Int) throws(JSONPatchFault) -> RebaseResult {
            let root = RulePlace(rootUnder: rules)
            let overlaps = search(for: touched, .byIndex, root)
            if overlaps.isEmpty {
                let versions = ThreeVersions(base: base, mine: mine, theirs: theirs)
                let groups = GroupSearch(versions, rules: rules, limit: limit).log
                guard groups.conflicts.isEmpty else {
                    return .conflicting(groups.conflicts, omitted: groups.origins.omitted)
                }
                return .applied(try applied)
            }
            guard overlaps.allSatisfy(\.isMergeable), search(for: reads, .byKey, root).isEmpty
            else { return Self.conflicts(overlaps, limit: limit) }
            switch JSONMerge.merge(base: base, mine: mine, theirs: theirs, rules: rules, limit: limit) {
            case .merged(let value, let origins): return .merged(value, origins)
            case .conflicting(let conflicts, _, let origins):
                return .conflicting(conflicts, omitted: origins.omitted)
            }
        }

        private var applied: JSONValue {
            get throws(JSONPatchFault) {
                switch patch {
                case .operations(let patch): try patch.apply(to: theirs, limits: limits)
                case .merge(let patch): patch.apply(to: theirs)
                }
            }
        }

        private func search(
            for touched: TouchTree,
            _ finding: OverlapSearch.Finding,
            _ root: RulePlace
        ) -> [OverlapSearch.Overlap] {
            var search = OverlapSearch(mine: mine, finding: finding)
            search.search(base, theirs, touched, at: root)
            return search.overlaps
        }

        private static func conflicts(_ overlaps: [OverlapSearch.Overlap], limit: Int) -> RebaseResult {
            var log = MergeLog(limit: limit)
            for overlap in overlaps {
                let versions = overlap.versions
                // What mine leaves alone overlaps because the patch relies on it.
                let reason = versions.mine == versions.base ? MergeConflict.Reason.reliedOn : versions.clash
                log.note(versions, at: overlap.tokens, reason)
            }
            return .conflicting(log.conflicts, omitted: log.origins.omitted)
        }
    }
}

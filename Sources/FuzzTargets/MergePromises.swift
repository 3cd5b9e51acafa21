import ConflictEngine
import HTTPSemantics

/// What holds for merges and patches of JSON documents.
enum MergePromises {
    /// Rules of every sort, for names that the seeds use.
    private static let rules = MergeRules(
        atomic: [pointer("/x")],
        keyed: [.init(pointer("/l"), by: "id"), .init(pointer("/*/l"), by: "id")],
        sets: [pointer("/s")],
        counters: [pointer("/n"), pointer("/l/*/n")],
        groups: [[pointer("/a"), pointer("/b")], [pointer("/l/*/a"), pointer("/l/*/b")]]
    )
    /// Small enough that a run is quick, and large enough for every sort of fault.
    private static let limits = JSONPatchLimits(bytes: 1 << 20, depth: 64, work: 100_000)

    /// Reads `input` as up to four lines: base, mine, theirs and a patch; a line that is missing is the one before it.
    static func check(_ input: [UInt8]) throws(Disagreement) {
        let lines = input.split(separator: UInt8(ascii: "\n"), maxSplits: 3).compactMap { line in
            try? JSONParser.parse(Array(line))  // What is not JSON never comes as far as a merge.
        }
        guard let base = lines.first, let last = lines.last else { return }
        let mine = lines.count > 1 ? lines[1] : base
        let theirs = lines.count > 2 ? lines[2] : mine
        for rules in [rules, MergeRules()] {
            try checkMerge(base, mine, theirs, rules)
            try checkPatches(last, base, theirs, rules)
        }
    }

    private static func checkMerge(
        _ base: JSONValue,
        _ mine: JSONValue,
        _ theirs: JSONValue,
        _ rules: MergeRules
    ) throws(Disagreement) {
        let unchanged = JSONMerge.merge(base: base, mine: base, theirs: base, rules: rules)
        try Disagreement.unless(unchanged.isMerge(to: base), "three equal documents do not merge to themselves")
        let forward = JSONMerge.merge(base: base, mine: mine, theirs: base, rules: rules)
        try Disagreement.unless(forward.isMerge(to: mine), "a change of mine alone is not the merge")
        let current = JSONMerge.merge(base: base, mine: base, theirs: theirs, rules: rules)
        try Disagreement.unless(current.isMerge(to: theirs), "a change of theirs alone is not the merge")
        let one = JSONMerge.merge(base: base, mine: mine, theirs: theirs, rules: rules)
        let other = JSONMerge.merge(base: base, mine: theirs, theirs: mine, rules: rules)
        try Disagreement.unless(
            one.conflicts.isEmpty == other.conflicts.isEmpty,
            "sides decide whether there is a conflict"
        )
        for conflict in one.conflicts {
            let place = JSONPointer(conflict.pointer.text)
            try Disagreement.unless(place == conflict.pointer, "a conflict's place is no pointer")
            try Disagreement.unless(!conflict.reason.summary.isEmpty, "a conflict without words")
        }
    }

    private static func checkPatches(
        _ patch: JSONValue,
        _ base: JSONValue,
        _ theirs: JSONValue,
        _ rules: MergeRules
    ) throws(Disagreement) {
        let merging = JSONMergePatch(patch)
        let once = merging.apply(to: base)
        try Disagreement.unless(merging.apply(to: once) == once, "a merge patch does more when it is applied again")
        let current = PatchRebase.rebase(.merge(merging), from: base, to: base, rules: rules)
        try Disagreement.unless(current == .applied(once), "a merge patch of the current version is not applied")
        _ = PatchRebase.rebase(.merge(merging), from: base, to: theirs, rules: rules)
        try checkOperations(patch, base, theirs, rules)
    }

    private static func checkOperations(
        _ value: JSONValue,
        _ base: JSONValue,
        _ theirs: JSONValue,
        _ rules: MergeRules
    ) throws(Disagreement) {
        let patch: JSONPatch
        do throws(JSONPatchFault) {
            patch = try JSONPatch(value)
        } catch {
            try Disagreement.unless(error.verdict == .malformed, "a patch is refused for another reason than its form")
            return
        }
        let wanted: RebaseResult
        do throws(JSONPatchFault) {
            wanted = .applied(try patch.apply(to: base, limits: limits))
        } catch {
            try Disagreement.unless(error.verdict != .malformed, "a patch that was read is malformed")
            wanted = .refused(error)
        }
        let result = PatchRebase.rebase(.operations(patch), from: base, to: base, rules: rules, limits: limits)
        try Disagreement.unless(result == wanted, "a patch of the current version is not what it makes of it")
        _ = PatchRebase.rebase(.operations(patch), from: base, to: theirs, rules: rules, limits: limits)
    }

    private static func pointer(_ text: String) -> JSONPointer { JSONPointer(text) ?? JSONPointer(tokens: []) }
}

extension MergeResult {
    /// Whether all was merged, and to `value`.
    fileprivate func isMerge(to value: JSONValue) -> Bool { conflicts.isEmpty && self.value == value }
}

import ConflictEngine
import HTTPSemantics
import Testing

/// What holds for merges of any documents.
struct MergePropertiesTests {
    private static let rules = MergeRules(
        atomic: [pointer("/b")],
        keyed: [.init(pointer("/l"), by: "id"), .init(pointer("/a/l"), by: "id"), .init(pointer("/c/*/l"), by: "id")],
        sets: [pointer("/s"), pointer("/a/s")],
        counters: [pointer("/n"), pointer("/a/n"), pointer("/*/*/n")],
        groups: [[pointer("/a/b"), pointer("/c")], [pointer("/l/*/q"), pointer("/l/*/id")]]
    )
    private static let bare = MergeRules()
    private static let seeds = Array(1...16) as [UInt64]

    /// Calls `body` with random versions of random documents.
    private func forRandomVersions(
        _ seed: UInt64,
        _ body: (_ base: JSONValue, _ mine: JSONValue, _ theirs: JSONValue, MergeRules) throws -> Void
    ) rethrows {
        var chance = SeededTurns(seed)
        for round in 0..<150 {
            let base = RandomDocuments.document(&chance)
            let mine = RandomDocuments.changed(base, &chance)
            let theirs = RandomDocuments.changed(base, &chance)
            try body(base, mine, theirs, round.isMultiple(of: 2) ? Self.rules : Self.bare)
        }
    }

    @Test(arguments: seeds)
    func `what only one side changed is what that side made of it`(seed: UInt64) {
        forRandomVersions(seed) { base, mine, theirs, rules in
            for (mine, theirs, wanted) in [(base, base, base), (mine, base, mine), (base, theirs, theirs)] {
                let result = JSONMerge.merge(base: base, mine: mine, theirs: theirs, rules: rules)
                #expect(result.isMerged && result.value == wanted)
            }
        }
    }

    @Test(arguments: seeds)
    func `merging knows no sides, apart from order`(seed: UInt64) {
        forRandomVersions(seed) { base, mine, theirs, rules in
            let one = JSONMerge.merge(base: base, mine: mine, theirs: theirs, rules: rules)
            let other = JSONMerge.merge(base: base, mine: theirs, theirs: mine, rules: rules)
            #expect(one.isMerged == other.isMerged)
            guard one.isMerged else { return }
            #expect(one.value.withoutOrder == other.value.withoutOrder)
            #expect(Set(one.origins.combined) == Set(other.origins.combined))
        }
    }

    @Test(arguments: seeds)
    func `every value of a merge is that of a side, or computed`(seed: UInt64) {
        forRandomVersions(seed) { base, mine, theirs, rules in
            let result = JSONMerge.merge(base: base, mine: mine, theirs: theirs, rules: rules)
            let known = Set(mine.leaves + theirs.leaves)
            for leaf in result.value.leaves where !known.contains(leaf) {
                #expect(result.origins.combined.contains { $0.covers(leaf.place) }, "\(leaf)")
            }
        }
    }

    @Test(arguments: seeds)
    func `every change of mine is in the result, or lies under a conflict or in something computed`(seed: UInt64) {
        forRandomVersions(seed) { base, mine, theirs, _ in
            // Without keys, places have the same names in all three documents.
            let rules = MergeRules(sets: Self.rules.sets, counters: Self.rules.counters, groups: [Self.rules.groups[0]])
            let result = JSONMerge.merge(base: base, mine: mine, theirs: theirs, rules: rules)
            for text in JSONDifference.changedPointers(from: base, to: mine, limit: .max) {
                let place = pointer(text)
                if place.lookup(in: result.value) == place.lookup(in: mine) { continue }
                let explained = (result.conflicts.map(\.pointer) + result.origins.combined).contains {
                    $0.covers(place) || place.covers($0)
                }
                // An object that mine added can have been added by theirs too, and then holds the members of both.
                let isShared = place.lookup(in: mine)?.object != nil && place.lookup(in: theirs)?.object != nil
                #expect(explained || isShared, "\(text)")
            }
        }
    }

    @Test(arguments: seeds)
    func `conflicts name places that both sides changed, with what is there`(seed: UInt64) {
        forRandomVersions(seed) { base, mine, theirs, _ in
            let result = JSONMerge.merge(base: base, mine: mine, theirs: theirs)
            for conflict in result.conflicts {
                #expect(conflict.base == conflict.pointer.lookup(in: base))
                #expect(conflict.mine == conflict.pointer.lookup(in: mine))
                #expect(conflict.theirs == conflict.pointer.lookup(in: theirs))
                #expect(conflict.mine != conflict.base && conflict.theirs != conflict.base)
                #expect(conflict.mine != conflict.theirs)
                #expect(conflict.pointer.lookup(in: result.value) == conflict.theirs)
            }
        }
    }

    @Test(arguments: seeds)
    func `a patch whose base is current is applied`(seed: UInt64) throws {
        try forRandomVersions(seed) { base, mine, theirs, rules in
            let merging = JSONMergePatch(mine)
            let applied = PatchRebase.rebase(.merge(merging), from: base, to: base, rules: rules)
            #expect(applied == .applied(merging.apply(to: base)))
            let operations = try JSONPatch([
                ["op": "add", "path": "/m", "value": mine], ["op": "test", "path": "/m", "value": mine],
            ])
            let result = PatchRebase.rebase(.operations(operations), from: base, to: base, rules: rules)
            #expect(result == .applied(try operations.apply(to: base)))
            let other = PatchRebase.rebase(.operations(operations), from: base, to: theirs, rules: rules)
            #expect(other == .applied(try operations.apply(to: theirs)))
        }
    }

    @Test(arguments: seeds)
    func `a rebased merge patch is the merge of what it makes, wherever it is applied`(seed: UInt64) {
        forRandomVersions(seed) { base, mine, theirs, rules in
            let patch = JSONMergePatch(mine)
            guard case .applied(let value) = PatchRebase.rebase(.merge(patch), from: base, to: theirs, rules: rules)
            else { return }
            let wanted = patch.apply(to: base)
            let merged = JSONMerge.merge(base: base, mine: wanted, theirs: theirs, rules: rules)
            #expect(merged.isMerged && merged.value == value)
        }
    }
}

/// A scalar and where it is.
private struct Leaf: Hashable {
    let place: JSONPointer
    let text: String
}

extension JSONValue {
    /// All scalars; an item of an array is named by its key if it has one, else not by its index.
    fileprivate var leaves: [Leaf] {
        var found: [Leaf] = []
        collect([], &found)
        return found
    }

    private func collect(_ path: [String], _ found: inout [Leaf]) {
        switch self {
        case .object(let object):
            for member in object.members { member.value.collect(path + [member.name], &found) }
        case .array(let elements):
            for element in elements { element.collect(path + [element["id"]?.text ?? "-"], &found) }
        default: found.append(Leaf(place: JSONPointer(tokens: path), text: text))
        }
    }

    /// The value with all members and elements in one order.
    fileprivate var withoutOrder: String {
        switch self {
        case .object(let object):
            object.members.map { "\($0.name.unicodeScalars.map(\.value)):\($0.value.withoutOrder)" }.sorted()
                .description
        case .array(let elements): elements.map(\.withoutOrder).sorted().description
        default: text
        }
    }
}

extension JSONPointer {
    /// Whether `other` is this place or below it.
    fileprivate func covers(_ other: Self) -> Bool {
        tokens.count <= other.tokens.count && Self(tokens: Array(other.tokens.prefix(tokens.count))) == self
    }
}

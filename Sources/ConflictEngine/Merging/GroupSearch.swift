import HTTPSemantics

/// Finds the field groups of which mine changed one part and theirs another.
///
/// It runs ahead of the merge, since a change in one place makes a conflict of another place that only one side touched.
struct GroupSearch {
    /// The conflicts found.
    private(set) var log: MergeLog
    /// The places in conflict.
    private(set) var held = PlaceTree()
    private var instances = GroupInstances()

    /// Searches all groups of `rules`; the work is that of finding and comparing the places they name.
    init(_ versions: ThreeVersions, rules: MergeRules, limit: Int) {
        log = MergeLog(limit: limit)
        let root = RulePlace(rootUnder: rules)
        for (index, group) in rules.groups.enumerated() {
            let shared = group.map { $0.tokens.count { $0 == "*" } }.min() ?? 0
            instances = GroupInstances(sharing: shared)
            for pointer in group { find(pointer.tokens[...], from: Trail(versions: versions, place: root)) }
            for anchor in instances.contested where held.insert(anchor.path[...]) {
                log.note(anchor.versions, at: anchor.tokens, .group(index))
            }
        }
    }

    /// Follows one pointer to every place that it names.
    private mutating func find(_ pattern: ArraySlice<String>, from trail: Trail) {
        guard let token = pattern.first else {
            instances.add(trail.versions, boundBy: trail.bindings, at: trail.anchor ?? trail.here)
            return
        }
        let isStar = token == "*"
        for next in trail.steps(isStar ? nil : token) where !next.versions.isNothing {
            var next = next
            if isStar, let step = next.lastStep { next.bindings.append(step) }
            find(pattern.dropFirst(), from: next)
        }
    }
}

extension GroupSearch {
    /// The way to a place.
    private struct Trail {
        var versions: ThreeVersions
        var place: RulePlace
        var path: [ScalarKey] = []
        var tokens: [String] = []
        /// What the `*` on the way stood for.
        var bindings: [ScalarKey] = []
        /// The first place on the way that a merge does not look into, and that changes as one value therefore.
        var anchor: GroupInstances.Anchor?
        var lastStep: ScalarKey?

        var here: GroupInstances.Anchor { .init(path: path, tokens: tokens, versions: versions) }

        /// The places one step further: at `token`, or all of them.
        func steps(_ token: String?) -> [Self] {
            guard anchor == nil, let children else { return looseSteps(token) }
            return children.filter { token?.isExactly($0.name) ?? true }.map { child in
                var next = self
                next.versions = child.versions
                next.place = place.child(child.name)
                next.path.append(child.step)
                next.tokens.append(child.token)
                next.lastStep = child.step
                return next
            }
        }

        /// What a merge looks into, or `nil` if it stops here.
        private var children: [MergeChild]? {
            switch MergeDescent(versions, at: place, depth: path.count) {
            case .members(let children): children
            case .items(let keyed): keyed.children
            case .stop: nil
            }
        }

        private func looseSteps(_ token: String?) -> [Self] {
            (token.map { [$0] } ?? versions.tokens).map { token in
                var next = self
                next.anchor = anchor ?? here
                next.versions = versions.child(token)
                next.lastStep = ScalarKey(name: token)
                return next
            }
        }
    }
}

extension ThreeVersions {
    /// Whether none of the three documents has anything there.
    fileprivate var isNothing: Bool { base == nil && mine == nil && theirs == nil }
}

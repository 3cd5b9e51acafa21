/// The changed places of one field group, by what the group's `*` stand for.
struct GroupInstances {
    /// A place that changes as one value.
    struct Anchor {
        /// The steps to it, exactly.
        let path: [ScalarKey]
        /// The steps to it, as a conflict names them.
        let tokens: [String]
        /// What the three documents hold there.
        let versions: ThreeVersions
    }

    private struct Instance {
        var anchors: [Anchor] = []
        var isChangedByMine = false
        var isChangedByTheirs = false
        var differs = false
    }

    private let shared: Int
    private var instances: [Instance] = []
    private var positions: [[ScalarKey]: Int] = [:]

    /// A group whose instances are told apart by the first `shared` of its `*`.
    init(sharing shared: Int = 0) { self.shared = shared }

    /// Adds a place if a side changed it; `anchor` is the place that a conflict names for it.
    mutating func add(_ versions: ThreeVersions, boundBy bindings: [ScalarKey], at anchor: Anchor) {
        let byMine = versions.mine != versions.base
        let byTheirs = versions.theirs != versions.base
        guard byMine || byTheirs else { return }
        let key = Array(bindings.prefix(shared))
        let position = positions[key] ?? instances.count
        if position == instances.count {
            positions[key] = position
            instances.append(Instance())
        }
        instances[position].anchors.append(anchor)
        instances[position].isChangedByMine = instances[position].isChangedByMine || byMine
        instances[position].isChangedByTheirs = instances[position].isChangedByTheirs || byTheirs
        instances[position].differs = instances[position].differs || versions.mine != versions.theirs
    }

    /// The places of all instances that both changed, unless both made the same of them.
    var contested: [Anchor] {
        instances.lazy.filter { $0.isChangedByMine && $0.isChangedByTheirs && $0.differs }.flatMap(\.anchors)
    }
}

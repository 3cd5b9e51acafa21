import HTTPSemantics

/// The three versions of a keyed array.
struct KeyedVersions {
    /// What both started from.
    let base: KeyedItems
    /// What the client wants.
    let mine: KeyedItems
    /// What is current.
    let theirs: KeyedItems

    /// Reads the keys of all three from `field`; `nil` if one of them is no array at all.
    init?(_ versions: ThreeVersions, field: String) throws(MergeConflict.KeyDefect) {
        guard let mine = versions.mine?.array, let theirs = versions.theirs?.array else { return nil }
        if let value = versions.base {
            guard let base = value.array else { return nil }
            self.base = try KeyedItems(base, field: field)
        } else {
            base = .none
        }
        self.mine = try KeyedItems(mine, field: field)
        self.theirs = try KeyedItems(theirs, field: field)
    }

    /// Every item that is in any of the three: theirs in their order, then what else mine and the base have.
    var children: [MergeChild] {
        var children = theirs.keys.enumerated().map { child($1, index: $0) }
        for (index, key) in mine.keys.enumerated() where theirs.position(of: key) == nil {
            children.append(child(key, index: index))
        }
        for (index, key) in base.keys.enumerated()
        where theirs.position(of: key) == nil && mine.position(of: key) == nil {
            children.append(child(key, index: index))
        }
        return children
    }

    private func child(_ key: ScalarKey, index: Int) -> MergeChild {
        let versions = ThreeVersions(base: base[key], mine: mine[key], theirs: theirs[key])
        return MergeChild(step: key, name: key.token, token: String(index), versions: versions)
    }
}

/// In which order the items of a keyed array come after a merge.
struct ItemOrder {
    /// Whose order it is.
    enum Source {
        /// Neither moved an item.
        case unchanged
        /// Mine moved items.
        case mine
        /// Theirs moved items, or both in the same way.
        case theirs
        /// Both moved items, each in its own way; the order is that of theirs.
        case contested
    }

    /// Whose order it is.
    let source: Source
    /// The keys of all items of mine and theirs; those that the merge drops are among them.
    let keys: [ScalarKey]

    /// Decides for the three versions of an array.
    ///
    /// New items of the side that does not lend its order come behind the item that precedes them there. The work is
    /// proportional to the number of items.
    init(_ versions: KeyedVersions) {
        source = Self.source(versions)
        let (frame, other) =
            source == .mine ? (versions.mine, versions.theirs) : (versions.theirs, versions.mine)
        keys = Self.weave(frame, with: other)
    }

    private static func source(_ versions: KeyedVersions) -> Source {
        let mineMoved = moved(versions.base, versions.mine)
        let theirsMoved = moved(versions.base, versions.theirs)
        guard moved(versions.mine, versions.theirs) else {
            return mineMoved && !theirsMoved ? .mine : theirsMoved ? .theirs : .unchanged
        }
        if mineMoved == theirsMoved { return .contested }
        return mineMoved ? .mine : .theirs
    }

    /// Whether the items that both have come in different orders.
    private static func moved(_ before: KeyedItems, _ after: KeyedItems) -> Bool {
        let kept = before.keys.lazy.filter { after.position(of: $0) != nil }
        return !kept.elementsEqual(after.keys.lazy.filter { before.position(of: $0) != nil })
    }

    private static func weave(_ frame: KeyedItems, with other: KeyedItems) -> [ScalarKey] {
        var leading: [ScalarKey] = []
        var following: [ScalarKey: [ScalarKey]] = [:]
        var neighbour: ScalarKey?
        for key in other.keys {
            if frame.position(of: key) != nil {
                neighbour = key
            } else if let neighbour {
                following[neighbour, default: []].append(key)
            } else {
                leading.append(key)
            }
        }
        return frame.keys.reduce(into: leading) { keys, key in
            keys.append(key)
            keys += following[key] ?? []
        }
    }
}

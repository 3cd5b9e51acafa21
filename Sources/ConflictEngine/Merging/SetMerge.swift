import HTTPSemantics

/// Merges arrays of scalars in which each value counts once and the order means nothing.
enum SetMerge {
    /// Theirs without what mine removed, then what mine added, each value once; an array that is not there in `base` is empty.
    ///
    /// `nil` if one of the three is no array, or holds arrays or objects.
    static func merge(_ versions: ThreeVersions) -> JSONValue? {
        guard let before = scalars(versions.base ?? []), let wanted = scalars(versions.mine),
            let current = scalars(versions.theirs), let mine = versions.mine?.array, let theirs = versions.theirs?.array
        else { return nil }
        let (old, new) = (Set(before), Set(wanted))
        var result: [JSONValue] = []
        var taken: Set<ScalarKey> = []
        for (key, value) in zip(current, theirs)
        where (new.contains(key) || !old.contains(key)) && taken.insert(key).inserted {
            result.append(value)
        }
        for (key, value) in zip(wanted, mine) where !old.contains(key) && taken.insert(key).inserted {
            result.append(value)
        }
        return .array(result)
    }

    private static func scalars(_ value: JSONValue?) -> [ScalarKey]? {
        guard let elements = value?.array else { return nil }
        let keys = elements.compactMap { ScalarKey($0) }
        return keys.count == elements.count ? keys : nil
    }
}

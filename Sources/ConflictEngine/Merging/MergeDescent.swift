import HTTPSemantics

/// How a merge goes on from a place whose versions may differ.
enum MergeDescent {
    /// Into the members of an object.
    case members([MergeChild])
    /// Into the items of a keyed array.
    case items(KeyedVersions)
    /// Not at all: the place is one value; with the reason if a rule meant to look into it.
    case stop(MergeConflict.Reason?)

    /// Deeper places are one value each.
    ///
    /// The JSON parser nests no deeper than this, so no text reaches it.
    private static let deepest = 512

    /// Decides for `versions` at `place`, `depth` steps from the root.
    init(_ versions: ThreeVersions, at place: RulePlace, depth: Int) {
        guard place.role != .atomic else {
            self = .stop(nil)
            return
        }
        guard depth < Self.deepest else {
            self = .stop(.tooDeep)
            return
        }
        if case .keyed(let field) = place.role {
            self = Self.items(of: versions, by: field)
        } else {
            self = Self.members(of: versions)
        }
    }

    private static func items(of versions: ThreeVersions, by field: String) -> Self {
        do throws(MergeConflict.KeyDefect) {
            guard let keyed = try KeyedVersions(versions, field: field) else { return members(of: versions) }
            return .items(keyed)
        } catch {
            return .stop(.keysUnusable(error))
        }
    }

    /// Members come in the order of theirs, then what mine adds, then what only the base has.
    private static func members(of versions: ThreeVersions) -> Self {
        guard let mine = versions.mine?.object, let theirs = versions.theirs?.object else { return .stop(nil) }
        // Both created it if the base has nothing there; any other value in its place is one that both replaced.
        guard let base = versions.base.map(\.object) ?? JSONObject() else { return .stop(nil) }
        var children: [MergeChild] = []
        let add = { (name: String) in
            let versions = ThreeVersions(base: base[name], mine: mine[name], theirs: theirs[name])
            children.append(MergeChild(step: ScalarKey(name: name), name: name, token: name, versions: versions))
        }
        for member in theirs.members { add(member.name) }
        for member in mine.members where theirs[member.name] == nil { add(member.name) }
        for member in base.members where theirs[member.name] == nil && mine[member.name] == nil { add(member.name) }
        return .members(children)
    }
}

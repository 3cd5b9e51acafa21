import HTTPSemantics

/// A walk through three documents at once that builds their merge.
struct MergeWalk {
    /// What was found so far.
    private(set) var log: MergeLog
    /// The steps that lead to the present place, as the pointers of conflicts name them.
    private var path: [String] = []

    /// A walk that goes on with `log`.
    init(log: MergeLog) { self.log = log }

    /// What becomes of a place; `nil` if nothing is there afterwards.
    ///
    /// What is in `held`, from here on, stays as theirs for the sake of a group, with its conflict in the log already.
    mutating func merge(_ versions: ThreeVersions, at place: RulePlace, held: PlaceTree?) -> JSONValue? {
        if held?.isPlace == true { return versions.theirs }
        switch MergeDescent(versions, at: place, depth: path.count) {
        case .members(let children): return members(children, at: place, held: held)
        case .items(let keyed): return items(keyed, versions, at: place, held: held)
        case .stop(let obstacle): return settle(versions, place.role, obstacle)
        }
    }

    // MARK: Containers

    private mutating func members(_ children: [MergeChild], at place: RulePlace, held: PlaceTree?) -> JSONValue {
        var object = JSONObject()
        for child in children {
            guard let value = merge(child, of: place, held: held) else { continue }
            object.set(child.name, to: value)
        }
        return .object(object)
    }

    private mutating func items(
        _ keyed: KeyedVersions,
        _ versions: ThreeVersions,
        at place: RulePlace,
        held: PlaceTree?
    ) -> JSONValue {
        let order = ItemOrder(keyed)
        switch order.source {
        case .unchanged: break
        case .mine: log.note(\.mine, at: path)
        case .theirs: log.note(\.theirs, at: path)
        case .contested: log.note(versions, at: path, .orderDiffers)
        }
        var items: [ScalarKey: JSONValue] = [:]
        for child in keyed.children { items[child.step] = merge(child, of: place, held: held) }
        return .array(order.keys.compactMap { items[$0] })
    }

    private mutating func merge(_ child: MergeChild, of place: RulePlace, held: PlaceTree?) -> JSONValue? {
        path.append(child.token)
        defer { path.removeLast() }
        return merge(child.versions, at: place.child(child.name), held: held?.child(child.step))
    }

    // MARK: Single values

    private mutating func settle(
        _ versions: ThreeVersions,
        _ role: MergeRole?,
        _ obstacle: MergeConflict.Reason?
    ) -> JSONValue? {
        if versions.mine == versions.base {
            if versions.theirs != versions.base { log.note(\.theirs, at: path) }
            return versions.theirs
        }
        if versions.theirs == versions.base {
            log.note(\.mine, at: path)
            return versions.mine
        }
        let combined: JSONValue? =
            switch role {
            case .counter: Self.sum(versions)
            case .set: SetMerge.merge(versions)
            default: nil
            }
        if let combined {
            log.note(\.combined, at: path)
            return combined
        }
        if versions.mine != versions.theirs {
            log.note(versions, at: path, obstacle ?? Self.obstacle(versions, role) ?? versions.clash)
        }
        return versions.theirs
    }

    private static func sum(_ versions: ThreeVersions) -> JSONValue? {
        guard case .sum(let number) = CounterMerge.merge(versions) else { return nil }
        return .number(number)
    }

    /// What kept the rule for a place from being followed; nothing if the place was removed or there is no such rule.
    private static func obstacle(_ versions: ThreeVersions, _ role: MergeRole?) -> MergeConflict.Reason? {
        guard versions.mine != nil, versions.theirs != nil else { return nil }
        switch role {
        case .counter: return CounterMerge.merge(versions) == .tooLong ? .counterTooLong : .isNoCounter
        case .set: return .isNoSet
        default: return nil
        }
    }
}

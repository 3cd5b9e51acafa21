import HTTPSemantics

/// Finds where a patch has to do with places that changed since the version it was made for.
///
/// Both documents and the patch's places are walked at once, so that the work is proportional to them however many
/// places changed.
struct OverlapSearch {
    /// How the items of a keyed array are found again.
    enum Finding {
        /// At the same index, as applying the patch will look for them.
        case byIndex
        /// By their key, wherever they are.
        case byKey
    }

    /// A place where patch and change meet.
    struct Overlap {
        /// The steps to it.
        let tokens: [String]
        /// What the place held and holds.
        let versions: ThreeVersions
        /// Whether merging the documents may settle it: a rule tells how to merge this place, or both made it the same.
        let isMergeable: Bool
    }

    /// What was found so far.
    private(set) var overlaps: [Overlap] = []
    private let mine: JSONValue
    private let finding: Finding
    private var path: [String] = []

    /// A search; `mine` is what the patch makes of the base.
    init(mine: JSONValue, finding: Finding) {
        self.mine = mine
        self.finding = finding
    }

    /// Looks at a place that the patch has to do with, or has to do with places below.
    mutating func search(_ base: JSONValue?, _ theirs: JSONValue?, _ touch: TouchTree, at place: RulePlace) {
        guard touch.isTouched || !touch.children.isEmpty else { return }
        if touch.isTouched || place.role?.isWhole == true {
            if base != theirs { note(base, theirs, place) }
            return
        }
        switch (base, theirs) {
        case (.object(let before), .object(let after)):
            for child in touch.children {
                let (old, new) = (before[child.token], after[child.token])
                step(child.token) { $0.search(old, new, child.tree, at: place.child(child.token)) }
            }
        case (.array(let before), .array(let after)): search(before, after, touch, at: place)
        default: if base != theirs { note(base, theirs, place) }
        }
    }

    private mutating func search(_ before: [JSONValue], _ after: [JSONValue], _ touch: TouchTree, at place: RulePlace) {
        if case .keyed(let field) = place.role, let old = try? KeyedItems(before, field: field),
            let new = try? KeyedItems(after, field: field)
        {
            searchItems(old, new, touch, at: place)
        } else if before.count != after.count {
            note(.array(before), .array(after), place)
        } else {
            searchElements(before, after, touch, at: place)
        }
    }

    /// Elements have no names: only where nothing of one changed is it surely the one that was meant.
    private mutating func searchElements(
        _ before: [JSONValue],
        _ after: [JSONValue],
        _ touch: TouchTree,
        at place: RulePlace
    ) {
        for child in touch.children {
            let step = JSONPointer(tokens: [child.token])
            let (old, new) = (step.lookup(in: .array(before)), step.lookup(in: .array(after)))
            if old != new { self.step(child.token) { $0.note(old, new, place.child(child.token)) } }
        }
    }

    private mutating func searchItems(_ old: KeyedItems, _ new: KeyedItems, _ touch: TouchTree, at place: RulePlace) {
        for child in touch.children {
            guard let index = Int(child.token), old.keys.indices.contains(index) else { continue }
            let key = old.keys[index]
            if finding == .byIndex, new.position(of: key) != index {
                note(old.array, new.array, place)
                return
            }
            step(child.token) { $0.search(old[key], new[key], child.tree, at: place.child(key.token)) }
        }
    }

    private mutating func step(_ token: String, _ body: (inout Self) -> Void) {
        path.append(token)
        body(&self)
        path.removeLast()
    }

    private mutating func note(_ base: JSONValue?, _ theirs: JSONValue?, _ place: RulePlace) {
        let wanted = JSONPointer(tokens: path).lookup(in: mine)
        overlaps.append(
            Overlap(
                tokens: path,
                versions: ThreeVersions(base: base, mine: wanted, theirs: theirs),
                isMergeable: wanted == theirs || place.role.map { $0 != .atomic } ?? false
            )
        )
    }
}

extension MergeRole {
    /// Whether a place is compared as a whole.
    fileprivate var isWhole: Bool {
        if case .keyed = self { false } else { true }
    }
}

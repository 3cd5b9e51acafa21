/// A set of places, as a tree of the steps that lead to them.
struct PlaceTree: Sendable {
    /// Whether this place is in the set.
    private(set) var isPlace = false
    private var children: [ScalarKey: PlaceTree] = [:]

    /// The part below `step`; `nil` if no place is there.
    func child(_ step: ScalarKey) -> Self? { children[step] }

    /// Whether there are places below.
    var hasChildren: Bool { !children.isEmpty }

    /// Adds the place that `path` leads to; returns whether it is new.
    ///
    /// Recursive: as deep as the path is long.
    @discardableResult
    mutating func insert(_ path: ArraySlice<ScalarKey>) -> Bool {
        guard let step = path.first else {
            defer { isPlace = true }
            return !isPlace
        }
        return children[step, default: PlaceTree()].insert(path.dropFirst())
    }
}

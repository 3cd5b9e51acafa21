import HTTPSemantics

/// The places that a patch reads or writes, as a tree of the steps that lead to them.
struct TouchTree: Sendable {
    /// Whether the patch has to do with this place as a whole.
    private(set) var isTouched = false
    /// The steps further, in the order of their first mention.
    private(set) var children: [(token: String, tree: TouchTree)] = []
    private var positions: [ScalarKey: Int] = [:]

    /// No places.
    init() {}

    /// The places of a JSON Patch, in the document that it ran on.
    init(_ pointers: [JSONPointer]) {
        for pointer in pointers { insert(pointer.tokens[...]) }
    }

    /// The places of a merge patch: its leaves; recursive, as deep as it nests.
    init(leavesOf patch: JSONValue) {
        guard case .object(let object) = patch, !object.members.isEmpty else {
            isTouched = true
            return
        }
        for member in object.members { children.append((member.name, TouchTree(leavesOf: member.value))) }
    }

    private mutating func insert(_ tokens: ArraySlice<String>) {
        guard let token = tokens.first else {
            isTouched = true
            return
        }
        let key = ScalarKey(name: token)
        let position = positions[key] ?? children.count
        if position == children.count {
            positions[key] = position
            children.append((token, TouchTree()))
        }
        children[position].tree.insert(tokens.dropFirst())
    }
}

/// A part of an API description, with its place.
struct SpecNode: Sendable {
    /// A name with what it names.
    struct Member: Sendable {
        /// The name.
        let name: String
        /// Where the name stands.
        let place: TextPlace
        /// What it names.
        let value: SpecNode
    }

    /// What a node is.
    enum Content: Sendable {
        /// A single value, as text.
        case scalar(String)
        /// Names in the order written.
        case map(SpecMap)
        /// Nodes in order.
        case list([SpecNode])
    }

    /// Where it begins.
    var place: TextPlace
    /// What it is.
    var content: Content

    /// Its text, if it is a single value.
    var text: String? {
        if case .scalar(let text) = content { text } else { nil }
    }

    /// Its members; none unless it is a map.
    var members: [Member] {
        if case .map(let map) = content { map.members } else { [] }
    }

    /// Its items; none unless it is a list.
    var items: [SpecNode] {
        if case .list(let items) = content { items } else { [] }
    }

    /// The node called `name`.
    subscript(name: String) -> SpecNode? {
        guard case .map(let map) = content else { return nil }
        return map[name]
    }
}

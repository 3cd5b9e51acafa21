/// A node of YAML as it was written, before aliases are resolved.
struct SourceNode {
    /// What a node holds.
    enum Content {
        /// A text, and whether it stands there without quotes.
        case scalar(String, isPlain: Bool)
        /// Keys with values.
        case mapping([(key: SourceNode, value: SourceNode)])
        /// Nodes in order.
        case sequence([SourceNode])
    }

    /// Where it begins.
    var position: Position
    /// The name under which aliases refer to it.
    var anchor: String?
    /// The full name of its type; that of a text, list or mapping where none is written.
    var tag: String
    /// What it holds.
    var content: Content
}

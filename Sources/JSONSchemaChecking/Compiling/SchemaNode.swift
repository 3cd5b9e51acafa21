/// One schema within a schema, compiled.
struct SchemaNode: Sendable {
    /// The keyword under which it stands; empty for the outermost one.
    let keyword: String
    /// What a value has to obey; nothing for `true`.
    var rules: [SchemaRule] = []
}

import HTTPSemantics

/// The values that `enum` lists, or the one of `const`.
struct AllowedValues: Sendable {
    /// `enum` or `const`.
    let keyword: String
    /// The values.
    let values: [JSONValue]
    /// The types they are of.
    let kinds: JSONKinds
    /// The values in words.
    let words: String

    /// The values of `keyword`.
    init(_ keyword: String, _ values: [JSONValue]) {
        self.keyword = keyword
        self.values = values
        kinds = values.reduce(into: []) { $0.formUnion(JSONKinds(of: $1)) }
        words = (values.count > 1 ? "one of " : "") + Wording.values(values)
    }
}

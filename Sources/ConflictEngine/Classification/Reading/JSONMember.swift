/// A scalar found in a JSON body, with its place.
struct JSONMember: Sendable, Equatable {
    /// Names of the members that lead to it, squeezed to lower-case letters and digits; array elements add nothing.
    var path: [String]
    /// Name of the nearest member as written; empty at the root.
    var name: String
    /// The text of a string, or a number or literal as written.
    var value: String
    /// Whether it was a string.
    var isString: Bool
    /// Number of the object that holds it, so that neighbours can be told.
    var object: Int
    /// Whether it ends within the text.
    var isWhole: Bool
    /// Whether it is an element of an array.
    var isElement: Bool

    /// The squeezed name.
    var key: String { path.last ?? "" }
}

/// A name of a member or a place, compared by its code points and not by Unicode equivalence.
struct ExactName: Hashable {
    private let text: String

    /// Wraps `text`.
    init(_ text: String) { self.text = text }

    /// Whether the code points are the same.
    static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    /// Same code points hash alike.
    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

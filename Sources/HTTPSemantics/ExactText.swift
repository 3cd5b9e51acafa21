/// Text that is compared by its code points.
///
/// JSON and most stores hold `é` and `e` + accent for two different names, which `String` does not.
struct ExactText: Hashable {
    /// The text.
    let text: String

    /// Wraps `text`.
    init(_ text: String) { self.text = text }

    /// Whether the code points are the same.
    static func == (left: Self, right: Self) -> Bool {
        // What differs by Unicode equivalence differs all the more by code points, and that answer is the quick one.
        left.text == right.text && left.text.utf8.count == right.text.utf8.count
            && left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Same code points hash alike.
    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
